// The menu on a phone: a dialog while it is open, the rest of the page out of reach. Loaded with its first opening.

const root = document.documentElement;
const menu = document.getElementById("menu");
const closer = menu.querySelector(".fr-btn--close");
const others = [...document.body.children].filter((child) => !child.contains(menu) && child.localName !== "dialog");
others.push(menu.parentElement.querySelector(".fr-header__body"));
/** What opened it, which takes the focus back. */
let opener;

function toggle(open) {
  menu.classList.toggle("fr-modal--opened", open);
  root.classList.toggle("ml-locked", open);
  for (const other of others) other.inert = open;
  if (open) {
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"], ["aria-labelledby", opener.id]]) menu.setAttribute(name, value);
    closer.focus();
  } else {
    for (const name of ["role", "aria-modal", "aria-labelledby"]) menu.removeAttribute(name);
  }
}

function close() {
  if (!menu.classList.contains("fr-modal--opened")) return;
  toggle(false);
  opener.focus();
}

closer.addEventListener("click", close);
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
// A link to this very page (an anchor) leaves the menu too.
menu.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link?.hash && link.pathname === location.pathname) toggle(false);
});
matchMedia("(min-width: 62em)").addEventListener("change", () => toggle(false));

/** Opens the menu, from this button; `field` is the address of what takes the focus, or nothing. */
export function open(button, field) {
  opener = button;
  toggle(true);
  if (field) menu.querySelector(field).focus();
}
