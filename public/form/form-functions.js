// The form of a questionnaire whose expressions use functions that few do.
import "./functions.js";
import "./form.js";
