// The colour of the text and that of its ground are declared together (RGAA 10.5).
const wrong = [];
const rules = [...sheetRules([...document.styleSheets].flatMap(sheet => [...sheet.cssRules]))];
const sets = (element, property) => rules.some(rule => rule.style?.getPropertyValue(property) && element.matches(rule.selectorText.replace(/::?(before|after|backdrop|placeholder|marker)/g, '')));
const both = [document.body, document.documentElement];
for (const property of ['color', 'background-color']) {
    if (!both.some(element => sets(element, property))) wrong.push(`no sheet sets ${property} for the page`);
}
for (const { element, words } of texts(document.body)) {
    const grounds = [element, ...above(element)].some(parent => colour(style(parent).backgroundColor)?.alpha > 0.9);
    if (!grounds) wrong.push(`« ${words} » has no ground of its own`);
}
return [...new Set(wrong)].slice(0, 5);
