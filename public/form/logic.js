// Shows, hides and works out what the answers on a page decide, as the server does: `survey::script` says what the
// attributes mean.
//
//   route(form)    call it at the start and on every change
//   answers(form)  what is filled in and not put away, by question
import { evaluate, test, world } from "./expression.js";

export const answers = form => {
  const found = {};
  for (const input of form.elements) {
    const { name, type } = input;
    if (!name || name[0] === '_' || input.matches(':disabled')) continue;
    const read = world.read[input.dataset.read || input.inputMode || type], value = read ? read(input.value) : input.value.trim();
    if (!value && value !== 0) continue;
    if (/^(radio|checkbox)$/.test(type) && !input.checked) continue;
    if (type === 'checkbox' || 'many' in input.dataset) (found[name] = found[name] || []).push(value);
    else found[name] = value;
  }
  return found;
};

const each = (form, name, act) => form.querySelectorAll(`[data-${name}]`).forEach(element => act(element, element.dataset[name]));
// What the server finds wrong stays in sight until it has once been asked here, too.
const put = (element, away) => {
  if (!away || !element.matches('.wrong')) element.agreed = true;
  element.hidden = element.disabled = away && !!element.agreed;
};

// Everything known: answers of other pages, those typed here, and what is worked out from both.
const gathered = form => {
  const { known, calc = [], labels = {}, now } = JSON.parse(form.dataset.logic || '{}');
  const all = Object.assign({}, known, answers(form));
  world.now = now || '';
  world.label = (question, code) => {
    const known = labels[question];
    // “other” is what was typed beside it
    if (known) return code === 'other' && all[question] === code ? all[question + '_other'] || '' : known[code];
  };
  calc.forEach(([code, ast]) => { all[code] = evaluate(ast, all); });
  return all;
};

// Only the choices that the filter takes; none at all is no question.
const filter = (element, text, all) => {
  const [rule, choices] = JSON.parse(text);
  let some = false;
  element.querySelectorAll('input[type=radio],input[type=checkbox],option').forEach(input => {
    const choice = choices[input.value];
    if (choice) {
      world.choice = Object.assign({ name: input.value }, choice);
      put(input, !test(rule, all));
      if (input.hidden) input.selected = false;
      input.closest('option,label').hidden = input.hidden;
    }
    some = some || !!input.value && !input.hidden;
  });
  if (!some) put(element, true);
};

// As people know an answer: labels of choices, a date turned round, a comma in a number.
const said = (code, v) => [].concat(v === undefined ? '' : v)
  .map(one => {
    const label = world.label(code, one);
    if (one === +one) return document.documentElement.lang === 'en' ? one : String(one).replace('.', ',');
    return label === undefined ? String(one).replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1') : label;
  }).join(', ');

export const route = form => {
  let all, before, now = '';
  // What one answer puts away may decide about another, wherever it stands. This ends soon, because there are no circles.
  for (let turn = 0; turn < 99 && now !== before; turn++) {
    before = now;
    all = gathered(form);
    each(form, 'when', (element, rule) => put(element, !test(JSON.parse(rule), all)));
    each(form, 'only', (element, text) => {
      if (!element.dataset.when) put(element, false);
      if (!element.hidden) filter(element, text, all);
    });
    all = gathered(form);
    now = JSON.stringify(all);
  }
  each(form, 'need', (element, rule) => { element.hidden = !test(JSON.parse(rule), all); });
  each(form, 'say', (element, code) => {
    const text = said(code, all[code]);
    if (element.textContent !== text) element.textContent = text;
  });
};
