// Tabs over titled sections (ARIA Authoring Practices, « Tabs » with manual activation). Without this script the
// sections simply follow each other; find-in-page and print still reach the hidden ones.

/** Shows one section of a group and marks its tab. */
function select(tabs, sections, index) {
  for (const [at, tab] of tabs.entries()) {
    const chosen = at === index;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) sections[at].removeAttribute("hidden");
    else sections[at].setAttribute("hidden", "until-found");
  }
}

/** Where a key of the keyboard leads among `count` tabs, or -1. */
export function target(key, index, count) {
  if (key === "ArrowRight") return (index + 1) % count;
  if (key === "ArrowLeft") return (index + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return -1;
}

/** Turns a group of sections into tabs. */
function start(group) {
  const sections = [...group.querySelectorAll(":scope > .ml-tab")];
  if (sections.length < 2) return;
  const list = document.createElement("div");
  list.className = "ml-tabs__list";
  list.setAttribute("role", "tablist");
  const tabs = sections.map((section, index) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "ml-tabs__tab";
    tab.id = `${section.id}-bouton`;
    tab.textContent = section.firstElementChild.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", section.id);
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => select(tabs, sections, index));
    section.addEventListener("beforematch", () => select(tabs, sections, index));
    return tab;
  });
  list.addEventListener("keydown", (event) => {
    const next = target(event.key, tabs.indexOf(document.activeElement), tabs.length);
    if (next < 0) return;
    event.preventDefault();
    tabs[next].focus();
  });
  list.append(...tabs);
  group.prepend(list);
  group.classList.add("ml-tabs--on");
  select(tabs, sections, Math.max(0, sections.findIndex((section) => `#${section.id}` === location.hash)));
}

/** Starts every group of the page. */
export function startTabs() {
  for (const group of document.querySelectorAll("[data-tabs]")) start(group);
}
