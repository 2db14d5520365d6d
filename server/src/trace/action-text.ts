import { t } from "../l10n/text.js";
import type { HealScope } from "../sim/action.js";
import type { EndpointId } from "../sim/config.js";
import { changeText } from "./change-text.js";
import { messageText } from "./message-text.js";
import { operationText, watchRequestText } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { readSend } from "./sent.js";
import { timeText } from "./time-text.js";
import { TraceIndex } from "./trace-index.js";

/** What was done by the action that event `eventId` records, in the words of the scenario language; `null` for none. */
export function actionText(recording: Recording, eventId: number): string | null {
  const recorded = recording.actionOf(eventId);
  if (recorded === undefined) return null;
  const { action } = recorded;
  const name = (id: EndpointId): string => recording.world.nameOf(id);
  const lasting = (durationUs: number | null): string => (durationUs === null ? "" : ` for ${timeText(durationUs)}`);
  switch (action.kind) {
    case "step":
      return "step";
    case "note":
    case "result":
      return action.text;
    case "crash":
    case "pause":
      return `${action.kind} ${name(action.server)}${lasting(action.durationUs)}`;
    case "restart":
    case "resume":
    case "wipe":
    case "timeout":
    case "snapshot":
      return `${action.kind} ${name(action.server)}`;
    case "membership":
      return `${changeText(action.change, name)} at ${name(action.server)}`;
    case "transfer":
      return `transfer leadership to ${name(action.target)} at ${name(action.server)}`;
    case "fault":
      return `${action.text}${lasting(action.durationUs)}`;
    case "heal":
      return `heal${healText(action.what, name)}`;
    case "release":
      return `release ${faultText(recording, action.fault)}`;
    case "tick":
      return `tick ${name(action.server)} for ${timeText(action.durationUs)}`;
    case "deliver":
    case "discard":
    case "copy":
      return `${WAITING_TEXT[action.kind]} ${waitingText(recording, eventId)}`;
    case "postpone":
      return `delay ${waitingText(recording, eventId)} by ${timeText(action.byUs)}`;
    case "lose":
      return t("lose a message under way");
    case "invoke":
      return `${name(action.client)} ${operationText(action.body)}${action.at === null ? "" : ` at ${name(action.at)}`}`;
    case "watch":
      return `${name(action.client)} ${watchRequestText(action.options)} as ${action.name}`;
    case "watch-progress":
      return `${name(action.client)} progress ${recording.history.watch(action.watch)?.name ?? action.watch}`;
    case "unwatch":
      return `${name(action.client)} unwatch ${recording.history.watch(action.watch)?.name ?? action.watch}`;
    case "add-client":
      return t("client {0} joins", action.name);
  }
}

const WAITING_TEXT = { deliver: "deliver", discard: "lose", copy: "duplicate" } as const;

/** The message that an action on a waiting one is about: `s1 -> s2 AppendEntries …`. */
function waitingText(recording: Recording, eventId: number): string {
  const { log, world } = recording;
  const send = log.word(eventId, 1);
  if (send < 0) return t("a message that waits no longer");
  const sent = readSend(log, send);
  return `${world.nameOf(sent.from)} -> ${world.nameOf(sent.to)} ${messageText(recording, sent)}`;
}

/** The text of the fault with this number, as it was given. */
export function faultText(recording: Recording, fault: number): string {
  const action = recording.actionOf(TraceIndex.of(recording).beginOfFault(fault))?.action;
  return action?.kind === "fault" ? action.text : t("fault {0}", fault);
}

function healText(what: HealScope, name: (id: EndpointId) => string): string {
  switch (what.kind) {
    case "all":
      return "";
    case "endpoints":
      return ` ${what.endpoints.map(name).join(" ")}`;
    case "pairs":
      return ` ${what.pairs.map(([from, to]) => `${name(from)} -> ${name(to)}`).join(" ")}`;
  }
}
