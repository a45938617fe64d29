// Targets of 44 × 44 px at least. A link inside a sentence is left as the sentence makes it, and a link that is one
// short word (« avis ») as wide as its word, 24 px at least.
const LEAST = 43.5;
const WORD = 23.5;
const wrong = [];
const inSentence = element => {
    if (style(element).display !== 'inline') return false;
    const block = [...above(element)].find(parent => style(parent).display !== 'inline');
    const own = element.innerText.trim().length;
    return block.innerText.trim().length > own + 3;
};
for (const element of focusable()) {
    if (element.closest('.fr-skiplinks, svg') || inSentence(element)) continue;
    // The whole card answers to its link; a field answers to its label, and a box with its label is one target.
    const enlarged = element.closest('.fr-enlarge-link, .fr-enlarge-button');
    const boxes = [enlarged ?? element, ...(element.labels ?? [])].map(each => each.getBoundingClientRect()).filter(box => box.width > 1);
    const lines = element.localName === 'a' && !enlarged ? [...element.getClientRects()] : [];
    const height = Math.max(...boxes.map(box => box.height), 0);
    const width = Math.max(...boxes.map(box => box.width), 0);
    const inline = style(element).display === 'inline' && lines.length > 0;
    const tall = inline ? Math.max(...lines.map(line => line.height)) : height;
    if (tall < LEAST || width < (element.localName === 'a' ? WORD : LEAST)) wrong.push(`${named(element)} is ${Math.round(width)} × ${Math.round(tall)}`);
}
return wrong.slice(0, 12);
