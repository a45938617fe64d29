// Makes elements out of words; never out of HTML.

/** An element with its properties and children. */
export function el(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
