// Faults of a form: told in an alert that leads to each field; beside each field, tied to it, with what to do; the
// title announces them; no colour alone says them (RGAA 11.10, 11.11, 7.5, 8.6).
const wrong = [];
const invalid = [...document.querySelectorAll('main [aria-invalid=true]')].filter(field => shown(field.labels?.[0] ?? field));
if (invalid.length === 0) wrong.push('no field is marked');
if (!document.title.startsWith('Erreur')) wrong.push(`the title is « ${document.title} »`);
const summary = [...document.querySelectorAll('main [role=alert], main .fr-alert--error')].find(shown);
if (!summary) wrong.push('no summary in an alert');
else {
    const links = [...summary.querySelectorAll('a[href^="#"]')];
    if (links.length === 0) wrong.push('the summary leads to no field');
    for (const link of links) {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!target) wrong.push(`${link.hash} is no field`);
        if (link.innerText.trim().split(/\s+/).length < 3) wrong.push(`the summary says only « ${link.innerText} »`);
    }
    if (!summary.contains(document.activeElement) && document.activeElement !== summary && document.documentElement.classList.contains('js')) wrong.push('the focus is not on the summary');
}
for (const field of invalid) {
    const holders = [field, field.closest('fieldset')].filter(Boolean);
    const ids = holders.flatMap(holder => [holder.getAttribute('aria-describedby'), holder.getAttribute('aria-labelledby'), holder.getAttribute('aria-errormessage')]).filter(Boolean).join(' ').split(/\s+/);
    const told = ids.map(id => document.getElementById(id)).filter(element => element && shown(element)).flatMap(element => [element, ...element.querySelectorAll('*')]);
    const error = told.find(element => element.matches('.fr-error-text, .fr-message--error, .fr-message') && element.innerText.trim());
    if (!error) wrong.push(`nothing tied to the field ${field.name} tells its fault`);
}
return [...new Set(wrong)].slice(0, 8);
