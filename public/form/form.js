// The form works without this. With it, questions that do not apply are put away at once, parts follow each other without
// waiting, and a second tap sends nothing.
import { test } from "./expression.js";
import { guard } from "./deliver.js";
import { travel } from "./journey.js";

const form = document.querySelector("form");
const conditional = Array.from(form.querySelectorAll("[data-when]"), (element) => ({
  element,
  rule: JSON.parse(element.dataset.when),
}));

/** What is filled in now, by question; questions that are put away count as unanswered, as on the server. */
function answers() {
  const found = {};
  for (const input of form.elements) {
    if (!input.name || input.name[0] === "_" || input.disabled || !input.value.trim()) continue;
    const box = input.type === "checkbox" || "many" in input.dataset;
    if (input.type === "radio" || input.type === "checkbox" ? !input.checked : false) continue;
    if (box) (found[input.name] = found[input.name] || []).push(input.value);
    else found[input.name] = input.value.trim();
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
if (form.elements._phan) travel(form);
else guard(form);

const errors = document.querySelector(".errors");
if (errors) errors.focus();
