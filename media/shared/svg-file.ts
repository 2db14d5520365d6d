/** A picture of the page as an SVG file that stands alone: what style sheets say of it is written into its elements. */

const SVG = "http://www.w3.org/2000/svg";

/** Properties that an SVG viewer without the panel's style sheet must be told, with what holds where nothing is said. */
const PROPERTIES = {
  fill: "rgb(0, 0, 0)",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-dashoffset": "0px",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "font-family": "",
  "font-size": "",
  "font-weight": "",
  "font-style": "normal",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  "paint-order": "normal",
  // Not handed on from the outer to the inner.
  opacity: "1",
  transform: "none",
} as const;

/** Values of {@link PROPERTIES}. */
type Values = Readonly<Record<string, string>>;

/** What is there for a hand or a screen reader only. */
const UNSEEN = ".hit, .link-hit, .sign-hit";

/** A drawing as the text of a file. `title` is what the picture shows; it becomes the picture's name. */
export function svgFile(drawing: SVGSVGElement, title: string): string {
  const { width, height } = drawing.getBoundingClientRect();
  const view = drawing.viewBox.baseVal;
  const box =
    view !== null && view.width > 0
      ? { x: view.x, y: view.y, width: view.width, height: view.height }
      : { x: 0, y: 0, width, height };
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("xmlns", SVG);
  root.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  root.setAttribute("width", String(Math.round(box.width)));
  root.setAttribute("height", String(Math.round(box.height)));
  root.setAttribute("role", "img");
  const name = document.createElementNS(SVG, "title");
  name.textContent = title;
  const ground = document.createElementNS(SVG, "rect");
  for (const [attribute, value] of Object.entries(box)) ground.setAttribute(attribute, String(value));
  const colours = new Colours();
  ground.setAttribute("fill", colours.opaque(getComputedStyle(document.body).backgroundColor));
  root.append(name, ground);
  for (const child of drawing.children) {
    const copy = copied(child, PROPERTIES, colours);
    if (copy !== null) root.append(copy);
  }
  return new XMLSerializer().serializeToString(root);
}

/** `outer`: what the element inherits. */
function copied(element: Element, outer: Values, colours: Colours): Element | null {
  if (!(element instanceof SVGElement) || element.matches(UNSEEN)) return null;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return null;
  const copy = document.createElementNS(SVG, element.localName);
  // Of the attributes those that say where something is, and the ids that others refer to; style classes mean nothing in a file.
  for (const { name, value } of element.attributes) {
    if (!/^(?:class|style|role|tabindex|aria-.*|data-.*|on.*)$/.test(name)) copy.setAttribute(name, value);
  }
  const own = element.localName === "title" ? outer : inline(copy, style, outer, colours);
  for (const child of element.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof Element) {
      const inner = copied(child, own, colours);
      if (inner !== null) copy.append(inner);
    }
  }
  return copy;
}

/** Writes what differs from the inherited; answers what those within inherit. */
function inline(copy: Element, style: CSSStyleDeclaration, outer: Values, colours: Colours): Values {
  const own: Record<string, string> = {};
  for (const property of Object.keys(PROPERTIES)) {
    const value = style.getPropertyValue(property);
    own[property] = value;
    if (value === outer[property]) continue;
    if (property !== "fill" && property !== "stroke") {
      copy.setAttribute(property, value);
      continue;
    }
    const paint = colours.paint(value);
    copy.setAttribute(property, paint.colour);
    copy.setAttribute(`${property}-opacity`, String(Math.round(paint.opacity * 1000) / 1000));
  }
  return { ...own, opacity: PROPERTIES.opacity, transform: PROPERTIES.transform };
}

/** Turns whatever the browser calls a colour into what every viewer knows. */
class Colours {
  readonly #context: CanvasRenderingContext2D | null;
  readonly #known = new Map<string, { readonly colour: string; readonly opacity: number }>();

  constructor() {
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
  }

  /** A fill or stroke; `none` and patterns stay what they are. */
  paint(value: string): { readonly colour: string; readonly opacity: number } {
    if (value === "none") return { colour: value, opacity: 1 };
    // The address of the page that a pattern was found in is no part of the file.
    const pattern = /^url\("?[^")]*(#[^")]+)"?\)/.exec(value)?.[1];
    if (pattern !== undefined) return { colour: `url(${pattern})`, opacity: 1 };
    const known = this.#known.get(value) ?? this.#read(value);
    this.#known.set(value, known);
    return known;
  }

  opaque(value: string): string {
    return this.paint(value).colour;
  }

  #read(value: string): { readonly colour: string; readonly opacity: number } {
    const context = this.#context;
    if (context === null) return { colour: value, opacity: 1 };
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
    const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
    return { colour: `#${hex}`, opacity: alpha / 255 };
  }
}
