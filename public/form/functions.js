// What few questionnaires need of `survey::expression`: dates, patterns, labels of choices, and what is typed in words, with a
// fraction, as a date or a time. A page that looks at one of these loads this beside form.js.
import { number, numeral, rules, text, world } from "./expression.js";

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

// 1.200 alone may be a thousand or one and a bit, and more than two digits are too fine. Of point and comma the last one stands
// before the fraction.
const DECIMAL = /^[-+]?(?!\d{1,3}[.,]\d\d[1-9]$|[1-9]\d?\d?[.,]\d{3}$)(\d+|\d{1,3}(?:[ \xa0\u2009\u202f]\d{3})+|\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:(?!\2\d)[.,](\d\d?)0*)?$/;
// What nobody sees: `survey::text::without_hidden`.
const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// a character that was lost on the way makes the server ask for the text again
const words = v => v.includes('\ufffd') ? ''
  : v.replace(/\r\n|[\r\x0b\x0c\x85\u2028\u2029]/g, '\n').replace(HIDDEN, '')
    .normalize().replace(/[ÐƉ]/g, 'Đ').replace(/[ðɖ]/g, 'đ').trim();
// 7:30, 7.30, 7h30, 7 giờ 30 phút, 7 giờ rưỡi
const CLOCK = /^(\d\d?)\s*(?::\s*(\d\d?)(?:\s*:\s*[0-5]?\d\s*(?:\.\d+)?)?|\.(\d\d)|(?:gio|[gh])\s*(?:(ruoi)|(\d\d?)\s*(?:ph?|phut|['’′])?)?)$/;
const two = n => (n || '').padStart(2, '0');
Object.assign(world.read, {
  text: words,
  textarea: words,
  decimal: numeral(DECIMAL, 1e10),
  date: v => {
    v = v.trim();
    const [d, m, y, more] = /^\d{4}-\d+-\d+$/.test(v) ? v.split('-').reverse() : v.split(/\s*[-/.]\s*/);
    const day = `${y}-${two(m)}-${two(d)}`;
    return /^(19..|20..|2100)-..-..$/.test(day) && more === undefined && days(day) !== '' ? day : '';
  },
  time: v => {
    v = v.trim().toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    const [, h, m, p, half, w] = CLOCK.exec(v) || [];
    const time = `${two(h)}:${half ? 30 : two(m || p || w)}`;
    return h && TIME.test(time) ? time : '';
  },
});

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
