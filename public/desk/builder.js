// Writing a questionnaire. All of it works without this, one page after the other.
import "./phone.js";
import "./autosave.js";
import "./reorder.js";
import "./completion.js";
import "./check.js";
import "./lines.js";
