// Holds the browser's evaluator to tests/expressions.json: `node tests/expression.mjs [FILE [SERVED]]`. The library's tests give
// it a file of expressions that chance made, and the form's script as it is served.
import { readFile } from 'node:fs/promises';
import { opened } from './served.mjs';

const here = path => new URL(path, import.meta.url);
// As data: URLs the files are modules whatever package they lie in.
const module = source => `data:text/javascript,${encodeURIComponent(source)}`;
const sources = async () => {
  const source = await readFile(here('../public/form/expression.js'), 'utf8');
  const functions = await readFile(here('../public/form/functions.js'), 'utf8');
  await import(module(functions.replace('"./expression.js"', JSON.stringify(module(source)))));
  return import(module(source));
};
const served = process.argv[3];
const { evaluate, test, world } = served ? (await opened(served)).$expression : await sources();

const vectors = JSON.parse(await readFile(process.argv[2] || here('expressions.json'), 'utf8')).filter(vector => !vector.error);
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
