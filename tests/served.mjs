// A script as it is served, on a page: what it puts in front of itself can be asked for by name.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The modules within the form's script, after it has run on an empty form. */
export const opened = async file => {
  const { JSDOM } = createRequire(new URL('../target/test-tools/', import.meta.url))('jsdom');
  const { window } = new JSDOM('<form><button data-sending=""></button></form>', { runScripts: 'outside-only' });
  return window.eval(`${await readFile(file, 'utf8')}\n;({ $expression, $logic })`);
};
