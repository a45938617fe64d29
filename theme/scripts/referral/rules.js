/** The rules of typed answers, the same as the service's. Each gives the code of a fault, or nothing. */

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/** One line: every kind of space becomes one. */
const line = (text) => text.replace(/\s+/g, " ").trim();

/** A day typed as three texts; `past` when it cannot be later than today. */
export function date([day, month, year], past = false) {
  const parts = [day, month, year].map(line);
  if (parts.every((part) => !part)) return "vide";
  if (parts.some((part) => !part)) return "date_incomplete";
  const named = MONTHS.indexOf(parts[1].toLowerCase()) + 1;
  const [d, m, y] = [Number(parts[0]), named || Number(parts[1]), Number(parts[2])];
  if (![d, m, y].every(Number.isInteger)) return "date_impossible";
  if (y < 1900) return "date_ancienne";
  const real = new Date(Date.UTC(y, m - 1, d));
  if (real.getUTCMonth() !== m - 1 || real.getUTCDate() !== d) return "date_impossible";
  const now = new Date();
  if (past && real > Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) return "date_future";
  return y > now.getFullYear() + 30 ? "date_lointaine" : "";
}

/** Euros: 650, 650,50, 1 250,00 €. */
export function amount(text) {
  const bare = line(text).toLowerCase().replace(/eur(os?)?$/, "").replace(/[\s€'’]/g, "");
  if (!line(text)) return "vide";
  if (!/^(\d+|\d{1,3}([.,]\d{3})+(?=[.,]))([.,]\d{1,2})?$/.test(bare)) return "montant";
  return bare.replace(/[.,]\d{1,2}$/, "").replace(/[.,]/g, "").replace(/^0+/, "").length > 8 ? "montant_trop_grand" : "";
}

/** An ASCII address with a name and a domain. */
export function email(text) {
  const address = line(text);
  if (!address) return "vide";
  if (/[^\x20-\x7e]/.test(address)) return "courriel_accents";
  return /^[^\s@<>,;"]+@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]+$/i.test(address) ? "" : "courriel";
}

/** Ten French digits, or an international number. */
export function phone(text) {
  const typed = line(text);
  if (!typed) return "vide";
  if (/[^\d .\-/()+]/.test(typed)) return "telephone";
  const digits = typed.replace(/\D/g, "").replace(/^00/, typed.startsWith("+") ? "00" : "");
  const foreign = typed.startsWith("+") || typed.startsWith("00");
  return foreign ? (digits.length >= 7 && digits.length <= 15 ? "" : "telephone") : /^0[1-9]\d{8}$/.test(digits) ? "" : "telephone";
}

/** Five digits. */
export function postalCode(text) {
  const code = text.replace(/\s/g, "");
  if (!code) return "vide";
  const department = Number(code.slice(0, 2));
  return /^\d{5}$/.test(code) && department >= 1 && department <= 98 && department !== 96 ? "" : "code_postal";
}
