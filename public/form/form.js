// The form works without this. With it, questions that do not apply are put away, a second tap sends nothing, and a form that
// meets a dead spot of the network stays on the page and goes out by itself.
import { deliver } from "./deliver.js";
import { route } from "./logic.js";

const form = document.querySelector("form");
const send = form.querySelector("button[data-sending]");

form.addEventListener("change", () => route(form));
route(form);

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
