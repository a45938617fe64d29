// Without any style sheet: every word is there, in the same order, and no word or picture came from a sheet (RGAA 10.2, 10.3).
const wrong = [];
const words = () => (document.querySelector('main').innerText.match(/[\p{L}\p{N}]+/gu) ?? []).map(word => word.toLowerCase());
for (const element of document.querySelectorAll('main *')) {
    for (const part of ['::before', '::after']) {
        const { content } = style(element, part);
        if (/[\p{L}]{2}/u.test(content.replace(/url\([^)]*\)|counters?\([^)]*\)/g, '')) && content !== 'none' && content !== 'normal') {
            wrong.push(`a sheet writes ${content} in ${named(element)}`);
        }
    }
}
const before = words();
const sheets = [...document.styleSheets];
for (const sheet of sheets) sheet.disabled = true;
const after = words();
for (const sheet of sheets) sheet.disabled = false;
const left = new Map();
for (const word of after) left.set(word, (left.get(word) ?? 0) + 1);
for (const word of before) {
    if (!left.get(word)) wrong.push(`« ${word} » is missing without style`);
    left.set(word, (left.get(word) ?? 0) - 1);
}
// In one column, the parts of the page come down in the order of the document; a card may show its category first.
let low = -Infinity;
for (const part of document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, table, form)')) {
    if (!shown(part) || part.closest('.fr-card, .fr-tile, .fr-stepper, [aria-hidden=true], table table, .fr-sr-only')) continue;
    const { top, height } = part.getBoundingClientRect();
    if (height < 2) continue;
    if (top < low - 4) wrong.push(`${named(part)} is shown before what it follows`);
    low = Math.max(low, top);
}
return [...new Set(wrong)].slice(0, 5);
