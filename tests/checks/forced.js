// Forced colours: shadows, backgrounds and gradients are gone, and still a field has an edge, a button too, an icon
// is seen, the current page is marked, and the ring of the focus is there.
const wrong = [];
if (!matchMedia('(forced-colors: active)').matches) return ['colours are not forced'];
const edged = (element, part) => ['Top', 'Right', 'Bottom', 'Left'].some(side => {
    const its = style(element, part);
    return (its.outlineStyle !== 'none' && parseFloat(its.outlineWidth) > 0) || parseFloat(its[`border${side}Width`]) > 0 && its[`border${side}Style`] !== 'none'
        && contrast(colour(its[`border${side}Color`])?.rgb ?? ground(element), ground(element.parentElement)) >= 3;
});
for (const element of document.querySelectorAll('input:not([type=hidden]), select, textarea, button, .fr-btn')) {
    const label = element.labels?.[0];
    if (!shown(label ?? element) || element.closest('.fr-skiplinks, [aria-hidden=true]') || element.matches('.fr-footer__bottom-link')) continue;
    const natural = element.type === 'radio' || element.type === 'checkbox';
    const ok = natural ? (label && edged(label, '::before')) || style(element).opacity !== '0' : edged(element);
    if (!ok) wrong.push(`${named(element)} has no edge`);
}
for (const element of document.querySelectorAll('button, a[href], .fr-alert, .fr-callout, [class*="fr-icon-"], .fr-error-text')) {
    if (!shown(element)) continue;
    for (const part of ['::before', '::after']) {
        const its = style(element, part);
        const masked = (its.maskImage || its.webkitMaskImage || 'none') !== 'none';
        if (its.content === 'none' || !masked || its.display === 'none' || !(parseFloat(its.width) > 0)) continue;
        if (most(colours(its.backgroundColor), ground(element)) < 3) wrong.push(`the icon of ${named(element)} is not seen`);
    }
}
for (const element of document.querySelectorAll('.fr-nav__link[aria-current], .fr-summary__link[aria-current]')) {
    if (shown(element) && !style(element).textDecorationLine.includes('underline')) wrong.push(`nothing marks ${named(element)}`);
}
for (const input of document.querySelectorAll('input:checked')) {
    const label = input.labels?.[0];
    if (!label || style(input).opacity !== '0' || !shown(label)) continue;
    if (style(label, '::before').forcedColorAdjust !== 'none' && style(label, '::after').content === 'none') wrong.push(`nothing shows that ${named(label)} is chosen`);
}
return [...new Set(wrong)].slice(0, 8);
