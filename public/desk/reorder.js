// Questions change places by dragging their grip with a mouse or a finger, and by Alt with an arrow. Without this the arrows beside
// each question do the same, one page each.
import { announce, builder, renew, tell } from "./outline.js";
import { flush } from "./autosave.js";
import { refresh } from "./phone.js";

const EDGE = 72;
let dragged = null;

function ask(fields) {
  const form = document.getElementById("muc");
  return flush().then(() => {
    const body = new URLSearchParams(Object.assign({
      _csrf: form.elements._csrf.value,
      revision: form.elements.revision.value,
    }, fields));
    return fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
  }).then((answer) => answer.json()).then((told) => {
    announce(told.said || "");
    if (!told.revision) tell(told.said, true);
    refresh();
    return renew();
  }, () => location.reload());
}

// --- by hand

function start(event) {
  const grip = event.target.closest(".grip");
  if (!grip || event.button > 0) return;
  const item = grip.closest("li[data-at]");
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  dragged = { item, grip, parent: item.parentElement, next: item.nextElementSibling, y: event.clientY, timer: 0 };
  item.classList.add("is-dragged");
  grip.focus({ preventScroll: true });
  scrollAtEdge();
}

function move(event) {
  if (!dragged) return;
  dragged.y = event.clientY;
  dragged.x = event.clientX;
  place();
}

// Puts the item where the finger is: before the first whose middle lies below it.
function place() {
  const lists = Array.from(builder.querySelectorAll("ol.items"));
  const distance = (list) => {
    const box = list.getBoundingClientRect();
    return dragged.y < box.top ? box.top - dragged.y : Math.max(0, dragged.y - box.bottom);
  };
  const list = lists.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  const below = Array.from(list.children).find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged.item && dragged.y < box.top + box.height / 2;
  });
  const isThere = dragged.item.parentElement === list && dragged.item.nextElementSibling === (below || null);
  if (!isThere) list.insertBefore(dragged.item, below || null);
}

function scrollAtEdge() {
  if (!dragged) return;
  const step = dragged.y < EDGE ? -12 : dragged.y > window.innerHeight - EDGE ? 12 : 0;
  if (step) {
    window.scrollBy(0, step);
    place();
  }
  requestAnimationFrame(scrollAtEdge);
}

function end(isDropped) {
  if (!dragged) return;
  const { item, parent, next } = dragged;
  dragged = null;
  item.classList.remove("is-dragged");
  if (!isDropped) {
    parent.insertBefore(item, next);
    return;
  }
  if (item.parentElement === parent && item.nextElementSibling === next) return;
  const after = item.nextElementSibling;
  ask({
    do: "move " + item.dataset.at,
    section: item.parentElement.dataset.section,
    before: after ? after.dataset.at : "",
  });
}

// --- by keyboard and by button

function shift(item, way) {
  return ask({ do: way + " " + item.dataset.at });
}

function press(event) {
  if (event.key === "Escape" && dragged) return end(false);
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const item = event.target.closest("li[data-at]");
  if (!way || !event.altKey || !item || event.target.closest("form.step")) return null;
  event.preventDefault();
  return shift(item, way);
}

function click(event) {
  const button = event.target.closest("button.tool[name=do]");
  const [way, at] = button ? button.value.split(" ") : [];
  if (!at || (way !== "up" && way !== "down")) return;
  event.preventDefault();
  shift(button.closest("li[data-at]"), way);
}

builder.classList.add("has-script");
builder.addEventListener("pointerdown", start);
builder.addEventListener("pointermove", move);
builder.addEventListener("pointerup", () => end(true));
builder.addEventListener("pointercancel", () => end(false));
builder.addEventListener("keydown", press);
builder.addEventListener("click", click);
