import type { Command } from "../kv/command.js";
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
  return a.client === b.client && a.sequence === b.sequence && sameOperation(a.operation, b.operation);
}

function sameOperation(a: Command["operation"], b: Command["operation"]): boolean {
  if (a.key !== b.key) return false;
  switch (a.kind) {
    case "put":
      return b.kind === "put" && a.value === b.value;
    case "delete":
      return b.kind === "delete" && a.prefix === b.prefix;
    case "cas":
      return b.kind === "cas" && a.expected === b.expected && a.value === b.value;
    case "get":
      return b.kind === "get" && a.prefix === b.prefix && a.revision === b.revision;
  }
}
