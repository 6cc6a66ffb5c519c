// The browser's half of `survey::expression`, whose docs say what expressions mean.
// A tree is a number or [name, ...operands]; '' is empty; a list of choices is an array.

const NUMBER = /^[ \t\r\n]*-?(\d+\.?\d*|\.\d+)[ \t\r\n]*$/;
const { isArray } = Array;
// Also '' for what every object inherits, such as `constructor`.
const settled = v => isArray(v) && v.length || /^[sb]/.test(typeof v) ? v
  : Number.isFinite(v) ? v + 0 : '';
export const text = v => isArray(v) ? v.join(' ') : String(v);
export const number = v => {
  const n = isArray(v) || typeof v === 'string' && !NUMBER.test(v) ? NaN : Number(v);
  return isFinite(n) ? n : NaN;
};
const equal = (a, b) => {
  const m = number(a), n = number(b);
  return isNaN(m + n) ? text(a) === text(b) : m === n;
};
// Rules of numbers; `some` skips what is none.
const of = rule => (...list) => settled(rule(...list.map(number)));
const some = rule => (...list) => of(rule)(...list.filter(v => !isNaN(number(v))));

// A number as people type it, as `survey::question` reads it: the first group of the pattern are its whole part, the third its
// fraction. What cannot be read is empty; tests/typed.json holds both sides to that.
export const numeral = (pattern, most) => v => {
  const [all, whole, , cents = 0] = pattern.exec(v.trim()) || [''];
  const size = all ? +`${whole.replace(/\D/g, '')}.${cents}` : NaN;
  return size > most || isNaN(size) ? '' : all[0] === '-' ? -size : size;
};

// What a page knows besides answers: the moment its form was begun, `label(question, code)` of choices, the choice that a
// filter is looking at, and how fields are read, by `data-read`, `inputmode` or type.
export const world = { now: '', label: () => '', choice: {}, read: {
  numeric: numeral(/^[-+]?(\d+|\d{0,3}(?:[. \xa0]\d{3})+)$/, 1e12),
} };

export const rules = {
  text: v => v,
  col: name => settled(world.choice[name]),
  and: (...all) => all.every(v => v === true),
  or: (...any) => any.includes(true),
  '=': equal,
  '!=': (a, b) => !equal(a, b),
  '<': of((a, b) => a < b),
  '<=': of((a, b) => a <= b),
  '>': of((a, b) => a > b),
  '>=': of((a, b) => a >= b),
  '+': of((a, b) => a + b),
  '-': of((a, b) => a - b),
  '*': of((a, b) => a * b),
  div: of((a, b) => a / b),
  mod: of((a, b) => a % b),
  neg: of(a => -a),
  true: () => true,
  false: () => false,
  not: v => v !== true,
  if: (c, a, b) => c === true ? a : b,
  coalesce: (a, b) => a === '' ? b : a,
  selected: (v, code) => (isArray(v) ? v : [text(v)]).includes(text(code)),
  'count-selected': v => isArray(v) ? v.length : +(v !== ''),
  'string-length': v => [...text(v)].length,
  number: of(a => a),
  int: of(Math.trunc),
  round: of((a, digits) => {
    const scale = +('1e' + Math.trunc(Math.min(Math.max(digits || 0, 0), 15)));
    return Math.sign(a) * Math.round(Math.abs(a) * scale) / scale;
  }),
  min: some(Math.min),
  max: some(Math.max),
  sum: some((...list) => list.reduce((a, b) => (a || 0) + b, NaN)),
};

// `own` is the answer that `.` stands for.
export const evaluate = (ast, answers, own) => {
  const run = node => {
    if (!isArray(node)) return node;
    const [name, ...operands] = node;
    if (name === 'ref') return settled(answers[operands[0]]);
    return name === 'own' ? settled(own) : rules[name](...operands.map(run));
  };
  return run(ast);
};

export const test = (...given) => evaluate(...given) === true;
