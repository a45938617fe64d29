/** The files of the page: added without losing the earlier ones, listed, reduced or taken away, checked. */

import { make } from "./fields.js";
import { isPhoto, reduce } from "./photo.js";

const MEGA = 1_000_000;
/** From this size on, a photo may be reduced. */
const BIG = 1_500_000;
/** Originals of reduced photos, to take them back. */
const originals = new WeakMap();

/** « 1,3 Mo ». */
export const size = (bytes) => (bytes < MEGA ? `${Math.ceil(bytes / 1000)} Ko` : `${(Math.ceil(bytes / 100_000) / 10).toLocaleString("fr-FR")} Mo`);

const fileInputs = (form) => [...form.querySelectorAll("input[type=file]")];
const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

/** Gives an input these files. */
function give(input, files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
  input.kept = files;
}

/** The code of a file's fault, from its name, kind and size, before it is sent. */
function code(file, each) {
  const name = file.name.toLowerCase();
  if (/\.hei[cf]$/.test(name) || /hei[cf]/.test(file.type)) return "fichier_heic";
  if (file.size === 0) return "fichier_vide";
  if (file.size > each) return "fichier_trop_gros";
  return /\.(pdf|jpe?g|jpe|jfif|png)$/.test(name) || /^(application\/pdf|image\/(jpeg|png))$/.test(file.type) ? "" : "fichier_type";
}

/** The limits told on the page. */
function limits(form) {
  const { nombre, chacun, total } = form.querySelector("[data-fichiers]").dataset;
  return { count: Number(nombre), each: Number(chacun), total: Number(total) };
}

/** All faults of the files: pairs of the id of an input and a message. */
export function faults(form, messages, fill) {
  const { count, each, total } = limits(form);
  const words = { nombre: count, chacun: size(each), total: size(total) };
  const found = [];
  for (const input of fileInputs(form)) {
    for (const file of input.files) {
      const wrong = code(file, each);
      if (wrong) found.push([input.id, fill(messages[wrong], { fichier: file.name, ...words })]);
    }
    const box = form.elements[input.name.replace("piece_", "absente_")];
    if (input.files.length && input.name.startsWith("piece_") && box?.checked) {
      found.push([input.id, fill(messages.fichier_et_absente, { fichier: input.closest("fieldset").dataset.nom })]);
    }
  }
  const files = fileInputs(form).flatMap((input) => [...input.files]);
  if (files.length > count) found.push(["pieces", fill(messages.fichiers_nombre, words)]);
  if (files.reduce((sum, file) => sum + file.size, 0) > total) found.push(["pieces", fill(messages.fichiers_total, words)]);
  return found;
}

/** One line of the list: name, size, what can be done. */
function line(form, input, file) {
  const place = make("li", { textContent: `${file.name}, ${size(file.size)} ` });
  const button = (label, act) => {
    const made = make("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm fr-mr-1w fr-mt-1v", textContent: label }, make("span", { className: "fr-sr-only", textContent: ` : ${file.name}` }));
    made.addEventListener("click", act);
    place.append(made);
  };
  const replace = (other) => {
    give(input, [...input.files].map((one) => (one === file ? other : one)));
    tell(form, input);
  };
  const original = originals.get(file);
  if (original) {
    place.append("photo réduite : la date et le lieu de prise de vue en sont effacés. ");
    button("Reprendre la photo d’origine", () => replace(original));
  } else if (isPhoto(file) && file.size > BIG) {
    place.append("transmise telle quelle si vous ne la réduisez pas. ");
    button("Réduire cette photo", async () => {
      const smaller = await reduce(file);
      if (smaller && smaller.size < file.size) {
        originals.set(smaller, file);
        replace(smaller);
      } else {
        place.append("Cette photo ne peut pas être réduite ici. ");
      }
    });
  }
  button("Retirer", () => {
    give(input, [...input.files].filter((one) => one !== file));
    tell(form, input);
    input.focus();
  });
  return place;
}

/** Keeps the list of an input and the sentence about all files current. */
function tell(form, input) {
  const list = input.parentElement.querySelector("[data-liste]") ?? make("ul", { className: "ml-referral__list" });
  list.dataset.liste = "";
  list.replaceChildren(...[...input.files].map((file) => line(form, input, file)));
  if (list.children.length) input.after(list);
  else list.remove();
  const files = fileInputs(form).flatMap((one) => [...one.files]);
  const { count, each, total } = limits(form);
  const sum = files.reduce((all, file) => all + file.size, 0);
  const many = files.length > 1 ? "s" : "";
  const said = [`${files.length} fichier${many} choisi${many}, ${size(sum)} en tout.`];
  const heavy = files.filter((file) => file.size > each).map((file) => `« ${file.name} » (${size(file.size)})`);
  if (heavy.length) said.push(`Trop gros : ${heavy.join(", ")}.`);
  if (files.length > count) said.push(`C’est trop : ${count} fichiers au plus.`);
  if (sum > total) said.push(`C’est trop lourd : ${size(total)} en tout au plus.`);
  form.querySelector("[data-fichiers]").textContent = files.length ? said.join(" ") : "";
}

/** Lists what is chosen; choosing again adds, so that photos may be taken one after the other. */
export function watch(form) {
  if (!form.querySelector("[data-fichiers]")) return;
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    const before = (target.kept ?? []).filter((old) => ![...target.files].some((file) => same(file, old)));
    give(target, [...before, ...target.files]);
    tell(form, target);
  });
}
