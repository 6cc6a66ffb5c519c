// Holds the browser's evaluator to tests/expressions.json: `node tests/expression.mjs`.
import { readFile } from 'node:fs/promises';

const read = path => readFile(new URL(path, import.meta.url), 'utf8');
// As a data: URL the file is a module whatever package it lies in.
const source = encodeURIComponent(await read('../public/form/expression.js'));
const { evaluate, test } = await import(`data:text/javascript,${source}`);

const vectors = JSON.parse(await read('expressions.json')).filter(vector => !vector.error);
const differences = vectors.filter(({ expr, json, answers = {}, own, expect }) => {
  const result = evaluate(json, answers, own);
  const same = JSON.stringify(result) === JSON.stringify(expect)
    && test(json, answers, own) === (expect === true);
  if (!same) console.error(`${expr}: expected ${JSON.stringify(expect)}, got ${JSON.stringify(result)}`);
  return !same;
});

console.log(`${vectors.length} expressions, ${differences.length} differences`);
process.exitCode = vectors.length && !differences.length ? 0 : 1;
