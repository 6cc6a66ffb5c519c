// What was typed and is not saved yet, kept by the browser: a tab may be closed, a network may be gone.
import { builder } from "./outline.js";

const PREFIX = "phieu-" + builder.dataset.keep + "-";

// Names in the store; a browser that keeps nothing has none.
function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch (error) {
    return [];
  }
}

export function keep(place, copy) {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(copy));
  } catch (error) {
    // full, or not allowed: then what is typed stands in the page alone
  }
}

export function forget(place) {
  try {
    localStorage.removeItem(PREFIX + place);
  } catch (error) {
    // it was never kept
  }
}

// Everything that is kept about this questionnaire: place and copy.
export function kept() {
  const read = (name) => {
    try {
      return [name.slice(PREFIX.length), JSON.parse(localStorage.getItem(name))];
    } catch (error) {
      return ["", null];
    }
  };
  return names().map(read).filter(([, copy]) => copy && typeof copy.text === "string");
}
