// form.js for the few questionnaires whose expressions need more than the rest.
import "./functions.js";
import "./form.js";
