// The form as a telephone shows it, beside the editor; on a narrow screen one or the other. After each change it is drawn behind the
// old one, which stays until the new one is there: with the same place on the screen, and what was filled in on trial.
import { builder } from "./outline.js";

const screen = builder.querySelector(".screen");
const tabs = Array.from(document.querySelectorAll(".tabs [role=tab]"));
const panels = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
const narrow = window.matchMedia("(max-width: 68.74em)");
const PLACE = "xem-" + builder.dataset.keep;
let isComing = false;
let isStale = false;

export function refresh() {
  if (isComing || !screen.offsetParent) {
    isStale = true;
    return;
  }
  isStale = false;
  isComing = true;
  const old = screen.firstElementChild;
  const fresh = old.cloneNode();
  fresh.removeAttribute("loading");
  fresh.src = address(old);
  fresh.className = "coming";
  fresh.addEventListener("load", () => {
    const wasThere = !!looking(old);
    carry(old, fresh);
    old.remove();
    fresh.className = "";
    if (!wasThere) scroll(fresh);
    isComing = false;
    if (isStale) refresh();
  }, { once: true });
  screen.appendChild(fresh);
}

// Where the frame is now: it may have been led to another language.
function address(frame) {
  try {
    const url = new URL(frame.contentWindow.location.href);
    if (url.pathname.endsWith("/xem")) return url.pathname + looked(url.searchParams);
  } catch (error) {
    // an error page of the browser
  }
  return frame.src;
}

// The question that is open is shown even where its condition would hide it; its code may be another by now.
function looked(asked) {
  const open = document.querySelector("#cau [name=at]");
  asked.delete("cau");
  if (open) asked.set("cau", open.value);
  return "?" + asked;
}

function carry(old, fresh) {
  const from = old.contentWindow;
  const to = fresh.contentWindow;
  try {
    filled(from.document).forEach(([name, value]) => fill(to.document, name, value));
    to.scrollTo(0, from.scrollY);
  } catch (error) {
    // an error page of the browser is nobody's to look into
  }
}

function filled(page) {
  const form = page.querySelector("form");
  return form ? Array.from(new FormData(form)).filter(([, value]) => typeof value === "string" && value) : [];
}

function fill(page, name, value) {
  const fields = Array.from(page.getElementsByName(name)).filter((field) => field.type !== "hidden");
  const box = fields.find((field) => field.value === value && (field.type === "radio" || field.type === "checkbox"));
  const field = box || fields.find((other) => !/radio|checkbox|file/.test(other.type));
  if (!field) return;
  if (box) box.checked = true;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// The question that is open, in the frame; nothing where it cannot be shown yet.
function looking(frame) {
  const open = document.querySelector("#cau [name=at]");
  return open && frame.contentDocument && frame.contentDocument.getElementById(open.value);
}

function scroll(frame) {
  const box = looking(frame);
  if (box) frame.contentWindow.scrollTo(0, box.getBoundingClientRect().top + frame.contentWindow.scrollY - 16);
  return !!box;
}

// To the question that is open; where none is, to where it was before this page.
function begin() {
  const frame = screen.firstElementChild;
  const open = document.querySelector("#cau [name=at]");
  const go = () => {
    const kept = open ? 0 : Number(sessionStorage.getItem(PLACE) || 0);
    if (!scroll(frame) && kept) frame.contentWindow.scrollTo(0, kept);
  };
  frame.addEventListener("load", go, { once: true });
  const page = frame.contentDocument;
  if (page && page.readyState === "complete" && page.URL !== "about:blank") go();
}

function leave() {
  try {
    sessionStorage.setItem(PLACE, String(screen.firstElementChild.contentWindow.scrollY));
  } catch (error) {
    // a browser that keeps nothing
  }
}

function choose(chosen, isAsked) {
  tabs.forEach((tab, n) => {
    tab.setAttribute("aria-selected", String(n === chosen));
    tab.tabIndex = n === chosen ? 0 : -1;
  });
  builder.classList.toggle("is-preview", chosen === 1);
  if (isAsked) tabs[chosen].focus();
  builder.previousElementSibling.scrollIntoView();
  if (chosen === 1) refresh();
}

function fit() {
  panels.forEach((panel, n) => {
    if (narrow.matches) {
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tabs[n].id);
    } else {
      panel.removeAttribute("role");
      panel.removeAttribute("aria-labelledby");
    }
  });
  if (!narrow.matches && isStale) refresh();
}

tabs[0].parentElement.hidden = false;
tabs.forEach((tab, n) => {
  tab.addEventListener("click", () => choose(n));
  tab.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") choose(1 - n, true);
  });
});
narrow.addListener(fit);
fit();
begin();
window.addEventListener("pagehide", leave);
