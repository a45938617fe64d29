// Every stop of the keyboard shows a ring (RGAA 10.7) that stands out and that nothing crops.
const wrong = [];
const kept = document.activeElement;
for (const element of focusable()) {
    element.focus({ focusVisible: true, preventScroll: false });
    if (document.activeElement !== element) continue; // a field that gives its place to another
    const rings = [[element, null], ...[...(element.labels ?? [])].flatMap(label => [[label, null], [label, '::before'], [label, '::after']]), [element, '::before'], [element, '::after']];
    const ring = rings.find(([holder, part]) => {
        const { outlineStyle, outlineWidth, outlineColor } = style(holder, part);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && colour(outlineColor)?.alpha > 0.5;
    });
    if (!ring) { wrong.push(`no ring around ${named(element)}`); continue; }
    const [holder, part] = ring;
    const { outlineColor, outlineWidth, outlineOffset } = style(holder, part);
    const out = parseFloat(outlineWidth) + parseFloat(outlineOffset);
    // Inside, the ring lies on the element itself; outside, on what is around it.
    const under = out > 0 && !part ? ground(holder.parentElement ?? holder) : ground(holder);
    const strength = contrast(colour(outlineColor).rgb, under);
    if (strength < 3) wrong.push(`the ring of ${named(element)} is at ${strength.toFixed(1)}:1`);
    if (part) continue;
    const box = holder.getBoundingClientRect();
    if (box.width <= 1) continue;
    const edge = Math.max(0, out);
    for (const parent of above(holder)) {
        const { overflowX, overflowY, position } = style(parent);
        const limit = parent.getBoundingClientRect();
        const clips = way => ['hidden', 'clip', 'auto', 'scroll'].includes(way) && parent !== document.body && parent !== document.documentElement;
        const scrolls = way => ['auto', 'scroll'].includes(way);
        if ((clips(overflowX) && !scrolls(overflowX) && (box.left - edge < limit.left - 0.5 || box.right + edge > limit.right + 0.5))
            || (clips(overflowY) && !scrolls(overflowY) && (box.top - edge < limit.top - 0.5 || box.bottom + edge > limit.bottom + 0.5))) {
            wrong.push(`the ring of ${named(element)} is cropped by ${named(parent)}`);
            break;
        }
        if (position === 'fixed') break;
    }
    if (box.left - edge < -0.5 || box.right + edge > document.documentElement.clientWidth + 0.5) wrong.push(`the ring of ${named(element)} leaves the window`);
}
if (kept instanceof HTMLElement) kept.focus(); else document.activeElement?.blur();
document.activeElement?.blur();
return wrong.slice(0, 8);
