// Same meaning as the crate `decision-tree`, which is the reference. No DOM, no clock, no eval.
// A value is an integer, or null when unknown. An answer is an integer, null (« je ne sais pas ») or a
// text; `answers` is an object keyed by question id. Days are counted from 1970-01-01.

export const FORMAT = 1;
export const DONT_KNOW = 'nsp';
const MAX = Number.MAX_SAFE_INTEGER, MAX_DAY = 1e7, MAX_MONTHS = 12000, MAX_WORLDS = 1024;
const NBSP = '\u00a0';
export const SPACES = /[^\S\ufeff]|\u0085/g;

// ---- Calendar

export function ymd(day) {
  const date = new Date(day * 864e5);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function dayNumber(year, month, day) {
  return new Date(0).setUTCFullYear(year, month - 1, day) / 864e5;
}

/** A day of the calendar, or null when it does not exist. */
export function fromYmd(year, month, day) {
  if (year < 1900 || year > 2199) return null;
  const number = dayNumber(year, month, day);
  return String(ymd(number)) === String([year, month, day]) ? number : null;
}

/** Keeps the day of the month, or takes the last day of a shorter month. */
export function plusMonths(day, months) {
  const [year, month, date] = ymd(day);
  const last = ymd(dayNumber(year, month + months + 1, 0))[2];
  return dayNumber(year, month + months, Math.min(date, last));
}

/** Monthly periods begun since the day after the limit (art. 22, law of 6 July 1989). */
export function monthsStarted(limit, now) {
  if (now <= limit) return 0;
  const [a, b] = [ymd(limit), ymd(now)];
  const whole = (b[0] - a[0]) * 12 + b[1] - a[1];
  return whole + (plusMonths(limit, whole) < now ? 1 : 0);
}

const pad = (number, width) => String(number).padStart(width, '0');

export function isoDate(day) {
  const [year, month, date] = ymd(day);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

// ---- Values

/** The only texts that stand for an answer in an address; see `typed.js` for what people type. */
const READ = {
  date: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? fromYmd(...text.split('-').map(Number)) : null),
  montant(text) {
    const [whole, cents = '00'] = text.split(',');
    return /^(0|[1-9]\d{0,8})(,(?!00)\d\d)?$/.test(text) ? +(whole + cents) : null;
  },
  nombre: (text) => (/^(0|[1-9]\d{0,8})$/.test(text) ? +text : null),
  commune: (text) => (/^[0-9A-Z]{5}$/.test(text) ? parseInt(text, 36) : null),
};

export const readDate = READ.date;

function department(commune) {
  const two = Math.floor(commune / 46656);
  return two === 331 || two === 332 ? Math.floor(commune / 1296) : two;
}

const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, NBSP);

const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** A value as the reader sees it. */
export function format(unit, value) {
  const size = Math.abs(value), plural = size > 1 ? 's' : '';
  const hundredths = () => `${value < 0 ? '-' : ''}${grouped(Math.floor(size / 100))},${pad(size % 100, 2)}`;
  switch (unit) {
    case 'date': {
      const [year, month, day] = ymd(value);
      return `${day}${day === 1 ? 'er' : ''} ${MONTHS[month - 1]} ${year}`;
    }
    case 'euro': return `${hundredths()}${NBSP}€`;
    case 'indice': return hundredths();
    case 'mois': return `${grouped(value)}${NBSP}mois`;
    case 'jours': return `${grouped(value)}${NBSP}jour${plural}`;
    case 'taux': return `${grouped(Math.trunc(value / 10))}${size % 10 ? ',' + (size % 10) : ''}${NBSP}%`;
    default: return grouped(value);
  }
}

export function formatRange(unit, [min, max]) {
  if (min === max) return format(unit, min);
  const article = unit === 'date' ? 'le ' : '';
  return `entre ${article}${format(unit, min)} et ${article}${format(unit, max)}`;
}

// ---- Expressions

const bounded = (value) => (Math.abs(value) <= MAX ? value : null);
const near = (day) => Math.abs(day) <= MAX_DAY;
const bit = (truth) => (truth ? 1 : 0);

/** Value × numerator ÷ denominator, to the nearest unit, half a unit up. */
export function ratio(value, numerator, denominator) {
  const twice = bounded(2 * value * numerator), above = twice === null ? null : bounded(twice + denominator);
  const by = bounded(2 * denominator);
  return above === null || !(by > 0) ? null : (above - (((above % by) + by) % by)) / by;
}

const FUNCTIONS = {
  '=': (a, b) => bit(a === b),
  '<': (a, b) => bit(a < b),
  '<=': (a, b) => bit(a <= b),
  '+': (a, b) => bounded(a + b),
  '-': (a, b) => bounded(a - b),
  '*': (a, b) => bounded(a * b),
  mois: (day, months) => (near(day) && Math.abs(months) <= MAX_MONTHS ? plusMonths(day, months) : null),
  entames: (limit, now) => (near(limit) && near(now) ? monthsStarted(limit, now) : null),
  pc: (rate, amount) => ratio(amount, rate, 1000),
  prop: ratio,
  min: Math.min,
  max: Math.max,
};

/** `et` is decided by 0, `ou` by 1 (Kleene's three values). */
function all(parts, decides, env) {
  let known = 1 - decides;
  for (const part of parts) {
    const value = evaluate(part, env);
    if (value === decides) return value;
    if (value === null) known = null;
  }
  return known;
}

function parameter({ values }, day) {
  const held = day === null ? null : values.findLast(([from, until]) => from <= day && (until === null || day <= until));
  return held ? held[2] : null;
}

/** The value of an expression in `{ tree, today, answers, facts, figures }` (lists by index). */
export function evaluate(expr, env) {
  if (expr === 'j') return env.today;
  const [op] = Object.keys(expr), of = expr[op];
  if (FUNCTIONS[op]) {
    const values = of.map((part) => evaluate(part, env));
    return values.includes(null) ? null : FUNCTIONS[op](...values);
  }
  switch (op) {
    case 'n': return of;
    case 'q': return env.answers[of] ?? null;
    case 'f': return env.facts[of] ?? null;
    case 'c': return env.figures[of] ?? null;
    case 'p': return parameter(env.tree.parameters[of[0]], of[1] ? evaluate(of[1], env) : env.today);
    case '&': return all(of, 0, env);
    case '|': return all(of, 1, env);
    case 'si': {
      const truth = evaluate(of[0], env);
      if (truth !== null) return evaluate(of[truth ? 1 : 2], env);
      const yes = evaluate(of[1], env);
      return yes === evaluate(of[2], env) ? yes : null;
    }
  }
  const value = evaluate(op === 'in' ? of[0] : of, env);
  if (value === null) return null;
  return op === '!' ? bit(value === 0) : op === 'in' ? (value >> of[1]) & 1 : department(value);
}

// ---- Walk

function environment(tree, answers, today) {
  const env = { tree, today, answers, facts: [], figures: [] };
  for (const fact of tree.facts) env.facts.push(evaluate(fact.expr, env));
  return env;
}

/** One way to read the answers: facts, figures, and the outcomes that it leaves open. */
function world(tree, answers, today) {
  const env = environment(tree, answers, today);
  for (const figure of tree.figures) env.figures.push(evaluate(figure.expr, env));
  env.outcomes = [];
  for (const [index, { si }] of tree.outcomes.entries()) {
    const truth = si ? evaluate(si, env) : 1;
    if (truth !== 0) env.outcomes.push(index);
    if (truth === 1) break;
  }
  return env;
}

/**
 * Asks each question in order when its condition is true or unknown; stops on `stop`.
 * Gives `{ asked, question, outcomes, worlds }`: `question` is an index, or null at the end.
 */
export function walk(tree, answers, today) {
  const values = tree.questions.map(() => null), asked = [];
  let question = null;
  for (const [index, { id, si }] of tree.questions.entries()) {
    if (si && evaluate(si, environment(tree, values, today)) === 0) continue;
    const answer = answers[id];
    if (answer === undefined) {
      question = index;
      break;
    }
    if (typeof answer === 'number') values[index] = answer;
    asked.push(index);
    if (tree.stop && evaluate(tree.stop, environment(tree, values, today)) === 1) break;
  }
  let completed = [values];
  for (const index of asked) {
    const { id, kind, choices } = tree.questions[index];
    if (kind !== 'choix' || answers[id] !== null || completed.length * choices.length > MAX_WORLDS) continue;
    completed = completed.flatMap((one) => choices.map((_, choice) => one.map((value, i) => (i === index ? choice : value))));
  }
  const worlds = completed.map((one) => world(tree, one, today));
  const outcomes = question === null ? [...new Set(worlds.flatMap((one) => one.outcomes))].sort((a, b) => a - b) : [];
  return { tree, answers, asked, question, outcomes, worlds };
}

/** Smallest and greatest value over the ways to read the answers (those of an outcome, if given), or null. */
export function range(walked, expr, outcome) {
  let found = null;
  for (const one of walked.worlds) {
    if (outcome !== undefined && !one.outcomes.includes(outcome)) continue;
    const value = evaluate(expr, one);
    if (value === null) return null;
    found = found ? [Math.min(found[0], value), Math.max(found[1], value)] : [value, value];
  }
  return found;
}

/** true, false, or null when unknown. */
export function truth(walked, expr, outcome) {
  const found = range(walked, expr, outcome);
  return found && found[0] === found[1] ? found[0] !== 0 : null;
}

// ---- Answers

/** Reads an answer: `{ answer }`, or `{ fault }` with a key of the messages of the question. */
export function readAnswer(tree, question, written, today) {
  const text = written.trim(), { kind, choices } = question;
  if (!text) return { fault: 'vide' };
  if (text === DONT_KNOW && question.dont_know) return { answer: null };
  if (kind === 'texte') return { answer: [...text].slice(0, 2000).join('') };
  const at = (id) => choices.findIndex((choice) => choice.id === id);
  if (kind === 'choix') return at(text) < 0 ? { fault: 'choix' } : { answer: at(text) };
  if (kind === 'cases') {
    const held = text.split(',').map((id) => at(id.trim()));
    const wrong = held.includes(-1) || (held.includes(at('aucune')) && held.length > 1);
    return wrong ? { fault: 'choix' } : { answer: held.reduce((set, index) => set | (1 << index), 0) };
  }
  const answer = READ[kind](text);
  if (answer === null) return { fault: 'format' };
  const env = { tree, today, answers: [], facts: [], figures: [] };
  const limit = (expr) => (expr ? evaluate(expr, env) : null);
  const min = limit(question.min), max = limit(question.max);
  if (min !== null && answer < min) return { fault: 'min' };
  if (max !== null && answer > max) return { fault: kind === 'date' && max === today ? 'futur' : 'max' };
  return { answer };
}

const chosen = ({ kind, choices }, value) => choices.filter((_, i) => (kind === 'choix' ? value === i : (value >> i) & 1));

/** An answer as it stands in an address. */
export function canonical(question, answer) {
  if (answer === null) return DONT_KNOW;
  switch (question.kind) {
    case 'choix': case 'cases': return chosen(question, answer).map((choice) => choice.id).join(',');
    case 'date': return isoDate(answer);
    case 'montant': return Math.floor(answer / 100) + (answer % 100 ? ',' + pad(answer % 100, 2) : '');
    case 'commune': return pad(answer.toString(36).toUpperCase(), 5);
    default: return String(answer);
  }
}

/** The text for a voice. */
export const voiced = ({ base, variants = [] }, voice) => (variants.find(([of]) => of === voice) || [0, base])[1];

/** An answer as the reader sees it; `names` of communes by code are added to the question by `named`. */
export function shown(question, answer, voice) {
  if (answer === null) return 'Je ne sais pas';
  switch (question.kind) {
    case 'choix': case 'cases': return chosen(question, answer).map((choice) => voiced(choice.label, voice)).join(', ');
    case 'date': return format('date', answer);
    case 'montant': return format('euro', answer);
    case 'nombre': return format('nombre', answer) + (question.unit ? NBSP + question.unit : '');
    default: return question.names?.[canonical(question, answer)] ?? canonical(question, answer);
  }
}

/** A published tree whose questions on a commune know the names of communes. */
export function named({ tree, communes: names }) {
  for (const question of tree.questions) if (question.kind === 'commune') question.names = names;
  return tree;
}

/** To whom the texts speak. */
export function voiceOf(tree, answers) {
  const profile = tree.questions.find((question) => question.id === 'profil');
  const choice = profile && profile.choices[answers.profil];
  return choice && ['locataire', 'bailleur', 'aidant'].includes(choice.id) ? choice.id : tree.voices[0];
}

/** The answers that stand in texts by id; what the tree does not know is left out. */
export function readAll(tree, texts, today) {
  const answers = {};
  for (const question of tree.questions) {
    const { answer } = readAnswer(tree, question, texts[question.id] ?? '', today);
    if (answer !== undefined) answers[question.id] = answer;
  }
  return answers;
}

// ---- Texts

export function answerText(walked, index, voice) {
  if (!walked.asked.includes(index)) return null;
  const question = walked.tree.questions[index], answer = walked.answers[question.id];
  return answer === null ? null : shown(question, answer, voice);
}

/** A placeholder as the reader sees it, or null when unknown. */
export function valueText(walked, value, outcome, voice) {
  if ('q' in value) return answerText(walked, value.q, voice);
  const found = 'e' in value ? range(walked, value.e[1], outcome) : null;
  return found && formatRange(value.e[0], found);
}
