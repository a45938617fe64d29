// The fields of a letter: read, kept in this tab for the next letter, shown in words.

const KEY = "lettre";
const PARTS = ["jour", "mois", "annee"];
const long = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });
const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });

/** What is typed, by id. A date is `2026-05-31` when it exists, else as typed. */
export function read(form, fields) {
  return Object.fromEntries(fields.map(({ id, kind }) => [id, kind === "date" ? date(form, id) : form.elements[id].value.trim()]));
}

function date(form, id) {
  const [day, month, year] = PARTS.map((part) => form.elements[`${id}-${part}`].value.trim());
  const text = [year, month.padStart(2, 0), day.padStart(2, 0)].join("-");
  const found = new Date(`${text}T00:00Z`);
  const real = /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(found) && found.toISOString().startsWith(text);
  return real ? text : [day, month, year].filter(Boolean).join(" ");
}

/** Puts back what was typed in this tab; `given` says what the questionnaire knows of the other fields. */
export function restore(form, fields, given) {
  const kept = stored();
  for (const field of fields) {
    const { id, kind } = field;
    const text = kept[id] || given(field);
    const [year, month, day] = text.split("-");
    if (kind !== "date") form.elements[id].value = text;
    else if (day) PARTS.forEach((part, index) => (form.elements[`${id}-${part}`].value = [Number(day), Number(month), year][index]));
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Keeps what is typed in this tab, for this letter and the others. */
export function keep(typed) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...stored(), ...typed }));
  } catch {
    // Storage is refused: the fields hold for this page.
  }
}

/** A field in words: « 31 mai 2026 », « 650,00 € ». */
export function shown({ kind }, text) {
  if (kind === "date" && /^\d{4}-/.test(text)) return long.format(new Date(`${text}T00:00Z`)).replace(/^1 /, "1er ");
  const amount = text.replace(/[\s€]/g, "").replace(",", ".");
  return kind === "montant" && /^\d+(\.\d+)?$/.test(amount) ? euros.format(amount) : text;
}
