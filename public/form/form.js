// The form works without this. With it, questions that do not apply are put away at once, parts follow each other without
// waiting, and a second tap sends nothing.
import { guard } from "./deliver.js";
import { travel } from "./journey.js";
import { route } from "./logic.js";

const form = document.querySelector("form");
const decide = () => route(form);
form.addEventListener("change", decide);
decide();
if (form.elements._phan) travel(form);
else {
  guard(form);
  // the review without cookies; see the end of `journey.js`
  const { bare } = form.dataset;
  if (bare) {
    history.replaceState(null, "", bare);
    window.name = location.href.split("?")[0] + " " + form.elements._may.value;
  }
}

// whoever reads with the ears or types begins where the page does: what is wrong, the question asked for, or the heading
const place = /^#\w+$/.test(location.hash) ? location.hash + " [name]" : "h1[tabindex]";
const errors = document.querySelector(".errors");
const start = errors || document.querySelector(place);
if (start) start.focus({ preventScroll: !errors && !location.hash });
