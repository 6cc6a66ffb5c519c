// The editor's page as it stands: what it tells, and those of its parts that the server draws anew after something was saved.
export const builder = document.querySelector(".builder");
const state = document.getElementById("da-luu");
const voice = document.getElementById("noi");

// The quiet line beside undo and redo.
export function tell(sentence, isBad) {
  state.textContent = sentence;
  state.classList.toggle("bad", !!isBad);
}

// For whoever listens instead of looking.
export function announce(sentence) {
  voice.textContent = sentence;
}

export function phrase(name) {
  return state.dataset[name];
}

// The form that is open keeps its own revision: it is about what it showed, not about what others have saved since.
function setAll(name, value, own) {
  document.querySelectorAll("input[name=" + name + "]").forEach((field) => {
    if (!own || !field.closest(own)) field.value = value;
  });
}

let turn = 0;

// Fetches the page, with the same thing open, and takes over what is new. False: it was not to be had.
export function renew() {
  const mine = ++turn;
  const open = document.querySelector("form[data-autosave]") ? location.search : "";
  return fetch(builder.dataset.page + open)
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
    .then((html) => {
      if (!html || mine !== turn) return !!html;
      const fresh = new DOMParser().parseFromString(html, "text/html");
      setAll("_csrf", fresh.querySelector("input[name=_csrf]").value);
      setAll("revision", fresh.querySelector("#muc [name=revision]").value, "form[data-autosave]");
      drawSoon(fresh);
      return true;
    }, () => false);
}

// What a hand is dragging stays under it: the page is drawn when it is let go.
let waiting = null;

function drawSoon(fresh) {
  waiting = fresh;
  if (!builder.querySelector(".is-dragged")) letGo();
}

// Draws what came in while something was dragged.
export function letGo() {
  if (!waiting) return;
  const fresh = waiting;
  waiting = null;
  withFocus(() => draw(fresh));
}

function draw(fresh) {
  document.querySelectorAll("[data-live]").forEach((part) => {
    const other = fresh.getElementById(part.id);
    if (other && part.innerHTML !== other.innerHTML) part.innerHTML = other.innerHTML;
  });
  inOrder(Array.from(fresh.querySelectorAll("section.outline"), ({ id }) => document.getElementById(id)).filter(Boolean));
  fresh.querySelectorAll("ol.items").forEach((list) => {
    const own = builder.querySelector("ol.items[data-section=\"" + CSS.escape(list.dataset.section) + "\"]");
    if (own) arrange(own, list);
  });
}

// Sections that stand in order already stay untouched: a node that moves takes the cursor from whoever types in it.
function inOrder(sections) {
  const there = Array.from(builder.querySelectorAll("section.outline")).filter((section) => sections.includes(section));
  if (sections.every((section, n) => section === there[n])) return;
  const end = document.getElementById("new-section").closest("form");
  sections.forEach((section) => end.parentElement.insertBefore(section, end));
}

// Items keep their nodes, and with them the form that is open in one.
function arrange(own, fresh) {
  Array.from(fresh.children).forEach((item, n) => {
    const mine = document.getElementById(item.id) || document.importNode(item, true);
    if (own.children[n] !== mine) own.insertBefore(mine, own.children[n] || null);
  });
  const known = new Set(Array.from(fresh.children, (item) => item.id));
  Array.from(own.children).forEach((item) => {
    if (!known.has(item.id) && !item.querySelector("form[data-autosave]")) item.remove();
  });
}

// What had the focus has it again, at the same height of the screen.
function withFocus(work) {
  const before = document.activeElement;
  const name = address(before);
  const top = before.getBoundingClientRect().top;
  work();
  const after = (name && document.querySelector(name)) || before;
  if (name && after !== document.activeElement) after.focus({ preventScroll: true });
  const moved = after.getBoundingClientRect().top - top;
  // at once: a page that glides there is still on its way when somebody takes hold of something
  if (name && after.isConnected) window.scrollBy({ top: moved, behavior: "instant" });
}

// A selector that finds this again in what was drawn anew.
function address(element) {
  const item = element.closest("li[data-at], [data-live]");
  if (!item) return "";
  if (element.classList.contains("grip")) return "#" + CSS.escape(item.closest("li, section").id) + " .grip";
  if (element.name === "do") return "button[value=\"" + CSS.escape(element.value) + "\"]";
  return element.id ? "#" + CSS.escape(element.id) : "";
}
