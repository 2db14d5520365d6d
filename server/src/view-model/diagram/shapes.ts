/** What a sequence diagram is drawn of: lines, paths, boxes and words, each with all that it needs to look right anywhere. */
import type { Paint } from "./paint.js";

/** How a line or box is drawn; lengths in pixels at a zoom of 1. */
export interface Look {
  readonly stroke?: Paint;
  readonly fill?: Paint;
  readonly width?: number;
  /** Dashes as SVG's `stroke-dasharray`. */
  readonly dash?: string;
}

/** How words are drawn. */
export interface TextLook {
  readonly fill: Paint;
  readonly size: number;
  readonly bold?: boolean;
  /** A rim of the background's colour, so that lines that pass below do not disturb. */
  readonly halo?: boolean;
}

/** One thing to draw. `x` goes right, `y` down, in pixels at a zoom of 1. */
export type Shape =
  | {
      readonly kind: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly look: Look;
    }
  | { readonly kind: "path"; readonly d: string; readonly look: Look }
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly look: Look;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      /** The base line. */
      readonly y: number;
      readonly text: string;
      readonly anchor: "start" | "middle" | "end";
      readonly look: TextLook;
    };

/** An attribute of SVG with its value. */
export type Attribute = readonly [name: string, value: string];

/** A shape as an SVG element: its name, its attributes, its words. `colour` resolves paints. */
export function svgParts(
  shape: Shape,
  colour: (paint: Paint) => string,
): { readonly name: string; readonly attributes: readonly Attribute[]; readonly text: string | null } {
  switch (shape.kind) {
    case "line": {
      const { x1, y1, x2, y2, look } = shape;
      const ends: Attribute[] = [
        ["x1", num(x1)],
        ["y1", num(y1)],
        ["x2", num(x2)],
        ["y2", num(y2)],
      ];
      return { name: "line", attributes: [...ends, ...lookAttributes(look, colour)], text: null };
    }
    case "path":
      return {
        name: "path",
        attributes: [["d", shape.d], ...lookAttributes({ ...shape.look }, colour)],
        text: null,
      };
    case "rect": {
      const { x, y, width, height, radius, look } = shape;
      const box: Attribute[] = [
        ["x", num(x)],
        ["y", num(y)],
        ["width", num(width)],
        ["height", num(height)],
        ["rx", num(radius)],
      ];
      return { name: "rect", attributes: [...box, ...lookAttributes(look, colour)], text: null };
    }
    case "text":
      return { name: "text", attributes: textAttributes(shape, colour), text: shape.text };
  }
}

/** A number as SVG takes it, to a hundredth of a pixel. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function lookAttributes({ stroke, fill, width, dash }: Look, colour: (paint: Paint) => string): Attribute[] {
  const attributes: Attribute[] = [["fill", fill === undefined ? "none" : colour(fill)]];
  if (stroke !== undefined) attributes.push(["stroke", colour(stroke)], ["stroke-width", num(width ?? 1.5)]);
  if (dash !== undefined) attributes.push(["stroke-dasharray", dash]);
  return attributes;
}

function textAttributes(
  { x, y, anchor, look }: Extract<Shape, { kind: "text" }>,
  colour: (paint: Paint) => string,
): Attribute[] {
  const attributes: Attribute[] = [
    ["x", num(x)],
    ["y", num(y)],
    ["text-anchor", anchor],
    ["font-size", num(look.size)],
    ["fill", colour(look.fill)],
  ];
  if (look.bold === true) attributes.push(["font-weight", "600"]);
  if (look.halo === true) {
    attributes.push(
      ["stroke", colour("background")],
      ["stroke-width", "4"],
      ["stroke-linejoin", "round"],
      ["paint-order", "stroke"],
    );
  }
  return attributes;
}
