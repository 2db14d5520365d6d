/** Shapes as elements of the page. Nothing is parsed: words of strangers become text nodes. */
import type { Paint } from "../../server/src/view-model/diagram/paint.js";
import { type Shape, svgParts } from "../../server/src/view-model/diagram/shapes.js";

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes. */
export function svgElement(name: string, attributes: Readonly<Record<string, string>> = {}): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Appends shapes; their colours are the theme's, by the variables of diagram.css. */
export function appendShapes(parent: SVGElement, shapes: readonly Shape[]): void {
  for (const shape of shapes) {
    const { name, attributes, text } = svgParts(shape, paintVariable);
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of attributes) element.setAttribute(key, value);
    if (text !== null) element.textContent = text;
    parent.append(element);
  }
}

/** The CSS expression of a paint. */
export function paintVariable(paint: Paint): string {
  return `var(--d-${paint})`;
}
