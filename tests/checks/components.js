// Fields, boxes, icons and drawings stand out from their ground at 3:1 at least (RGAA 3.3).
const wrong = [];
const told = (element, found) => {
    const strength = most(found, ground(element));
    if (strength < 3) wrong.push(`${named(element)} stands out at ${strength.toFixed(1)}:1`);
};
const painted = (element, part) => {
    const its = style(element, part);
    const edges = ['Top', 'Right', 'Bottom', 'Left'].filter(side => parseFloat(its[`border${side}Width`]) > 0).map(side => its[`border${side}Color`]);
    return colours([its.boxShadow, its.backgroundImage, its.backgroundColor, ...edges].join(' '));
};
const beyond = element => ground(element.parentElement ?? element);
for (const element of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!shown(element.labels?.[0] ?? element) || element.disabled || element.closest('[aria-hidden=true]')) continue;
    const parts = [painted(element), ...[...(element.labels ?? [])].flatMap(label => [painted(label), painted(label, '::before')])].flat();
    const strength = most(parts, beyond(element));
    if (strength < 3) wrong.push(`the field ${element.name} stands out at ${strength.toFixed(1)}:1`);
}
for (const element of document.querySelectorAll('button, a[href], .fr-alert, .fr-callout, [class*="fr-icon-"], .fr-notice__title, .fr-error-text')) {
    if (!shown(element)) continue;
    for (const part of ['::before', '::after']) {
        const its = style(element, part);
        const masked = (its.maskImage || its.webkitMaskImage || 'none') !== 'none';
        if (its.content !== 'none' && masked && its.display !== 'none' && parseFloat(its.width) > 0) {
            // The icon of an alert lies on the coloured band that the element paints itself.
            const band = colours(style(element, part === '::before' ? '::after' : '::before').backgroundColor);
            const grounds = element.matches('.fr-alert') ? colours(style(element).backgroundImage).map(each => each.rgb) : [ground(element)];
            const ink = colours(its.backgroundColor);
            const best = Math.max(1, ...grounds.map(under => most(ink, under)), ...(element.matches('.fr-alert') ? band.map(each => most(ink, each.rgb)) : []));
            if (best < 3) wrong.push(`the icon of ${named(element)} stands out at ${best.toFixed(1)}:1`);
        }
    }
}
for (const shape of document.querySelectorAll('svg[role=img] :is(path, rect, circle, line, polyline, polygon)')) {
    if (!shown(shape)) continue;
    told(shape.closest('svg'), colours(`${style(shape).stroke} ${style(shape).fill}`));
}
return [...new Set(wrong)].slice(0, 8);
