// Figures that keep themselves up to date: what the server streams replaces the part of the page that shows them. Where no
// stream gets through, the part is asked for every half minute. A page that nobody looks at does neither.
const place = document.getElementById("live");
const state = document.getElementById("live-state");
const EVERY = 30000;
const PATIENCE = 300000;
let stream = null;
let timer = 0;
let wait = EVERY;
let tag = "";
let isOver = false;

const say = (name) => { state.textContent = state.dataset[name]; };

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("live-part");
  if (!fresh) return;
  // what was opened stays open, and the cursor where it was
  place.querySelectorAll("details[open]").forEach(({ id }) => {
    const again = fresh.querySelector(`#${id}`);
    if (again) again.open = true;
  });
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  place.replaceChildren(fresh);
  const next = focused && document.getElementById(focused);
  if (next) next.focus({ preventScroll: true });
}

function end() {
  isOver = true;
  stop();
  say("ended");
}

function listen() {
  if (!("EventSource" in window)) return ask();
  stream = new EventSource(place.dataset.stream);
  stream.onopen = () => say("live");
  stream.onmessage = ({ data }) => put(data);
  stream.addEventListener("end", end);
  stream.onerror = () => {
    // a connection that broke comes back by itself; one that was refused does not
    if (stream && stream.readyState !== EventSource.CLOSED) return say("lost");
    stream = null;
    ask();
  };
}

async function ask() {
  try {
    const answer = await fetch(place.dataset.part, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) return end();
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") || "";
      put(await answer.text());
    }
    wait = answer.ok || answer.status === 304 ? EVERY : Math.min(wait * 2, PATIENCE);
    say(answer.ok || answer.status === 304 ? "asking" : "lost");
  } catch {
    wait = Math.min(wait * 2, PATIENCE);
    say("lost");
  }
  if (!isOver && !document.hidden) timer = setTimeout(ask, wait);
}

function stop() {
  if (stream) stream.close();
  stream = null;
  clearTimeout(timer);
}

document.addEventListener("visibilitychange", () => {
  stop();
  if (!document.hidden && !isOver) listen();
});
listen();
