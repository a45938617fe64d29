/** Says how many files are chosen and how heavy they are, before they are sent. */

const MEGA = 1_000_000;

/** « 1,3 Mo ». */
const size = (bytes) => (bytes < MEGA ? `${Math.ceil(bytes / 1000)} Ko` : `${(Math.ceil(bytes / 100_000) / 10).toLocaleString("fr-FR")} Mo`);

/** Keeps the sentence current. */
export function watch(form) {
  const place = form.querySelector("[data-fichiers]");
  if (!place) return;
  const { nombre, chacun, total } = place.dataset;
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    const sum = files.reduce((all, file) => all + file.size, 0);
    const heavy = files.filter((file) => file.size > Number(chacun)).map((file) => `« ${file.name} » (${size(file.size)})`);
    const said = [`${files.length} fichier${files.length > 1 ? "s" : ""} choisi${files.length > 1 ? "s" : ""}, ${size(sum)} en tout.`];
    if (heavy.length) said.push(`Trop gros : ${heavy.join(", ")}.`);
    if (files.length > Number(nombre)) said.push(`C'est trop : ${nombre} fichiers au plus.`);
    if (sum > Number(total)) said.push(`C'est trop lourd : ${size(Number(total))} en tout au plus.`);
    place.textContent = files.length ? said.join(" ") : "";
  });
}
