// The form works without this. With it, questions that do not apply are put away, a second tap sends nothing, and a form that
// meets a dead spot of the network stays on the page and goes out by itself.
import { test } from "./expression.js";
import { deliver } from "./deliver.js";

const form = document.querySelector("form");
const send = form.querySelector("button[data-sending]");
const conditional = Array.from(form.querySelectorAll("[data-when]"), (element) => ({
  element,
  rule: JSON.parse(element.dataset.when),
}));

/** What is filled in now, by question; questions that are put away count as unanswered, as on the server. */
function answers() {
  const found = {};
  for (const input of form.elements) {
    if (!input.name || input.name[0] === "_" || input.disabled || !input.value.trim()) continue;
    if (input.type === "radio" && input.checked) found[input.name] = input.value;
    else if (input.type === "checkbox" && input.checked) (found[input.name] = found[input.name] || []).push(input.value);
    else if (input.type !== "radio" && input.type !== "checkbox") found[input.name] = input.value.trim();
  }
  return found;
}

function route() {
  // in order: what one answer puts away may decide about a later question
  for (const { element, rule } of conditional) {
    const shown = test(rule, answers());
    element.hidden = !shown;
    element.disabled = !shown;
  }
}

form.addEventListener("change", route);
route();

form.addEventListener("submit", (event) => {
  if (send.getAttribute("aria-disabled") === "true") return event.preventDefault();
  send.setAttribute("aria-disabled", "true");
  send.dataset.rest = send.textContent;
  send.textContent = send.dataset.sending;
  if (window.fetch && window.URLSearchParams) {
    event.preventDefault();
    deliver(form, document.getElementById("mat-mang"));
  }
});

// Back from the receipt shows the page as it was left: the button must work again
window.addEventListener("pageshow", () => {
  send.removeAttribute("aria-disabled");
  if (send.dataset.rest) send.textContent = send.dataset.rest;
});

const errors = document.querySelector(".errors");
if (errors) errors.focus();
