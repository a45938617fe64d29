// The fields of a letter: read, and kept in this tab for the next letter.

const KEY = "lettre";

/** Names of the inputs of a field: a day has three. */
const names = ({ id, kind }) => (kind === "date" ? ["jour", "mois", "annee"].map((part) => `${id}-${part}`) : [id]);

/** What is typed, by id. */
export function read(form, fields) {
  const text = (field) => names(field).map((name) => form.elements[name].value.trim()).join(" ").trim();
  return Object.fromEntries(fields.map((field) => [field.id, text(field)]));
}

/** Puts back what was typed in this tab; `given` says what the questionnaire knows of the other fields. */
export function restore(form, fields, given) {
  const kept = stored();
  for (const field of fields) {
    const text = kept[field.id] || given(field);
    // A day as typed, or as an answer: 2026-05-31.
    const day = /-/.test(text) ? text.split("-").reverse().map(Number) : text.split(" ");
    const values = field.kind === "date" ? day : [text];
    names(field).forEach((name, index) => (form.elements[name].value = values[index] ?? ""));
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
