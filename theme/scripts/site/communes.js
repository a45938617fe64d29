// The finder of communes: keeps in the list what fits a name or a postal code. The whole list is in the page.
//
// Nothing is sent: the words go into the address (`?q=`), so that going back and sharing work. The name of a commune
// is no personal data.

const root = document.querySelector("[data-finder]");
const form = root.querySelector("form");
const field = form.elements.q;
const items = [...root.querySelectorAll("[data-list] > li")];
const status = root.querySelector("[data-status]");
const elsewhere = root.querySelector("[data-elsewhere]");
const heading = root.querySelector("[data-heading]");
const all = root.querySelector("[data-all]");
const whole = { heading: heading.textContent, title: document.title };

/** « Saint-Ouen », « st ouen » and « SAINT OUEN » are one name. */
function plain(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bste\b/g, "sainte")
    .replace(/\bst\b/g, "saint")
    .replace(/^(le|la|les|l) /, "");
}

/** Département of a postal code: the first two figures, three overseas; Corsica has two. */
function departement(code) {
  if (/^9[78]/.test(code)) return code.slice(0, 3);
  if (code.startsWith("20")) return Number(code) < 20200 ? "2A" : "2B";
  return code.slice(0, 2);
}

function fits(item, words) {
  if (/^\d+$/.test(words)) return item.dataset.codes.split(" ").some((code) => code.startsWith(words));
  return item.dataset.words.split("|").some((name) => name && ` ${plain(name)}`.includes(` ${words}`));
}

function show(typed) {
  const compact = typed.replace(/\s+/g, "");
  const words = /^\d+$/.test(compact) ? compact : plain(typed);
  let count = 0;
  for (const item of items) {
    const kept = words === "" || fits(item, words);
    item.hidden = !kept;
    count += kept ? 1 : 0;
  }
  all.hidden = words === "";
  elsewhere.hidden = true;
  if (words === "") {
    heading.textContent = whole.heading;
    status.textContent = "";
    document.title = whole.title;
    return;
  }
  const found = count === 0 ? "Aucune commune" : count === 1 ? "1 commune" : `${count} communes`;
  heading.textContent = "Votre recherche";
  status.textContent = `${found} de Seine-Saint-Denis pour « ${typed.trim()} ».`;
  document.title = `« ${typed.trim()} » – ${whole.title}`;
  if (count === 0) outside(words);
}

/** Says where else to look, without naming a commission that nobody checked. */
function outside(words) {
  const other = /^\d{5}$/.test(words) && !words.startsWith("93");
  elsewhere.textContent = other
    ? `Ce code postal est sans doute celui du département ${departement(words)} : cherchez sa commission dans l’annuaire officiel, plus bas.`
    : "Vérifiez l’orthographe, ou tapez le code postal. Si le logement est dans un autre département, l’annuaire officiel est plus bas.";
  elsewhere.hidden = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = field.value.trim();
  history.pushState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  show(field.value);
});
all.addEventListener("click", () => {
  field.value = "";
  history.pushState(null, "", location.pathname);
  show("");
  field.focus();
});

function read() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  show(field.value);
}
addEventListener("popstate", read);
read();
