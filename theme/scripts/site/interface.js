// The behaviours that every page shares: accordions and breadcrumb, menu on a phone, colour scheme, print.
//
// The State design system ships 110 kB of script with a loop that never rests; the pages use four of its
// behaviours. They are kept here, on its class names, with what its own script lacks: find-in-page opens a
// closed accordion, print opens them all, the dialog is the browser's (focus kept and given back, Escape).
// Without script everything is unfolded: theme/styles/base.css, `html:not(.js)`.

const root = document.documentElement;
const wide = matchMedia("(min-width: 62em)");

/** Opens or closes the panel of a disclosure button. */
function setExpanded(button, open) {
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  if (!panel) return;
  button.setAttribute("aria-expanded", String(open));
  panel.classList.toggle("fr-collapse--expanded", open);
  if (open) panel.removeAttribute("hidden");
  else if (panel.closest(".fr-accordion")) panel.setAttribute("hidden", "until-found");
}

function startDisclosures() {
  for (const button of document.querySelectorAll("button[aria-expanded][aria-controls]")) {
    setExpanded(button, button.getAttribute("aria-expanded") === "true");
    button.addEventListener("click", () => setExpanded(button, button.getAttribute("aria-expanded") !== "true"));
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    panel?.addEventListener("beforematch", () => setExpanded(button, true));
  }
  openTarget();
  addEventListener("hashchange", openTarget);
}

/** An address with an anchor inside a closed accordion opens it. */
function openTarget() {
  const id = location.hash.slice(1);
  if (!id || id.includes("=")) return;
  const panel = document.getElementById(id)?.closest(".fr-collapse");
  const button = panel && document.querySelector(`button[aria-controls="${CSS.escape(panel.id)}"]`);
  if (!button) return;
  setExpanded(button, true);
  document.getElementById(id).scrollIntoView();
}

/** On a phone the menu covers the page. Its behaviour comes with its first opening. */
function startMenu() {
  const opener = document.getElementById("bouton-menu");
  if (!opener) return;
  const open = async (field) => (await import(new URL("menu.js", import.meta.url))).open(opener, field);
  opener.addEventListener("click", () => open());
  // Skipping to the menu on a phone opens it: a closed menu can't take the focus.
  for (const link of document.querySelectorAll('a[href="#navigation"], a[href="#recherche-mots"]')) {
    link.addEventListener("click", (event) => {
      if (wide.matches) return;
      event.preventDefault();
      open(link.hash);
    });
  }
}

/** Light, dark or the system's: shown at once, kept on this device, told to the other tabs. */
function applyScheme(choice) {
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.frScheme = choice;
  root.dataset.frTheme = dark ? "dark" : "light";
}

function startDisplay() {
  for (const button of document.querySelectorAll("[data-display-open]")) {
    // The dialog's behaviour comes with its first opening; it stands beside this file, under the same hash.
    button.addEventListener("click", async () => (await import(new URL("display.js", import.meta.url))).open(button, applyScheme));
  }
  addEventListener("storage", (event) => {
    if (event.key === "scheme") applyScheme(event.newValue || "system");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyScheme(root.dataset.frScheme));
}

/** A printed page has the day it was printed, its accordions open, and dark words on white paper. */
function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  let reopened = [];
  addEventListener("beforeprint", () => {
    const today = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" }).format(new Date());
    for (const place of document.querySelectorAll("[data-print-date]")) place.textContent = ` – imprimé le ${today}`;
    reopened = [...document.querySelectorAll(".fr-accordion button[aria-expanded=false]")];
    for (const button of reopened) setExpanded(button, true);
    root.dataset.frTheme = "light";
  });
  addEventListener("afterprint", () => {
    for (const button of reopened) setExpanded(button, false);
    applyScheme(root.dataset.frScheme);
  });
}

/** Tabs are rare: their script comes with the pages that have some, and stands beside this file. */
async function startTabs() {
  if (document.querySelector("[data-tabs]")) (await import(new URL("tabs.js", import.meta.url))).startTabs();
}

startTabs();
startDisclosures();
startMenu();
startDisplay();
startPrint();
