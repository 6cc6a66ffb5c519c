// While an expression is typed: codes of questions after ${, codes of choices after =, functions with what they do. A combobox as the
// ARIA patterns describe it: the cursor stays in the field, arrows choose, Enter or Tab takes, Escape closes.
import { builder } from "./outline.js";

const MOST = 12;
let names = null;

function known() {
  if (!names) {
    names = fetch(builder.dataset.page + "/names").then((answer) => answer.json()).catch(() => {
      names = null;
      return { questions: [], functions: [] };
    });
  }
  return names;
}

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function choicesOf(all, code) {
  const question = all.questions.find((one) => one.code === code);
  return question ? question.choices : [];
}

// What can stand at the end of this text: entries, from where on they replace it, and how they are written.
function offered(all, before, own) {
  let found = before.match(/\$\{([^}]*)$/);
  if (found) {
    // a question that hangs on itself is never asked
    const others = all.questions.filter(({ code }) => code !== own);
    return { from: found[1].length + 2, typed: found[1], list: others, write: (code) => "${" + code + "}" };
  }
  const quoted = (code) => "'" + code + "'";
  found = before.match(/(?:\$\{(\w+)\}|(?:^|[\s(])(\.))\s*(?:=|!=)\s*('?\w*)$/) ||
    before.match(/selected\(\s*(?:\$\{(\w+)\}|(\.))\s*,\s*('?\w*)$/);
  if (found) {
    const typed = found[3].replace("'", "");
    return { from: found[3].length, typed, list: choicesOf(all, found[1] || own), write: quoted };
  }
  // inside of quotes a word is a text
  if ((before.match(/'/g) || []).length % 2) return null;
  found = before.match(/(?:^|[\s(,])([a-z][a-z:-]*)$/);
  if (found) return { from: found[1].length, typed: found[1], list: all.functions, write: (code) => code + "(" };
  return null;
}

function fitting(offer) {
  const typed = plain(offer.typed);
  const starts = (entry) => entry.code.toLowerCase().startsWith(typed);
  const has = (entry) => !starts(entry) && plain(entry.label).includes(typed) && offer.list.length > 0;
  const isFunction = offer.write("").endsWith("(");
  return offer.list.filter(starts).concat(isFunction ? [] : offer.list.filter(has)).slice(0, MOST);
}

function complete(field) {
  const list = document.createElement("ul");
  list.id = "goi-" + field.id;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector("label[for=" + field.id + "]").textContent);
  const box = document.createElement("div");
  box.className = "with-offers";
  field.replaceWith(box);
  box.append(field, list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.keys(attributes).forEach((name) => field.setAttribute(name, attributes[name]));
  let offer = null;
  let entries = [];
  let chosen = -1;

  function close() {
    list.hidden = true;
    entries = [];
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(n) {
    chosen = n;
    Array.from(list.children).forEach((item, at) => item.setAttribute("aria-selected", String(at === n)));
    field.setAttribute("aria-activedescendant", list.id + "-" + n);
    list.children[n].scrollIntoView({ block: "nearest" });
  }

  function show() {
    list.textContent = "";
    entries.forEach((entry, n) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + n;
      item.setAttribute("role", "option");
      const code = document.createElement("b");
      code.textContent = entry.code;
      item.append(code, " " + entry.label);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(n);
      });
      list.appendChild(item);
    });
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(0);
  }

  function look() {
    known().then((all) => {
      const own = form().elements.at.value;
      offer = document.activeElement === field ? offered(all, field.value.slice(0, field.selectionStart), own) : null;
      entries = offer ? fitting(offer) : [];
      // what is there already needs no offer
      const isDone = entries.length === 1 && offer.write(entries[0].code) === offer.typed;
      if (entries.length && !isDone) show();
      else close();
    });
  }

  function form() {
    return field.closest("form");
  }

  function take(n) {
    const end = field.selectionStart;
    const text = offer.write(entries[n].code);
    // what a quote or brace has closed already is not closed twice
    const rest = field.value.slice(end).replace(/^['}]/, text.endsWith("(") ? "$&" : "");
    const before = field.value.slice(0, end - offer.from) + text;
    field.value = before + rest;
    field.setSelectionRange(before.length, before.length);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }

  field.addEventListener("focus", known);
  field.addEventListener("input", (event) => { if (event.isTrusted) look(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return look();
    }
    if (list.hidden) return event.key === "ArrowDown" && !event.altKey ? look() : null;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((chosen + step + entries.length) % entries.length);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else if (event.key === "Escape") close();
    else return null;
    return event.preventDefault();
  });
}

document.querySelectorAll("[data-rule]:not([readonly])").forEach(complete);
