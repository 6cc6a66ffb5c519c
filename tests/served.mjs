// The script of a form, from its sources or as it is served.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const here = path => new URL(path, import.meta.url);
/** A page without a browser. */
export const JSDOM = (() => {
  try {
    return createRequire(here('../target/test-tools/'))('jsdom').JSDOM;
  } catch (_) {
    // expressions by themselves need no page
  }
})();

/** The modules within the form's script as it is served, after it has run on an empty form: what it puts in front of itself can be
 * asked for by name. */
export const opened = async file => {
  const { window } = new JSDOM('<form><button data-sending=""></button></form>', { runScripts: 'outside-only' });
  return window.eval(`${await readFile(file, 'utf8')}\n;({ $expression, $logic })`);
};

// As data: URLs the files are modules whatever package they lie in.
const module = source => `data:text/javascript,${encodeURIComponent(source)}`;
const script = async (name, imported = '') =>
  module((await readFile(here(`../public/form/${name}.js`), 'utf8')).replace('"./expression.js"', JSON.stringify(imported)));

/** `expression.js` from its source, with all functions. */
export const expression = async () => {
  const source = await script('expression');
  await import(await script('functions', source));
  return import(source);
};

/** `logic.js`, as it is served in this file or from its source. */
export const logic = async served => {
  globalThis.document = new JSDOM('').window.document;
  if (served) return (await opened(served)).$logic;
  await expression();
  return import(await script('logic', await script('expression')));
};
