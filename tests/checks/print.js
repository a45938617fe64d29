// On paper: who speaks, from where, on which day; everything unfolded; nothing that only a screen can use.
const wrong = [];
if (!matchMedia('print').matches) return ['this is no print'];
dispatchEvent(new Event('beforeprint'));
// A letter goes out under its sender's name: the sheet is alone on the paper.
const letter = document.querySelector('.ml-letter');
const head = document.querySelector('.ml-print-head');
const says = head && shown(head) ? head.innerText : '';
if (!letter && !/Médiation Logement/.test(says)) wrong.push('the paper does not say who speaks');
if (!letter && !/https:\/\//.test(says)) wrong.push('the paper does not say its address');
if (!letter && !/\b\d{1,2}(er)? \p{L}+ 20\d\d/u.test(says.replace(/[\u00a0\u202f]/g, ' '))) wrong.push(`the paper does not say its day: ${says}`);
for (const css of ['.fr-header', '.fr-footer', '.fr-skiplinks', '.ml-top', '.ml-print-button']) {
    for (const element of document.querySelectorAll(css)) if (shown(element) && element.getBoundingClientRect().height > 0) wrong.push(`${css} is printed`);
}
for (const panel of document.querySelectorAll('main .fr-collapse')) {
    const words = panel.textContent.trim();
    if (words && panel.getBoundingClientRect().height < 10) wrong.push(`a panel stays closed: « ${words.slice(0, 40)} »`);
}
for (const panel of document.querySelectorAll('main [role=tabpanel]')) {
    if (panel.textContent.trim() && panel.getBoundingClientRect().height < 10) wrong.push(`a tab is not printed: « ${panel.textContent.trim().slice(0, 40)} »`);
}
const trail = document.querySelector('.fr-breadcrumb');
if (!letter && trail && !(shown(trail) && trail.querySelector('a')?.getBoundingClientRect().height > 0)) wrong.push('the trail is not printed');
for (const element of document.querySelectorAll('main *')) {
    if (['fixed', 'sticky'].includes(style(element).position) && shown(element)) wrong.push(`${named(element)} would stand on each sheet`);
}
dispatchEvent(new Event('afterprint'));
return wrong;
