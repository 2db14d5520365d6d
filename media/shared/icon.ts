/** Icons: codicons in the light DOM, so that one stylesheet serves all of them. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";

/** A codicon that says nothing by itself; the control around it has the name. */
export function icon(name: string, extra = ""): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}

/** What an {@link iconButton} may be given besides its name and action. */
export interface IconButtonOptions {
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** Shortcut for the tooltip. */
  readonly keys?: string;
}

/**
 * A button of one icon. The element library's toolbar button knows neither disabled nor pressed, so this is a
 * native one.
 */
export function iconButton(
  name: string,
  label: string,
  action: (event: Event) => void,
  options: IconButtonOptions = {},
): TemplateResult {
  const title = options.keys === undefined ? label : t("{0} ({1})", label, options.keys);
  return html`<button
    type="button"
    class="icon-button"
    title=${title}
    aria-label=${label}
    aria-pressed=${options.pressed === undefined ? "undefined" : String(options.pressed)}
    ?disabled=${options.disabled ?? false}
    @click=${action}
  >
    ${icon(name)}
  </button>`;
}
