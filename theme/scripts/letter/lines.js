// What stands in a composed letter when a field that may stay empty is empty.

/**
 * The parts of a letter without the lines that miss only what is optional to say. `parts`: `[kind, text, field]`,
 * kind `?` for what is missing. `optional`: the ids of the fields that may stay empty.
 */
export function said(parts, optional) {
  const lines = [[]];
  for (const part of parts) {
    const [kind, text] = part;
    const pieces = kind === "?" ? [text] : text.split(/(?<=\n)/);
    for (const piece of pieces) {
      lines.at(-1).push([kind, piece, part[2]]);
      if (kind !== "?" && piece.endsWith("\n")) lines.push([]);
    }
  }
  const empty = (line) => line.some(([kind, , field]) => kind === "?" && optional.has(field));
  return lines.filter((line) => !empty(line)).flat();
}
