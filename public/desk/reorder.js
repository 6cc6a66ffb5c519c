// Questions and sections change places by dragging their grip with a mouse or a finger, and by Alt with an arrow. Without this the
// arrows beside each of them do the same, one page each.
import { announce, builder, letGo, renew, tell } from "./outline.js";
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
  const item = grip.closest("li[data-at], section.outline");
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  dragged = { item, parent: item.parentElement, next: item.nextElementSibling, y: event.clientY };
  item.classList.add("is-dragged");
  grip.focus({ preventScroll: true });
  if (isSection(item)) {
    // a long section is dragged past others as one line, which stays under the hand that took it
    builder.classList.add("sorting");
    builder.style.top = event.clientY - grip.getBoundingClientRect().top - grip.offsetHeight / 2 + "px";
  }
  scrollAtEdge();
}

function move(event) {
  if (!dragged) return;
  dragged.y = event.clientY;
  place();
}

function isSection(item) {
  return item.matches("section.outline");
}

// The first of these whose middle lies below the finger.
function below(items) {
  return items.find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged.item && dragged.y < box.top + box.height / 2;
  });
}

function put(list, before) {
  const isThere = dragged.item.parentElement === list && dragged.item.nextElementSibling === before;
  if (!isThere) list.insertBefore(dragged.item, before);
}

// Puts the item where the finger is: before the first whose middle lies below it.
function place() {
  if (isSection(dragged.item)) {
    const sections = Array.from(builder.querySelectorAll("section.outline"));
    return put(dragged.parent, below(sections) || document.getElementById("new-section").closest("form"));
  }
  const lists = Array.from(builder.querySelectorAll("ol.items"));
  const distance = (list) => {
    const box = list.getBoundingClientRect();
    return dragged.y < box.top ? box.top - dragged.y : Math.max(0, dragged.y - box.bottom);
  };
  const list = lists.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return put(list, below(Array.from(list.children)) || null);
}

function scrollAtEdge() {
  if (!dragged) return;
  const step = dragged.y < EDGE ? -12 : dragged.y > window.innerHeight - EDGE ? 12 : 0;
  if (step) {
    window.scrollBy({ top: step, behavior: "instant" });
    place();
  }
  requestAnimationFrame(scrollAtEdge);
}

function end(isDropped) {
  if (!dragged) return null;
  const { item, parent, next } = dragged;
  dragged = null;
  item.classList.remove("is-dragged");
  builder.classList.remove("sorting");
  builder.style.top = "";
  if (!isDropped) parent.insertBefore(item, next);
  if (isSection(item)) item.scrollIntoView({ block: "nearest" });
  if (!isDropped || (item.parentElement === parent && item.nextElementSibling === next)) return letGo();
  const after = item.nextElementSibling;
  if (isSection(item)) {
    return ask({ do: "section-move " + item.dataset.section, before: after.dataset.section || "" });
  }
  const section = item.parentElement.dataset.section;
  return ask({ do: "move " + item.dataset.at, section, before: after ? after.dataset.at : "" });
}

// --- by keyboard and by button

function shift(item, way) {
  return ask({ do: isSection(item) ? "section-" + way + " " + item.dataset.section : way + " " + item.dataset.at });
}

function press(event) {
  if (event.key === "Escape" && dragged) return end(false);
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const item = event.target.closest("li[data-at]") || head(event.target);
  if (!way || !event.altKey || !item || event.target.closest("form.step")) return null;
  event.preventDefault();
  return shift(item, way);
}

// The section whose head this belongs to.
function head(target) {
  const bar = target.closest(".outline > .bar:first-child");
  return bar && bar.parentElement;
}

function click(event) {
  const button = event.target.closest("button.tool[name=do]");
  const [, isOfSection, way] = (button && /^(section-)?(up|down) /.exec(button.value)) || [];
  if (!way) return;
  event.preventDefault();
  shift(isOfSection ? head(button) : button.closest("li[data-at]"), way);
}

builder.classList.add("has-script");
builder.addEventListener("pointerdown", start);
// a node that moves lets the pointer go, which may then be let go anywhere
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", () => end(true));
document.addEventListener("pointercancel", () => end(false));
builder.addEventListener("keydown", press);
builder.addEventListener("click", click);
