// Holds the browser's evaluator to tests/expressions.json: `node tests/expression.mjs [FILE [SERVED]]`. The library's tests give
// it a file of expressions that chance made, and the form's script as it is served.
import { readFile } from 'node:fs/promises';
import { expression, opened } from './served.mjs';

const served = process.argv[3];
const { evaluate, test, world } = served ? (await opened(served)).$expression : await expression();

const vectors = JSON.parse(await readFile(process.argv[2] || new URL('expressions.json', import.meta.url), 'utf8')).filter(vector => !vector.error);
const differences = vectors.filter(({ expr, json, answers = {}, own, expect, now = '', labels = {}, choice = {} }) => {
  Object.assign(world, { now, choice, label: (question, code) => (labels[question] || {})[code] });
  const result = evaluate(json, answers, own);
  const same = JSON.stringify(result) === JSON.stringify(expect)
    && test(json, answers, own) === (expect === true);
  if (!same) console.error(`${expr}: expected ${JSON.stringify(expect)}, got ${JSON.stringify(result)}`);
  return !same;
});

console.log(`${vectors.length} expressions, ${differences.length} differences`);
process.exitCode = vectors.length && !differences.length ? 0 : 1;
