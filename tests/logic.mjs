// Holds `public/form/logic.js` to the server: `node tests/logic.mjs FILE [SERVED]`. The file, made by a test of `survey::script`, has
// pages as the server draws them, what is filled in (`before` and then), and what the server says to that.
import { readFile } from 'node:fs/promises';
import { JSDOM, logic } from './served.mjs';

const { route } = await logic(process.argv[3]);

const fill = (form, answers) => {
  const places = {};
  for (const input of form.elements) {
    let value = answers[input.name];
    // of a rank each list has one place
    if ('many' in input.dataset) value = (value || [])[places[input.name] = input.name in places ? places[input.name] + 1 : 0];
    if (['radio', 'checkbox'].includes(input.type)) input.checked = [].concat(value).includes(input.value);
    else if (input.name) input.value = value === undefined ? '' : value;
  }
};

const seen = form => {
  const all = selector => [...form.querySelectorAll(selector)];
  return {
    away: all('fieldset,.note').filter(part => part.hidden).map(part => part.id),
    offered: all('input[type=radio],input[type=checkbox]').filter(input => !input.matches(':disabled') && !input.closest('[hidden]'))
      .map(input => `${input.name}=${input.value}`),
    needed: all('fieldset:not([hidden]) legend small:not([hidden])').map(mark => mark.closest('fieldset').id),
    said: all('[data-say]').map(part => part.textContent),
  };
};

let differences = 0;
const cases = JSON.parse(await readFile(process.argv[2], 'utf8'));
for (const { page, before = {}, answers, expect } of cases) {
  const { document } = new JSDOM(page).window;
  const form = document.querySelector('form');
  fill(form, before);
  route(form);
  fill(form, answers);
  route(form);
  const found = JSON.stringify(seen(form));
  if (found === JSON.stringify(expect)) continue;
  differences++;
  console.error(`${JSON.stringify(answers)}:\nexpected ${JSON.stringify(expect)}\ngot      ${found}`);
}
console.log(`${cases.length} pages, ${differences} differences`);
process.exitCode = cases.length && !differences ? 0 : 1;
