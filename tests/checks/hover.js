// Nothing appears under the pointer or the focus, but the skip links and the ring (RGAA 10.13, 10.14).
const APPEAR = ['display', 'visibility', 'opacity', 'clip', 'clip-path', 'height', 'max-height', 'width', 'transform', 'left', 'top', 'content'];
const wrong = [];
for (const rule of sheetRules([...document.styleSheets].flatMap(sheet => [...sheet.cssRules]))) {
    if (!/:(hover|focus|focus-visible|focus-within)\b/.test(rule.selectorText)) continue;
    if (/fr-skiplinks/.test(rule.selectorText)) continue;
    for (const property of APPEAR) {
        const value = rule.style?.getPropertyValue(property);
        if (value && !(property === 'content' && value === 'none')) wrong.push(`${rule.selectorText} sets ${property}: ${value}`);
    }
}
for (const element of document.querySelectorAll('[title]:not(iframe, link, a, button, svg, abbr)')) wrong.push(`${named(element)} has a hint that only a pointer shows`);
return wrong.slice(0, 6);
