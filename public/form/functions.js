// What few questionnaires need of `survey::expression`: dates, patterns, labels of choices. A page with one of these in its
// expressions loads this beside form.js.
import { number, rules, text, world } from "./expression.js";

// Days since 1970; a date is 2026-09-05 or 2026-09-05T08:15:30, a time of day 08:15.
const DATE = /^([1-9]\d{3})-(\d\d)-(\d\d)(?:T(.+))?$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const share = v => {
  const [, h, m, s = 0] = TIME.exec(v) || [];
  return h ? (h * 3600 + m * 60 + Number(s)) / 86400 : '';
};
const iso = day => Math.abs(day) < 1e7 ? new Date(day * 864e5).toISOString().slice(0, 10) : '';
const days = v => {
  const [, y, m, d, time] = DATE.exec(v) || [];
  const day = y ? Date.UTC(y, m - 1, d) / 864e5 : NaN;
  const part = time === undefined ? 0 : share(time);
  return y && iso(day) === v.slice(0, 10) && part !== '' ? day + part : '';
};
const known = day => DATE.test(day) ? day : '';

// All places that a pattern can reach from these, every alternative at once: [0, …] is a sequence, [1, …] are alternatives,
// [2, part, least, most] is a repetition, a text is a character or, in brackets, a class.
const reached = (part, letters, at) => {
  if (typeof part === 'string') {
    const is = part[1] ? c => RegExp(part, 'u').test(c) : c => c === part;
    return at.filter(i => i < letters.length && is(letters[i])).map(i => i + 1);
  }
  const [how, ...parts] = part;
  if (!how) return parts.reduce((at, part) => reached(part, letters, at), at);
  if (how < 2) return [...new Set([].concat(...parts.map(part => reached(part, letters, at))))];
  const [inner, least, most] = parts;
  let all = least ? [] : at;
  for (let n = 1; at.length && (most === null || n <= most); n++) {
    at = reached(inner, letters, at);
    if (n < least) continue;
    at = at.filter(i => !all.includes(i));
    all = all.concat(at);
  }
  return all;
};

Object.assign(rules, {
  regex: (v, { p }) => {
    const letters = [...text(v)];
    return reached(p, letters, [0]).includes(letters.length);
  },
  'jr:choice-name': (v, question) => [].concat(v).map(code => world.label(question, text(code))).filter(name => name).join(', '),
  today: () => world.now.slice(0, 10),
  now: () => world.now,
  date: v => known(isNaN(number(v)) ? days(text(v)) === '' ? '' : text(v).slice(0, 10) : iso(Math.floor(number(v)))),
  'decimal-date-time': v => days(text(v)),
  'decimal-time': v => share(text(v)),
  'format-date': (v, format) => {
    v = text(v);
    if (days(v) === '') return '';
    const [Y, m, d, H = '00', M = '00', S = '00'] = v.split(/[-T:]/);
    const parts = { Y, y: Y.slice(2), m, n: +m, d, e: +d, H, h: +H, M, S };
    return text(format).replace(/%(.)/g, (all, code) => code in parts ? parts[code] : all);
  },
});
