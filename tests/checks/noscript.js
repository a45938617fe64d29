// Without script: nothing stays folded, no button is without effect, every form can be sent, the menu is there.
const wrong = [];
if (document.documentElement.classList.contains('js')) return ['scripts ran'];
for (const panel of document.querySelectorAll('main .fr-collapse, .fr-breadcrumb .fr-collapse')) {
    if (panel.textContent.trim() && panel.getBoundingClientRect().height < 10) wrong.push(`${named(panel)} stays folded`);
}
for (const button of document.querySelectorAll('button')) {
    if (!shown(button) || button.closest('dialog')) continue;
    // The title of an accordion may stay a button: its panel is open.
    if (button.matches('.fr-accordion__btn')) continue;
    if (button.type === 'button' || !button.form) wrong.push(`${named(button)} does nothing`);
}
for (const form of document.forms) {
    if (!form.getAttribute('action') && form.method !== 'post' && !form.getAttribute('method')) wrong.push(`a form leads nowhere: ${named(form)}`);
}
if (![...document.querySelectorAll('#navigation a')].some(shown)) wrong.push('the menu is not there');
if (![...document.querySelectorAll('header input[name=q]')].some(shown)) wrong.push('the search is not there');
if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) wrong.push('the page is too wide');
if (/activez javascript|activer javascript/i.test(document.body.innerText)) wrong.push('the page asks for scripts');
return wrong.slice(0, 8);
