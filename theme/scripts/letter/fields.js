// The fields of a letter: read, and kept in this tab for the next letter.

const KEY = "lettre";
const PARTS = ["jour", "mois", "annee"];

/** What is typed, by id. */
export function read(form, fields) {
  const value = (name) => form.elements[name].value.trim();
  const text = ({ id, kind }) => (kind === "date" ? PARTS.map((part) => value(`${id}-${part}`)).join(" ").trim() : value(id));
  return Object.fromEntries(fields.map((field) => [field.id, text(field)]));
}

/** Puts back what was typed in this tab; `given` says what the questionnaire knows of the other fields. */
export function restore(form, fields, given) {
  const kept = stored();
  for (const field of fields) {
    const { id, kind } = field;
    const text = kept[id] || given(field);
    if (kind !== "date") form.elements[id].value = text;
    // A day as typed, or as an answer: 2026-05-31.
    const days = /-/.test(text) ? text.split("-").reverse().map(Number) : text.split(" ");
    if (kind === "date") PARTS.forEach((part, index) => (form.elements[`${id}-${part}`].value = days[index] ?? ""));
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
