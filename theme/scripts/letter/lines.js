// What stands in a composed letter when a field that may stay empty is empty.

/**
 * The text of a letter without the lines that miss only what is optional to say. `parts`: `[kind, text, field]`,
 * kind `?` for what is missing. `optional`: the ids of the fields that may stay empty. Any other thing that is
 * missing stands between two marks that nobody types, for `pieces`.
 */
export function said(parts, optional) {
  const words = parts.map(([kind, text, field]) => (kind !== "?" ? text : optional.has(field) ? "\0" : `\x01[${text}]\x01`));
  return words.join("").replace(/^.*\0.*\n?/gm, "");
}

/** The paragraphs of this text, parted by empty lines, as ends of line, marked pieces and words. */
export const pieces = (text) =>
  text.split(/\n{2,}/).filter((words) => words.trim()).map((words) => words.split(/(\n|\x01[^\x01]*\x01)/));
