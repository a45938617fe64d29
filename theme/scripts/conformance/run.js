// Runs the conformance suite on press: each published case goes through the script of the questionnaires, and
// what it gives is compared with what the engine gave at build.

import * as engine from '../tree/engine.js';
import { parseAmount, parseDate } from '../tree/typed.js';
import { observe } from './observe.js';

const SHOWN = 5;
const SLICE = 40;

const root = document.querySelector('[data-suite]');
const button = root.querySelector('button');
const status = root.querySelector('[role="status"]');
const gaps = root.querySelector('[data-gaps]');
const NBSP = '\u00a0';
const count = new Intl.NumberFormat('fr-FR');

let running = false;

// A disabled button would lose the focus: it stays, and does nothing while the comparison runs.
button.addEventListener('click', async () => {
  if (running) return;
  running = true;
  button.setAttribute('aria-disabled', 'true');
  gaps.replaceChildren();
  gaps.hidden = true;
  say('Comparaison en cours…', 'info');
  const start = performance.now();
  try {
    const found = [await runTables()];
    for (const row of root.querySelectorAll('tr[data-cases]')) found.push(await runTree(row));
    conclude(found, performance.now() - start);
  } catch {
    say(`La comparaison n’a pas pu aller au bout${NBSP}: les cas ne se chargent pas. Vérifiez votre connexion, puis recommencez.`, 'error');
  }
  running = false;
  button.removeAttribute('aria-disabled');
  button.textContent = 'Relancer la comparaison';
});

function conclude(found, milliseconds) {
  const cases = found.reduce((sum, part) => sum + part.cases, 0);
  const wrong = found.flatMap((part) => part.wrong);
  const seconds = count.format(Math.max(0.1, Math.round(milliseconds / 100) / 10));
  const gap = wrong.length > 1 ? 'écarts' : 'écart';
  const words = `${count.format(cases)}${NBSP}cas comparés, ${count.format(wrong.length)}${NBSP}${gap}. Durée${NBSP}: ${seconds}${NBSP}s.`;
  say(words, wrong.length ? 'error' : 'success');
  gaps.hidden = wrong.length === 0;
  for (const text of wrong.slice(0, SHOWN)) {
    const item = document.createElement('li');
    item.textContent = text;
    gaps.append(item);
  }
}

function say(text, kind) {
  const alert = document.createElement('div');
  alert.className = `fr-alert fr-alert--${kind} fr-alert--sm`;
  const words = document.createElement('p');
  words.textContent = text;
  alert.append(words);
  status.replaceChildren(alert);
}

function told(row, { cases, wrong }) {
  row.querySelector('[data-result]').textContent = `${count.format(cases)}${NBSP}cas, ${wrong.length ? count.format(wrong.length) : 'aucun'}${NBSP}${wrong.length > 1 ? 'écarts' : 'écart'}`;
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

/** Lets the page breathe between slices of work. */
const breathe = () => new Promise((resume) => { setTimeout(resume); });

async function runTree(row) {
  const [{ tree }, { today, cases }] = await Promise.all([load(row.dataset.tree), load(row.dataset.cases)]);
  const wrong = [];
  let pause = performance.now() + SLICE;
  for (const [answers, ...expected] of cases) {
    if (!agrees(tree, today, answers, expected)) wrong.push(`${tree.title}${NBSP}: ${answers}`);
    if (performance.now() > pause) {
      await breathe();
      pause = performance.now() + SLICE;
    }
  }
  const result = { cases: cases.length, wrong };
  told(row, result);
  return result;
}

/** A script that breaks off on a case does not agree. */
function agrees(tree, today, answers, expected) {
  try {
    return JSON.stringify(observe(tree, today, answers)) === JSON.stringify(expected);
  } catch {
    return false;
  }
}

async function runTables() {
  const row = root.querySelector('tr[data-tables]');
  const tables = await load(row.dataset.tables);
  const wrong = [];
  let cases = 0;
  const compare = (name, list, compute) => {
    for (const line of list) {
      const expected = line.at(-1);
      if (compute(...line) !== expected) wrong.push(`${name}${NBSP}: ${line.slice(0, -1).join(', ')}`);
      cases += 1;
    }
  };
  compare('Ajout de mois', tables.months, (day, months) => engine.plusMonths(day, months));
  compare('Mois commencés', tables.started, (limit, now) => engine.monthsStarted(limit, now));
  compare('Proportion', tables.ratios, (value, above, below) => engine.ratio(value, above, below));
  compare('Lecture d’une date', tables.dates, (text) => parseDate(text));
  compare('Lecture d’une somme', tables.amounts, (text) => parseAmount(text));
  compare('Écriture d’une valeur', tables.formats, (unit, value) => engine.format(unit, value));
  const result = { cases, wrong };
  told(row, result);
  return result;
}
