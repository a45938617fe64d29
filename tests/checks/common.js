// What every check shares. A check is the body of a function that runs in the page shown, after this text, and
// returns a list of faults in words: an empty list when it finds none.
const style = (element, part) => getComputedStyle(element, part);
const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const named = element => {
    const words = (element.innerText || element.getAttribute('aria-label') || element.name || '').trim().replace(/\s+/g, ' ');
    return `<${element.localName}${element.className ? ` class="${element.className.baseVal ?? element.className}"` : ''}> « ${words.slice(0, 50)} »`;
};
const above = function* (element) {
    for (let parent = element.parentElement; parent; parent = parent.parentElement) yield parent;
};
const colour = text => {
    const found = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
    return found && { rgb: found.slice(1, 4).map(Number), alpha: found[4] === undefined ? 1 : Number(found[4]) };
};
const colours = text => [...text.matchAll(/rgba?\([^)]*\)/g)].map(found => colour(found[0])).filter(found => found?.alpha > 0.5);
// What lies under an element: the first background above it that is not see-through.
const ground = element => {
    for (const parent of [element, ...above(element)]) {
        const found = colour(style(parent).backgroundColor);
        if (found && found.alpha > 0.9) return found.rgb;
    }
    return [255, 255, 255];
};
const light = ([r, g, b]) => {
    const linear = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};
const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
};
const most = (found, under) => Math.max(1, ...found.map(each => contrast(each.rgb, under)));
// A button or a link whose words are for screen readers and whose icon is for eyes.
const iconOnly = element => {
    const control = element.closest('.fr-search-bar .fr-btn, .fr-pagination__link');
    return control && ['::before', '::after'].some(part => (style(control, part).maskImage ?? 'none') !== 'none');
};
// The elements that hold words of their own, with the boxes of their lines.
const texts = function* (root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !shown(element) || element.getBoundingClientRect().width <= 1 || element.closest('.fr-sr-only, noscript, template, script, option')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
        if (boxes.length) yield { element, words: node.data.trim().slice(0, 60), boxes };
    }
};
const focusable = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(element => shown(element) && !element.disabled && element.type !== 'hidden' && !element.closest('[inert]') && !element.closest('[aria-hidden="true"]'));
const sheetRules = function* (rules) {
    for (const rule of rules) {
        if (rule.selectorText) yield rule;
        if (rule.cssRules) yield* sheetRules(rule.cssRules);
    }
};
