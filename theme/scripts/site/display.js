// The dialog of the display settings, on the browser's own dialog. Loaded when it is first opened.

const dialog = document.getElementById("parametres-affichage");
const radios = [...dialog.querySelectorAll("input[name=theme]")];
let opener = null;
let apply = () => {};

/** Opens the dialog; `button` takes the focus back when it closes, `applyScheme` shows a choice. */
export function open(button, applyScheme) {
  opener = button;
  apply = applyScheme;
  for (const radio of radios) radio.checked = radio.value === document.documentElement.dataset.frScheme;
  dialog.classList.add("fr-modal--opened");
  dialog.showModal();
}

dialog.querySelector("[data-display-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (!event.target.closest(".fr-modal__body")) dialog.close();
});
dialog.addEventListener("close", () => {
  dialog.classList.remove("fr-modal--opened");
  opener.focus();
});
for (const radio of radios) {
  radio.addEventListener("change", () => {
    apply(radio.value);
    try {
      localStorage.setItem("scheme", radio.value);
    } catch {
      // Storage is refused: the choice holds for this page.
    }
  });
}
