// A sheet of paper is typed with digits: a number that cannot go on is left for the next field, Enter goes on everywhere, and
// an empty field is left backwards. Without this file the form works with the tabulator.

const form = document.querySelector("[data-sheet]");
const fields = [...form.querySelectorAll(".field")];
const button = form.querySelector("button");

const go = (from, by) => {
  const next = fields[fields.indexOf(from) + by];
  if (next) next.focus();
  else if (by > 0) button.focus();
};

/** Whether no number of this question begins with what was typed and is longer. */
const isWhole = (field) => {
  const marks = field.dataset.marks.split(" ");
  const typed = field.value.trim();
  return marks.includes(typed) && !marks.some((mark) => mark !== typed && mark.startsWith(typed));
};

/** Whether a number is full: it has all its digits, or any further digit would make it larger than the largest. */
const isFull = ({ value, dataset: { digits, most } }) =>
  /^\d+$/.test(value) && (value.length >= Number(digits) || (most !== undefined && Number(value) * 10 > Number(most)));

form.addEventListener("input", ({ target, inputType }) => {
  if (target.dataset.digits && !(inputType && inputType.startsWith("delete")) && isFull(target)) go(target, 1);
  if (!target.dataset.marks) return;
  const isMark = target.dataset.marks.split(" ").some((mark) => mark.startsWith(target.value.trim()));
  target.classList.toggle("wrong", !isMark);
  if (inputType && inputType.startsWith("delete")) return;
  if (!isWhole(target)) return;
  const other = target.parentElement.querySelector(".other");
  // “other” has its own field beside it; whoever ticked something else passes it by
  const isLast = target.dataset.marks.split(" ").pop() === target.value.trim();
  go(target, other && !isLast ? 2 : 1);
});

form.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.classList.contains("field")) return;
  if (key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    go(target, 1);
  } else if ((key === "Backspace" && target.value === "") || (key === "ArrowUp" && target.tagName === "INPUT")) {
    event.preventDefault();
    go(target, -1);
  } else if (key === "ArrowDown" && target.tagName === "INPUT") {
    event.preventDefault();
    go(target, 1);
  }
});

form.addEventListener("focusin", ({ target }) => target.select && target.select());

const first = form.querySelector("[aria-invalid]") || fields[0];
if (first) first.focus();
