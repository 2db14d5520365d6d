import { requestText } from "../kv/request-text.js";
import type { ServerId } from "../raft/types.js";
import type { LogEntry, Violation } from "./violation.js";

/** How a violation reads: one sentence, and what should have been where. */
export interface ViolationText {
  readonly message: string;
  readonly expected: string;
  readonly found: string;
}

/** Says what a violation means, with the caller's names for servers and clients. */
export function violationText(
  violation: Violation,
  server: (id: ServerId) => string,
  client: (id: number) => string,
): ViolationText {
  switch (violation.property) {
    case "election-safety":
      return {
        message: `two leaders in term ${violation.term}: ${server(violation.first)} and ${server(violation.second)}`,
        expected: `at most one server elected in term ${violation.term}: ${server(violation.first)}`,
        found: `${server(violation.second)} elected in term ${violation.term} too`,
      };
    case "leader-append-only": {
      const verb = violation.found === null ? "removed" : "overwrote";
      return {
        message: `${server(violation.server)}, leader of term ${violation.term}, ${verb} entry ${violation.index} of its own log`,
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    }
    case "log-matching": {
      const where = `at index ${violation.index} of term ${violation.term}`;
      if (violation.expectedPrevTerm !== violation.foundPrevTerm) {
        return {
          message: `${server(violation.other)} and ${server(violation.server)} have the same entry ${where} but different entries before it`,
          expected: `entry ${violation.index - 1} of term ${violation.expectedPrevTerm}`,
          found: `entry ${violation.index - 1} of term ${violation.foundPrevTerm}`,
        };
      }
      return {
        message: `${server(violation.other)} and ${server(violation.server)} have different entries ${where}`,
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    }
    case "leader-completeness":
      return {
        message:
          `${server(violation.server)}, leader of term ${violation.term}, lacks entry ${violation.index}, ` +
          `which was committed in term ${violation.committedIn}`,
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    case "state-machine-safety":
      return {
        message:
          violation.first === violation.second
            ? `${server(violation.first)} applied another command at index ${violation.index} than before it restarted`
            : `${server(violation.first)} and ${server(violation.second)} applied different commands at index ${violation.index}`,
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    case "acknowledged-lost": {
      const request = `request ${violation.sequence} of ${client(violation.client)}`;
      const holders =
        violation.holders.length === 0
          ? "no log holds it any more"
          : `it is in the log of ${violation.holders.map(server).join(", ")} only`;
      return {
        message: `${request} was acknowledged and is lost: ${holders}`,
        expected:
          violation.leader === 0
            ? "in the logs of a majority"
            : `in the log of ${server(violation.leader)}, the leader`,
        found: `in the log of ${violation.holders.length} of ${violation.servers} servers`,
      };
    }
    case "applied-twice":
      return {
        message:
          `request ${violation.sequence} of ${client(violation.client)} was executed twice: ` +
          `at index ${violation.firstIndex} and, on ${server(violation.server)}, at index ${violation.secondIndex}`,
        expected: `executed at index ${violation.firstIndex} alone`,
        found: `executed at index ${violation.secondIndex} too`,
      };
  }
}

/** A log entry in the scenario language's words. */
export function entryText(entry: LogEntry | null, client: (id: number) => string): string {
  if (entry === null) return "no entry";
  if (entry.kind === "no-op") return `no-op (term ${entry.term})`;
  if (entry.kind === "configuration") return `configuration (term ${entry.term})`;
  const { command } = entry;
  return `${requestText(command.operation)} by ${client(command.client)} (term ${entry.term})`;
}
