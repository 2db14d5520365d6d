/** What can be done with a picked message under way. Each becomes a step of the language, which the lab writes. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { MessageInFlight } from "../../server/src/protocol/cluster-view.js";
import { fateLabel, fatesOf } from "../../server/src/view-model/cluster/menu-parts.js";
import type { Actions } from "./actions.js";
import { abilityOf, type ClusterState } from "./model.js";

/** The buttons for a message; in a recorded run the way to a live cluster. */
export function messageButtons(
  message: MessageInFlight,
  state: ClusterState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const ability = abilityOf(state);
  if (ability !== "live") {
    return html`<p class="row"><vscode-button secondary @click=${actions.branch}>${t("Continue live from here")}</vscode-button></p>
      <p class="quiet">${t("There it can be dropped, delayed or duplicated.")}</p>`;
  }
  const fates = fatesOf(message);
  if (fates.length === 0) {
    return message.arrivesUs === null
      ? html`<p class="quiet">${t("It left the network's hands: a rule holds it, or its receiver is paused.")}</p>`
      : nothing;
  }
  return html`<p class="row" role="group" aria-label=${t("This message")}>
    ${fates.map(
      (fate) =>
        html`<vscode-button secondary @click=${() => actions.actOnMessage(message.eventId, message.copy, fate)}>${fateLabel(fate)}</vscode-button>`,
    )}
  </p>`;
}
