// Words that are cut, that stick out of the page, or that lie under others: with the text at 200 % (RGAA 10.4),
// with wide spaces (10.12), in a small window (10.11). The window must be as high as the page.
const wrong = [];
const width = document.documentElement.clientWidth;
const bounds = new Map();
const lines = [];
for (const { element, words, boxes } of texts(document.body)) {
    if (element.closest('.fr-skiplinks, [aria-hidden=true], svg') || iconOnly(element)) continue;
    let limit = bounds.get(element);
    if (!limit) {
        limit = { scrolls: false, left: 0, top: -Infinity, right: width, bottom: Infinity };
        for (const parent of [element, ...above(element)]) {
            const { overflowX, overflowY } = style(parent);
            if (['auto', 'scroll'].includes(overflowX) && parent !== document.body) { limit.scrolls = true; break; }
            const box = parent.getBoundingClientRect();
            if (['hidden', 'clip'].includes(overflowX)) {
                limit.left = Math.max(limit.left, box.left);
                limit.right = Math.min(limit.right, box.right);
            }
            if (['hidden', 'clip'].includes(overflowY)) {
                limit.top = Math.max(limit.top, box.top);
                limit.bottom = Math.min(limit.bottom, box.bottom);
            }
        }
        bounds.set(element, limit);
    }
    if (limit.scrolls) continue;
    for (const box of boxes) {
        // Letters fill about half of a line box: a cut of a fifth of it touches none.
        const slack = box.height / 5;
        if (box.left < limit.left - 2 || box.right > limit.right + 2 || box.top < limit.top - slack || box.bottom > limit.bottom + slack) {
            wrong.push(`« ${words} » is cut in ${named(element)}`);
            break;
        }
        lines.push({ element, words, box });
    }
}
for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const along = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Line boxes are higher than letters, and neighbours of several sizes may share a few pixels.
        if (across > 2 && along > Math.min(one.box.height, other.box.height) / 2.5) wrong.push(`« ${one.words} » and « ${other.words} » lie on each other`);
    }
}
if (document.documentElement.scrollWidth > width + 1) wrong.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
return wrong.slice(0, 6);
