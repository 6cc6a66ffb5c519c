// A list to search in, as its script makes it: `node tests/search.mjs PAGE SERVED`. The page, as the server draws it, has two
// lists: `nghe`, in which “other” may be written, and `xa`, in which it may not.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { JSDOM } = createRequire(new URL('../target/test-tools/', import.meta.url))('jsdom');
const [page, script] = await Promise.all(process.argv.slice(2).map(file => readFile(file, 'utf8')));

/** What becomes of this typing: the choice, what is typed beside it, what the box shows, and what is said for all to see. */
const typed = (name, text, ...keys) => {
  const { window } = new JSDOM(page, { runScripts: 'outside-only' });
  const { document, Event, KeyboardEvent } = window;
  window.Element.prototype.scrollIntoView = () => {};
  const list = document.querySelector(`select[name=${name}]`);
  assert.ok('none' in list.dataset);
  list.dataset.none = 'none';
  [...list.options].filter(option => option.value === 'other').forEach(option => { option.text = 'Khác'; });
  window.eval(script);
  const field = document.getElementById(`${name}-tim`);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input'));
  keys.forEach(key => field.dispatchEvent(new KeyboardEvent('keydown', { key })));
  if (!keys.length) field.blur();
  const other = document.querySelector(`[name=${name}_other]`);
  const said = list.parentNode.querySelector('[role=status]');
  return [list.value, other ? other.value : '', field.value, said.className === 'hint' ? said.textContent : ''];
};

assert.deepEqual(typed('nghe', 'my d', 'Enter'), ['my', '', 'Mỹ nghệ đồng', ''], 'the only hit, though “other” is there');
assert.deepEqual(typed('nghe', 'my nghe dong', 'ArrowDown', 'ArrowDown', 'Enter'), ['other', '', 'Khác', ''], '“other” is pointed at');
assert.deepEqual(typed('nghe', 'my nghe dong'), ['my', '', 'Mỹ nghệ đồng', ''], 'spelt out and left');
assert.deepEqual(typed('nghe', 'nuôi ong'), ['other', 'nuôi ong', 'Khác', ''], 'nothing matches: it is something else');
assert.deepEqual(typed('nghe', 'nuôi ong', 'Enter'), ['other', 'nuôi ong', 'Khác', '']);
assert.deepEqual(typed('nghe', 'm'), ['', '', 'm', 'none'], 'two match, none was chosen');
assert.deepEqual(typed('xa', 'hà nội'), ['', '', 'hà nội', 'none'], 'no “other”: it stays and is said');
assert.deepEqual(typed('xa', 'hà nội', 'Enter'), ['', '', 'hà nội', 'none']);
assert.deepEqual(typed('xa', ''), ['', '', '', ''], 'nothing typed is nothing to say');
