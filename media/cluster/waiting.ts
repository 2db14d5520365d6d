/** What can be done with a message that waits in a manual network: deliver it, or lose it. Each is a step of the language. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { MessageInFlight } from "../../server/src/protocol/views.js";
import type { Actions } from "./actions.js";
import { type ClusterState, canAct } from "./model.js";
import { waitingStep } from "./steps.js";

/** The buttons for a message; nothing where it travels by itself, or where the cluster is a recorded one. */
export function waitingButtons(
  message: MessageInFlight,
  state: ClusterState,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (!message.byHand || !canAct(state)) return nothing;
  const place = placeOf(message, state.view?.messages ?? []);
  // A step is done at the newest moment, where another message may have taken this one's place.
  const off = state.session?.cursor !== null;
  const button = (fate: "deliver" | "lose", text: string) =>
    html`<vscode-button secondary ?disabled=${off} aria-disabled=${String(off)} @click=${() => !off && actions.act(waitingStep(fate, place, message.from, message.to))}>${text}</vscode-button>`;
  return html`<p class="row">${button("deliver", t("Deliver"))} ${button("lose", t("Lose"))}</p>
    ${off ? html`<p class="quiet">${t("To deliver or lose it, follow the newest event.")}</p>` : nothing}`;
}

/** Where a message stands among those that wait on its link, from 1; the oldest is the first. */
export function placeOf(
  message: Pick<MessageInFlight, "eventId">,
  messages: readonly Pick<MessageInFlight, "eventId" | "from" | "to" | "byHand">[],
): number {
  const found = messages.find(({ eventId, byHand }) => byHand && eventId === message.eventId);
  const link = messages.filter(({ from, to, byHand }) => byHand && from === found?.from && to === found.to);
  return Math.max(1, link.findIndex(({ eventId }) => eventId === message.eventId) + 1);
}
