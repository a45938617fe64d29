// What people type -> the one way in which the engine reads an answer. Loose here, strict there.

import { SPACES, canonical, fromYmd, isoDate } from './engine.js';

/** A day as people write it, or null: « 31/5/2026 », « 31 05 2026 », « 2026-05-31 ». */
export function parseDate(text) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
  if (iso) return fromYmd(+iso[1], +iso[2], +iso[3]);
  const [day, month, year, more] = text.replace(SPACES, ' ').split(/[ /.-]+/).filter(Boolean);
  if (more !== undefined || !/^\d{4}$/.test(year) || !/^\d\d?$/.test(month) || !/^\d\d?$/.test(day)) return null;
  return fromYmd(+year, +month, +day);
}

/** An amount in cents, or null: « 650 », « 650,5 », « 1 200.50 € ». */
export function parseAmount(text) {
  const parts = /^(\d{1,9})(?:[.,](\d{1,2}))?(?:€|euros)?$/.exec(text.replace(SPACES, ''));
  return parts && parts[1] * 100 + +(parts[2] || '').padEnd(2, '0');
}

/** The canonical text of an answer; what cannot be read stays as it is, and the engine refuses it. */
export function normal(kind, text) {
  if (kind === 'nombre') return text.replace(SPACES, '').replace(/^0+(?=\d)/, '');
  const value = kind === 'date' ? parseDate(text) : kind === 'montant' ? parseAmount(text) : null;
  return value === null ? text : kind === 'date' ? isoDate(value) : canonical({ kind }, value);
}
