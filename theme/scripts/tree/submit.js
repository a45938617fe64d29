// What a question may need when its form is sent. Loaded then, unless the answer reads as it is.

export { normal } from "./typed.js";
export { show } from "./errors.js";
