/** Inline styles through the CSSOM: a strict content security policy refuses style attributes. */
import { noChange } from "lit";
import { Directive, type DirectiveParameters, directive, type Part, PartType } from "lit/directive.js";

type Styles = Readonly<Record<string, string>>;

class Styled extends Directive {
  override update(part: Part, [styles]: DirectiveParameters<this>): typeof noChange {
    if (part.type !== PartType.ELEMENT) return noChange;
    const { element } = part;
    if (element instanceof HTMLElement || element instanceof SVGElement) {
      for (const [name, value] of Object.entries(styles)) {
        if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
      }
    }
    return noChange;
  }

  render(_styles: Styles): typeof noChange {
    return noChange;
  }
}

/** Sets style properties of the element it stands on. */
export const styled = directive(Styled);
