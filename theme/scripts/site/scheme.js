// Before the first paint: says that scripts run, and sets the light or dark theme that was chosen.
// A classic script, small and blocking on purpose: a module would come after the first paint and flash.
(function () {
  var root = document.documentElement;
  var choice = "system";
  root.classList.add("js");
  try {
    choice = localStorage.getItem("scheme") || "system";
  } catch (refused) {
    // Storage is refused by the browser: the system's theme is used.
  }
  if (choice !== "light" && choice !== "dark") choice = "system";
  var dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-fr-scheme", choice);
  root.setAttribute("data-fr-theme", dark ? "dark" : "light");
  // If a script of the page fails to load, the page goes back to its state without script: menu unfolded,
  // accordions open.
  addEventListener("error", function (event) {
    if (event.target && event.target.nodeName === "SCRIPT") root.classList.remove("js");
  }, true);
})();
