// The form that is open is saved after a pause, and when the page is left. Without a network it waits; where somebody else changed
// the same thing, both texts are shown; until it is saved the browser keeps a copy.
import { builder, phrase, renew, tell } from "./outline.js";
import { clash } from "./clash.js";
import { forget, keep, kept } from "./unsaved.js";
import { refresh } from "./phone.js";

const form = document.querySelector("form[data-autosave]");
const PAUSE = 1200;
const LONGEST_WAIT = 30000;
// the most that a browser sends after its page
const LAST_WORDS = 60000;
let saved = form ? written() : "";
let timer = 0;
let wait = 2000;
let sending = null;
let isHeld = false;
let isForced = false;

function written() {
  const fields = new URLSearchParams(new FormData(form));
  ["_csrf", "revision"].forEach((name) => fields.delete(name));
  return fields.toString();
}

function place() {
  return form.id + "-" + form.elements.at.value;
}

function isDirty() {
  return !!form && written() !== saved;
}

// Saves what is not saved. True: everything is.
export function flush(isLeaving) {
  clearTimeout(timer);
  if (sending) return sending.then((isFine) => (isFine ? flush(isLeaving) : false));
  if (!isDirty() && !isForced) return Promise.resolve(true);
  if (isHeld) return Promise.resolve(false);
  sending = send(isLeaving).then((isFine) => {
    sending = null;
    if (isFine && isDirty()) later(PAUSE);
    return isFine;
  });
  return sending;
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

function send(isLeaving) {
  const text = written();
  const copy = { action: form.getAttribute("action"), text, revision: form.elements.revision.value };
  tell(phrase("saving"));
  return post(copy, isForced, isLeaving).then((answer) => taken(answer, text), () => gone(phrase("offline")));
}

function post(copy, isKept, isLeaving) {
  const body = new URLSearchParams(copy.text);
  body.set("_csrf", document.querySelector("input[name=_csrf]").value);
  body.set("revision", copy.revision);
  body.set("do", "save");
  if (isKept) body.set("keep", "1");
  const keepalive = !!isLeaving && body.toString().length < LAST_WORDS;
  return fetch(copy.action, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
}

function isTold(answer) {
  return (answer.headers.get("Content-Type") || "").startsWith("application/json");
}

function taken(answer, text) {
  if (answer.status === 409) return answer.text().then(shown);
  // a page to sign in, or of a session that is another by now: a fresh page knows its proof
  if (!isTold(answer)) return renew().then(() => gone(phrase("signedOut")));
  return answer.json().then((told) => {
    if (answer.ok) return stored(told, text);
    tell(told.said, true);
    return false;
  });
}

function stored(told, text) {
  wait = 2000;
  isForced = false;
  forget(place());
  saved = renamed(told.place, text);
  form.elements.revision.value = told.revision;
  if (isDirty()) remember();
  tell(told.said);
  refresh();
  return renew().then(() => true);
}

// The code of a question is its address: where it is another now, so is the place on the page.
function renamed(now, text) {
  const item = form.closest("li[data-at]");
  if (!now || !item || now === item.dataset.at) return text;
  document.querySelectorAll("#cau [name=at], #ban-doc [name=at]").forEach((field) => { field.value = now; });
  item.querySelector("[data-live]").id = "dm-" + now;
  item.id = "m-" + now;
  item.dataset.at = now;
  const fields = new URLSearchParams(text);
  fields.set("at", now);
  history.replaceState(null, "", "?cau=" + encodeURIComponent(now));
  return fields.toString();
}

function gone(sentence) {
  tell(sentence, true);
  later(wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
  return false;
}

function shown(html) {
  isHeld = true;
  tell(phrase("clash"), true);
  clash(html, form.parentElement, {
    mine: (revision) => {
      form.elements.revision.value = revision;
      isHeld = false;
      isForced = true;
      flush();
    },
    theirs: () => {
      forget(place());
      location.assign(builder.dataset.page + location.search + "#" + form.id);
      location.reload();
    },
  });
  return false;
}

function remember() {
  const revision = form.elements.revision.value;
  keep(place(), { action: form.getAttribute("action"), text: written(), revision, time: Date.now() });
}

// What an earlier page could not save is saved now, unless somebody else changed the same thing meanwhile.
function makeUp([name, copy]) {
  const box = document.getElementById("chua-luu");
  const code = new URLSearchParams(copy.text).get("at");
  const done = () => {
    forget(name);
    location.assign(builder.dataset.page + (name.startsWith("cau-") ? "?cau=" : "?phan=") + encodeURIComponent(code));
  };
  const ask = (revision, isKept) => post({ action: copy.action, text: copy.text, revision }, isKept).then((answer) => {
    if (answer.status === 409) return answer.text().then((html) => clash(html, box, choices));
    if (!isTold(answer)) return null;
    return answer.json().then((told) => {
      if (!answer.ok) return leftOver(box, copy, told.said, () => forget(name));
      if (told.revision > Number(copy.revision) || isKept) return done();
      return forget(name);
    });
  }, () => {});
  const choices = { mine: (revision) => ask(revision, true), theirs: done };
  return ask(copy.revision, false);
}

function leftOver(box, copy, said, drop) {
  const time = new Date(copy.time).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const fields = new URLSearchParams(copy.text);
  const lines = [box.dataset.said.replace("{time}", time).replace("{code}", fields.get("at")), fields.get("label-vi"), said];
  const note = document.createElement("section");
  note.className = "flash warn";
  const inside = document.createElement("div");
  note.appendChild(inside);
  lines.filter(Boolean).forEach((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    inside.appendChild(line);
  });
  const button = document.createElement("button");
  button.className = "btn plain small";
  button.textContent = box.dataset.drop;
  button.addEventListener("click", () => {
    drop();
    note.remove();
  });
  inside.appendChild(button);
  box.appendChild(note);
  box.hidden = false;
}

// Whatever else is pressed or followed comes after what was typed.
function first(event, go) {
  if (event.defaultPrevented || (!sending && !isDirty())) return;
  event.preventDefault();
  Promise.race([flush(), new Promise((done) => setTimeout(done, 3000))]).then(go);
}

// The button: the same as a pause, and the form comes back as the server writes it.
function save(event) {
  event.preventDefault();
  flush().then((isFine) => {
    if (!isFine) return;
    const at = form.elements.at.value;
    const item = form.id === "cau" ? "#m-" : "#p-";
    history.replaceState(null, "", (form.id === "cau" ? "?cau=" : "?phan=") + encodeURIComponent(at) + item + at);
    location.reload();
  });
}

function submit(event) {
  const sent = event.target;
  const button = event.submitter || document.activeElement;
  if (sent === form && (!button.value || button.value === "save")) return save(event);
  return first(event, () => {
    const wish = document.createElement("input");
    wish.type = "hidden";
    wish.name = button.name || "do";
    wish.value = button.value || "save";
    sent.appendChild(wish);
    sent.submit();
  });
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  first(event, () => location.assign(link.href));
}

if (form) {
  form.addEventListener("input", () => {
    remember();
    if (!isHeld) later(PAUSE);
  });
  form.addEventListener("change", (event) => {
    // another kind has another form
    if (event.target.name === "kind") flush().then((isFine) => isFine && location.reload());
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(true); });
  window.addEventListener("pagehide", () => flush(true));
  window.addEventListener("online", () => flush());
  builder.parentElement.addEventListener("submit", submit);
  builder.parentElement.addEventListener("click", follow);
}
kept().forEach((copy) => makeUp(copy));
