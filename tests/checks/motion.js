// Nothing moves for whoever asked for less motion.
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['motion is not reduced'];
const seconds = text => Math.max(0, ...text.split(',').map(part => part.trim().endsWith('ms') ? parseFloat(part) / 1000 : parseFloat(part)));
const wrong = [];
for (const element of document.querySelectorAll('*')) {
    for (const part of [null, '::before', '::after']) {
        const its = style(element, part);
        const moves = seconds(its.transitionDuration) > 0.001 || (its.animationName !== 'none' && seconds(its.animationDuration) > 0.001);
        if (moves) wrong.push(`${named(element)}${part ?? ''} moves`);
    }
}
if (style(document.documentElement).scrollBehavior === 'smooth') wrong.push('the page glides');
return [...new Set(wrong)].slice(0, 5);
