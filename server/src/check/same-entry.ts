import type { Command } from "../kv/command.js";
import { sameRequest } from "../kv/same-request.js";
import { sameConfiguration } from "../raft/configuration.js";
import type { LogEntry } from "./violation.js";

/** Whether two entries carry the same command, whatever their terms. References first: entries are shared. */
export function sameContent(a: LogEntry, b: LogEntry): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "no-op":
      return b.kind === "no-op";
    case "command":
      return b.kind === "command" && sameCommand(a.command, b.command);
    case "configuration":
      return b.kind === "configuration" && sameConfiguration(a.configuration, b.configuration);
  }
}

/** Whether two commands are the same request of the same client. */
function sameCommand(a: Command, b: Command): boolean {
  if (a === b) return true;
  return a.client === b.client && a.sequence === b.sequence && sameRequest(a.operation, b.operation);
}
