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
else guard(form);

const errors = document.querySelector(".errors");
if (errors) errors.focus();
