import type { RecordedHistory } from "./history.js";
import { named } from "./printable.js";
import type { HistoryPart, HistoryVerdict } from "./verify.js";

/** Keys that a name shows. */
const SHOWN = 4;

/** What a part is called: the register, its keys, or the whole history. */
export function partName({ model }: RecordedHistory, { keys }: HistoryPart): string {
  if (model === "register") return "the register";
  const names = keys.slice(0, SHOWN).map(named).join(", ");
  if (keys.length > SHOWN) return `keys ${names} and ${keys.length - SHOWN} more`;
  return keys.length === 0 ? "the history" : `${keys.length === 1 ? "key" : "keys"} ${names}`;
}

/** The verdict on a part in a sentence. */
export function partVerdictText(history: RecordedHistory, { verdict, operations }: HistoryPart): string {
  const many = `${operations.length} ${operations.length === 1 ? "operation" : "operations"}`;
  switch (verdict.kind) {
    case "linearizable":
      return `Linearizable: an order of its ${many} explains every answer.`;
    case "unproven":
      return `Unproven: ${verdict.reason}.`;
    case "not-linearizable": {
      const impossible = history.operations[verdict.impossible];
      if (impossible === undefined) return "Not linearizable.";
      const { client, title, answer } = impossible;
      return `Not linearizable: client ${client} ${title} => ${answer ?? "?"} is impossible. No order of its ${many} explains it along with all that had returned before.`;
    }
  }
}

/** The verdict on a history in a sentence, with what it is about. */
export function historyVerdictText(history: RecordedHistory, { kind }: HistoryVerdict): string {
  const { operations, model } = history;
  const unknown = operations.filter(({ return: end }) => end === null).length;
  const clients = new Set(operations.map(({ client }) => client)).size;
  const open = unknown === 0 ? "" : `, ${unknown} of unknown outcome`;
  const verdict = kind === "not-linearizable" ? "not linearizable" : kind;
  return `${verdict} (${model}: ${plural(operations.length, "operation")} by ${plural(clients, "client")}${open})`;
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
