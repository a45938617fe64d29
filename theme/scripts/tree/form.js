// One question's form: what is typed in it, what is wrong with it, what was answered before.

const NSP = "nsp";
const digits = (text) => text.replace(/\s/g, "");

/** The answer typed, as `{ text }`, or what is wrong, as `{ error, field }`. */
export function read(form) {
  const reader = READERS[form.dataset.kind] ?? number;
  return form.elements.nsp?.checked ? { text: NSP } : reader(form.elements, form);
}

const READERS = {
  choix: ({ reponse }) => (reponse.value ? { text: reponse.value } : { error: "vide", field: reponse[0] }),
  cases({ reponse }) {
    const ids = [...reponse].filter((box) => box.checked).map((box) => box.value);
    if (ids.length === 0) return { error: "vide", field: reponse[0] };
    if (ids.length > 1 && ids.includes("aucune")) return { error: "aucune", field: reponse[0] };
    return { text: ids.join(",") };
  },
  date(fields) {
    const parts = ["jour", "mois", "annee"].map((part) => fields[`reponse-${part}`]);
    const [day, month, year] = parts.map((field) => digits(field.value));
    const empty = parts.find((field) => !field.value.trim());
    if (!day && !month && !year) return { error: "vide", field: empty };
    const text = [year, month.padStart(2, 0), day.padStart(2, 0)].join("-");
    const found = new Date(`${text}T00:00Z`);
    const real = /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(found) && found.toISOString().startsWith(text);
    return real ? { text } : { error: "format", field: empty ?? parts[0] };
  },
  montant({ reponse }) {
    const text = digits(reponse.value).replace(/€|euros?$/i, "").replace(".", ",");
    if (!text) return { error: "vide", field: reponse };
    return /^\d{1,9}(,\d\d?)?$/.test(text) ? { text } : { error: "format", field: reponse };
  },
  commune({ reponse, code }) {
    const text = reponse.value || digits(code.value).toUpperCase();
    if (!text) return { error: "vide", field: reponse };
    return /^\d[\dAB]\d{3}$/.test(text) ? { text } : { error: "format", field: code };
  },
};

function number({ reponse }) {
  const text = digits(reponse.value);
  if (!text) return { error: "vide", field: reponse };
  return /^\d{1,9}$/.test(text) ? { text } : { error: "format", field: reponse };
}

/** Shows an answer given before. */
export function fill(form, text) {
  const { nsp, reponse, code } = form.elements;
  if (text === NSP && nsp) nsp.checked = true;
  else if (form.dataset.kind === "date") {
    const [year, month, day] = text.split("-");
    const parts = { jour: Number(day), mois: Number(month), annee: year };
    for (const part in parts) form.elements[`reponse-${part}`].value = parts[part];
  } else if (form.dataset.kind === "cases") {
    for (const box of reponse) box.checked = text.split(",").includes(box.value);
  } else {
    reponse.value = text;
    if (code && !reponse.value) code.value = text;
  }
}
