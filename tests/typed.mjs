// Holds what a page reads to what the server reads: `node tests/typed.mjs FILE [SERVED]`. The file, made by a test of
// `survey::script`, has pages with one question A as the server draws them, what is typed there, and the value it has.
import { readFile } from 'node:fs/promises';
import { JSDOM, logic } from './served.mjs';

const { answers } = await logic(process.argv[3]);
const cases = JSON.parse(await readFile(process.argv[2], 'utf8'));
const { document } = new JSDOM('').window;
const differences = cases.filter(({ page, kind, typed, value }) => {
  document.body.innerHTML = page;
  document.querySelector('[name=A]').value = typed;
  const { A = '' } = answers(document.querySelector('form'));
  if (A !== value) console.error(`${kind} ${JSON.stringify(typed)}: expected ${JSON.stringify(value)}, got ${JSON.stringify(A)}`);
  return A !== value;
});
console.log(`${cases.length} answers, ${differences.length} differences`);
process.exitCode = cases.length && !differences.length ? 0 : 1;
