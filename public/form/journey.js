// One part at a time, saved as it is filled in. Without this every step is a page of its own; with it the next part is
// there at once, and a dead spot of the network keeps nobody from answering: what could not be saved is saved later.

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30000;
/** So long a part may take to be checked before the next one is shown anyway. */
const PATIENCE = 900;
/** So soon and so near to a tap that led on, the next one was meant for the same button: milliseconds, and CSS pixels. */
const QUICK = 300;
const NEAR = 30;
/** When something was saved that is not saved yet. */
const LATER = 1e15;

export function travel(form) {
  if (!window.fetch || !window.URLSearchParams || !FormData.prototype.entries) return;
  const parts = Array.from(form.querySelectorAll(".part"));
  const [next, back] = form.querySelectorAll("button[name=_di]");
  const notice = document.getElementById("mat-mang");
  const unsaved = new Set();
  // when each part that was touched on this page was saved
  const when = {};
  // the same in every language
  const name = form.action.split("?")[0];
  const bare = "bare" in form.dataset;
  let here = form.elements._phan.value - 1;
  let tapped = { timeStamp: -QUICK };
  let saving = Promise.resolve(true);
  let pause = FIRST_PAUSE;
  let timer = 0;
  let leaving = false;
  let plain = false;

  /** One part, and where it should lead. */
  const body = (part, way) => {
    const names = Array.from(parts[part].querySelectorAll("[name]"), (input) => input.name);
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form).entries())
      if (name[0] === "_" || names.includes(name)) fields.append(name, value);
    fields.set("_phan", part + 1);
    fields.set("_di", way);
    return fields;
  };
  const post = (part, way) =>
    fetch(form.action, { method: "POST", body: body(part, way), credentials: "same-origin" }).then((answer) => {
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw answer;
      return answer;
    });

  /** What the browser keeps for this tab; there are browsers that keep nothing, and the server does. */
  const inTab = (act) => {
    try {
      return act(sessionStorage);
    } catch (_) {}
  };
  /**
   * What was touched is kept in the tab as well. A page that was asked for before a part was saved may not have it, whatever
   * became of the part since: so only a page that was asked for later drops it.
   */
  const keep = () => {
    for (const part of unsaved) when[part] = LATER;
    // a device for everybody keeps nothing
    if (document.getElementById("may-chung")) return;
    const bodies = Object.keys(when).map((part) => [+part, String(body(+part, "luu")), when[part]]);
    inTab((tab) => tab.setItem(name, JSON.stringify(bodies)));
  };
  const saved = (part) => {
    if (!unsaved.has(part)) when[part] = Date.now();
  };
  const forget = () => inTab((tab) => tab.removeItem(name));
  const bringBack = () => {
    for (const [part, fields, saved] of JSON.parse(inTab((tab) => tab.getItem(name)) || "[]")) {
      if (saved < performance.timing.navigationStart) continue;
      const values = {};
      for (const [name, value] of new URLSearchParams(fields)) (values[name] = values[name] || []).push(value);
      for (const input of parts[part].querySelectorAll("[name]")) {
        const given = values[input.name] || [];
        if (/^(radio|checkbox)$/.test(input.type)) input.checked = given.includes(input.value);
        else if (!/^(file|hidden)$/.test(input.type)) {
          const was = input.value;
          const text = given.shift() || "";
          input.value = text;
          // a field for dates takes no words: what it holds was read from them
          if (text && !input.value) input.value = was;
        }
      }
      unsaved.add(part);
    }
    keep();
    if (!unsaved.size) return;
    form.dispatchEvent(new Event("change"));
    save();
  };

  /** Saves what is not saved yet, one after the other; tells whether all of it is. */
  const save = () => {
    clearTimeout(timer);
    saving = saving.then(async () => {
      let lost = false;
      for (const part of Array.from(unsaved)) {
        unsaved.delete(part);
        try {
          const { status } = await post(part, "luu");
          if (/40[349]|410/.test(status)) return ended(status);
          // what cannot be taken as it is stays as it is, for *Tiếp tục* to say
          if (status < 300) saved(part);
        } catch (_) {
          unsaved.add(part);
          lost = true;
          break;
        }
      }
      keep();
      notice.hidden = !lost;
      if (unsaved.size) {
        timer = setTimeout(save, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      } else {
        pause = FIRST_PAUSE;
        if (leaving) leave();
      }
    });
    return saving;
  };
  /** Sent, given up or over, perhaps in another tab: the server's page says which. */
  const ended = (status) => {
    unsaved.clear();
    if (status !== 403) forget();
    away(form.action);
  };
  /** To the review, or back to a part that was not taken. */
  const leave = () => {
    const refused = Object.keys(when).find((part) => when[part] === LATER);
    if (refused) {
      show(+refused);
      return submit();
    }
    forget();
    away(form.action + "&phan=xem-lai");
  };
  /** Without cookies an address leads nowhere, so the form goes there itself. */
  const away = (address) => (bare ? submit() : location.assign(address));
  /** What is to be said stands on the page that the server makes. */
  const submit = () => {
    plain = true;
    next.click();
  };
  const saveSoon = (wait) => {
    unsaved.add(here);
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const isOpen = (part) => Array.from(part.children).some((child) => child.id && child.localName !== "h1" && !child.hidden);
  const after = () => parts.findIndex((part, at) => at > here && isOpen(part));
  const before = () => {
    for (let at = here - 1; at > 0; at--) if (isOpen(parts[at])) return at;
    return 0;
  };
  const label = () => {
    next.textContent = after() < 0 ? next.dataset.end : next.dataset.go;
  };
  const show = (part) => {
    here = part;
    form.elements._phan.value = part + 1;
    parts.forEach((one, at) => (one.hidden = at !== part));
    back.hidden = !part;
    label();
    for (const link of document.querySelectorAll(".lang a")) link.search = link.search.replace(/phan=\d+/, "phan=" + (part + 1));
    for (const old of document.querySelectorAll(".errors")) old.remove();
    window.scrollTo(0, 0);
    parts[part].querySelector("h1").focus({ preventScroll: true });
  };
  const move = (part) => {
    keep();
    next.removeAttribute("aria-disabled");
    if (part < 0) {
      leaving = true;
      return save();
    }
    history.pushState(null, "", form.action + "&phan=" + (part + 1));
    show(part);
  };

  // the second of two quick taps may come when the next part is there already; a click from the keyboard has no place
  const isSecond = ({ detail, timeStamp, clientX, clientY }) =>
    detail && timeStamp - tapped.timeStamp < QUICK && Math.hypot(clientX - tapped.clientX, clientY - tapped.clientY) < NEAR;
  form.addEventListener(
    "click",
    (event) => {
      if (!isSecond(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  next.addEventListener("click", (event) => {
    if (plain) return;
    event.preventDefault();
    if (next.getAttribute("aria-disabled")) return;
    tapped = event;
    next.setAttribute("aria-disabled", "true");
    const patience = new Promise((_, late) => setTimeout(late, PATIENCE));
    const part = here;
    unsaved.delete(part);
    Promise.race([saving.then(() => post(part, "kiem")), patience]).then(
      (answer) => {
        if (answer.ok) {
          saved(part);
          return move(after());
        }
        submit();
      },
      () => {
        unsaved.add(part);
        move(after());
        save();
      },
    );
  });
  back.addEventListener("click", (event) => {
    event.preventDefault();
    if (unsaved.size) save();
    move(before());
  });
  form.addEventListener("change", ({ target }) => {
    // the form itself says so of what was brought back, and that may be of other parts
    if (target !== form) saveSoon(800);
    label();
  });
  form.addEventListener("input", () => saveSoon(2500));
  for (const link of document.querySelectorAll(".lang a"))
    link.addEventListener("click", (event) => {
      if (!unsaved.size) return;
      event.preventDefault();
      const go = () => location.assign(link.href);
      Promise.race([save(), new Promise((late) => setTimeout(late, PATIENCE))]).then(go);
    });
  window.addEventListener("online", () => unsaved.size && save());
  window.addEventListener("popstate", () => {
    const part = (/phan=(\d+)/.exec(location.search) || [])[1];
    if (part && parts[part - 1]) show(part - 1);
  });
  // the phone rings, the app is closed: the last words go out without waiting for an answer
  const lastWords = () => {
    if (navigator.sendBeacon) for (const part of unsaved) navigator.sendBeacon(form.action, body(part, "luu"));
  };
  window.addEventListener("pagehide", lastWords);
  document.addEventListener("visibilitychange", lastWords);
  window.addEventListener("pageshow", (event) => {
    next.removeAttribute("aria-disabled");
    // a page that the browser had kept may be of a form that was sent meanwhile; without network it can wait
    if (event.persisted && navigator.onLine) location.reload();
  });
  // without cookies the address alone leads nowhere: `tab.js` proves the form with what the tab remembers
  if (bare) window.name = name + " " + form.elements._may.value;
  history.replaceState(null, "", form.action + "&phan=" + (here + 1) + location.hash);
  bringBack();
  label();
}
