// A long drop-down list becomes a box to type in: every word, with or without diacritics, leaves fewer to choose from.
// The list stays underneath and carries the answer.

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
const make = (name, attributes) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

for (const list of document.querySelectorAll("select[data-search]")) {
  const id = `${list.name}-tim`;
  const options = Array.from(list.options).filter((option) => option.value);
  const field = make("input", {
    class: "field", id, role: "combobox", maxlength: 200, "aria-controls": `${id}-ds`, "aria-autocomplete": "list", autocomplete: "off",
    placeholder: list.dataset.search,
  });
  const found = make("ul", { class: "found", id: `${id}-ds`, role: "listbox" });
  const said = make("p", { class: "vh", role: "status" });
  for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) {
    if (list.hasAttribute(name)) field.setAttribute(name, list.getAttribute(name));
  }
  found.setAttribute("aria-label", list.getAttribute("aria-label"));
  const other = list.parentNode.querySelector(".else");
  let at = -1;

  const rows = options.map((option, i) => {
    const row = make("li", { id: `${id}-${i}`, role: "option" });
    row.textContent = option.text;
    row.onmousedown = (event) => event.preventDefault();
    row.onclick = () => choose(option);
    return row;
  });
  const shown = () => rows.filter((row) => !row.hidden);
  // “other” is always there, and no answer to what was typed
  const hits = () => options.filter((option, i) => !rows[i].hidden && option.value !== "other");
  const say = (text, kind) => {
    said.className = kind;
    said.textContent = text;
  };

  const open = (text) => {
    const words = fold(text).split(/\s+/);
    rows.forEach((row, i) => {
      row.hidden = options[i].disabled || options[i].value !== "other" && !words.every((word) => fold(options[i].text).includes(word));
      row.setAttribute("aria-selected", options[i].selected);
    });
    found.hidden = false;
    field.setAttribute("aria-expanded", "true");
    say(list.dataset.found.replace("#", hits().length), "vh");
    point(-1);
  };
  const chosen = () => list.value ? list.selectedOptions[0].text : "";
  const close = (text = chosen()) => {
    found.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.value = text;
    say("", "vh");
    if (other) other.hidden = list.value !== "other";
  };
  const choose = (option, text) => {
    list.value = option ? option.value : "";
    close(text);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // What was typed and not chosen does not vanish: it is a choice spelt out, or something else, or still to be chosen.
  const settle = () => {
    const text = field.value.trim();
    if (text === chosen()) return close();
    open(text);
    const same = text && hits().find((option) => fold(option.text) === fold(text));
    if (text && !same && other && !hits().length) {
      other.querySelector("input").value = text;
      return choose(options.find((option) => option.value === "other"));
    }
    choose(same, same ? same.text : text);
    if (text && !same) say(list.dataset.none, "hint");
  };
  const point = (to) => {
    at = to;
    rows.forEach((row) => row.classList.remove("at"));
    const row = shown()[at];
    if (!row) return field.removeAttribute("aria-activedescendant");
    row.classList.add("at");
    row.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", row.id);
  };

  field.oninput = () => open(field.value);
  field.onclick = () => found.hidden && open("");
  field.onfocus = () => field.select();
  field.onblur = settle;
  field.onkeydown = (event) => {
    const count = found.hidden ? 0 : shown().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.hidden) open("");
      else if (count) point(event.key === "ArrowDown" ? (at + 1) % count : at > 0 ? at - 1 : count - 1);
    } else if (event.key === "Enter" && !found.hidden) {
      event.preventDefault();
      const row = shown()[at], all = hits();
      if (row) choose(options[rows.indexOf(row)]);
      else if (all.length === 1) choose(all[0]);
      else if (!all.length) settle();
    } else if (event.key === "Escape") close();
  };

  if (other && other.querySelector("input").value && !list.value) list.value = "other";
  list.hidden = true;
  list.after(field, found, said);
  found.append(...rows);
  close();
}
