// Each label stands beside its field: right above it (its hint and its error between them), or beside a box (RGAA 11.4).
const MOST = 24;
const wrong = [];
for (const field of document.querySelectorAll('main :is(input:not([type=hidden]), select, textarea), header :is(input, select)')) {
    const label = field.labels?.[0];
    if (!label || !shown(label) || label.matches('.fr-sr-only')) continue;
    const box = field.getBoundingClientRect();
    const its = label.getBoundingClientRect();
    if (its.width <= 1 || box.height === 0) continue;
    const across = Math.max(0, its.left - box.right, box.left - its.right);
    let along = Math.max(0, its.top - box.bottom, box.top - its.bottom);
    // What tells about this field may stand between: its hint, its error.
    for (const id of (field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)) {
        const between = document.getElementById(id)?.getBoundingClientRect();
        if (between && between.top >= its.bottom - 1 && between.bottom <= box.top + 1) along -= between.height + 8;
    }
    if (across > MOST || along > MOST) wrong.push(`the label ${named(label)} stands ${Math.round(Math.max(across, along))} px from its field`);
}
return wrong.slice(0, 6);
