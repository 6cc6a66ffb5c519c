// Fails if a script is written in anything newer than ES2019, which is what the WebView of a telephone of 2018 reads.
// Usage: node tests/old.mjs SCRIPT…
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';

const { parse } = createRequire(new URL('../target/test-tools/', import.meta.url))('acorn');
for (const file of process.argv.slice(2)) {
  try {
    parse(await readFile(file, 'utf8'), { ecmaVersion: 2019, sourceType: 'module' });
  } catch (error) {
    throw new Error(`${file}: ${error.message}`);
  }
}
