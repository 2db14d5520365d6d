import { requestText } from "../kv/request-text.js";
import { commas } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
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
        message: t(
          "two leaders in term {0}: {1} and {2}",
          violation.term,
          server(violation.first),
          server(violation.second),
        ),
        expected: t("at most one server elected in term {0}: {1}", violation.term, server(violation.first)),
        found: t("{0} elected in term {1} too", server(violation.second), violation.term),
      };
    case "leader-append-only": {
      const { term, index } = violation;
      const leader = server(violation.server);
      return {
        message:
          violation.found === null
            ? t("{0}, leader of term {1}, removed entry {2} of its own log", leader, term, index)
            : t("{0}, leader of term {1}, overwrote entry {2} of its own log", leader, term, index),
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    }
    case "log-matching": {
      const { index, term, expectedPrevTerm, foundPrevTerm } = violation;
      const other = server(violation.other);
      const own = server(violation.server);
      if (expectedPrevTerm !== foundPrevTerm) {
        return {
          message: t(
            "{0} and {1} have the same entry at index {2} of term {3} but different entries before it",
            other,
            own,
            index,
            term,
          ),
          expected: t("entry {0} of term {1}", index - 1, expectedPrevTerm),
          found: t("entry {0} of term {1}", index - 1, foundPrevTerm),
        };
      }
      return {
        message: t("{0} and {1} have different entries at index {2} of term {3}", other, own, index, term),
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    }
    case "leader-completeness":
      return {
        message: t(
          "{0}, leader of term {1}, lacks entry {2}, which was committed in term {3}",
          server(violation.server),
          violation.term,
          violation.index,
          violation.committedIn,
        ),
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    case "state-machine-safety":
      return {
        message:
          violation.first === violation.second
            ? t(
                "{0} applied another command at index {1} than before it restarted",
                server(violation.first),
                violation.index,
              )
            : t(
                "{0} and {1} applied different commands at index {2}",
                server(violation.first),
                server(violation.second),
                violation.index,
              ),
        expected: entryText(violation.expected, client),
        found: entryText(violation.found, client),
      };
    case "acknowledged-lost": {
      const { sequence } = violation;
      const asker = client(violation.client);
      return {
        message:
          violation.holders.length === 0
            ? t("request {0} of {1} was acknowledged and is lost: no log holds it any more", sequence, asker)
            : t(
                "request {0} of {1} was acknowledged and is lost: it is in the log of {2} only",
                sequence,
                asker,
                commas(violation.holders.map(server)),
              ),
        expected:
          violation.leader === 0
            ? t("in the logs of a majority")
            : t("in the log of {0}, the leader", server(violation.leader)),
        found: t("in the log of {0} of {1} servers", violation.holders.length, violation.servers),
      };
    }
    case "applied-twice":
      return {
        message: t(
          "request {0} of {1} was executed twice: at index {2} and, on {3}, at index {4}",
          violation.sequence,
          client(violation.client),
          violation.firstIndex,
          server(violation.server),
          violation.secondIndex,
        ),
        expected: t("executed at index {0} alone", violation.firstIndex),
        found: t("executed at index {0} too", violation.secondIndex),
      };
  }
}

/** A log entry in the scenario language's words. */
export function entryText(entry: LogEntry | null, client: (id: number) => string): string {
  if (entry === null) return t("no entry");
  if (entry.kind === "no-op") return t("no-op (term {0})", entry.term);
  if (entry.kind === "configuration") return t("configuration (term {0})", entry.term);
  const { command } = entry;
  return t("{0} by {1} (term {2})", requestText(command.operation), client(command.client), entry.term);
}
