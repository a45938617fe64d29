// 320 × 256, a window of 1280 × 1024 enlarged four times: nothing scrolls sideways, nothing stays over the text.
const wrong = [];
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width + 1) wrong.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
for (const element of document.querySelectorAll('body *')) {
    if (!['fixed', 'sticky'].includes(style(element).position) || !shown(element)) continue;
    const { height } = element.getBoundingClientRect();
    if (height > innerHeight / 3 && !element.closest('dialog')) wrong.push(`${named(element)} stays over ${Math.round(height)} px of ${innerHeight}`);
}
return wrong;
