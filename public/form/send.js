// The page on which a form is checked before it is sent.
import { guard } from "./deliver.js";

guard(document.querySelector("form"));
