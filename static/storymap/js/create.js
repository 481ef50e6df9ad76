const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

// An element with properties and children.
export function create(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// The same of a drawing, which has attributes.
export function createDrawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  Object.entries(attributes).forEach((attribute) => element.setAttribute(...attribute));
  element.append(...children);
  return element;
}
