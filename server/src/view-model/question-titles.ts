/** Questions about a server and about an entry in words; see `questions.ts`. */
import { t } from "../l10n/text.js";
import type { ServerView } from "../protocol/cluster-view.js";
import type { WhySubject } from "../protocol/why.js";

/** What a server is asked about. */
export type ServerField = Extract<WhySubject, { readonly kind: "server" }>["field"];

/** What an entry is asked about. */
export type EntryState = NonNullable<Extract<WhySubject, { readonly kind: "entry" }>["state"]>;

/** Why a server's field is what it is. */
export function fieldTitle(server: ServerView, field: ServerField): string {
  const { name, status, role, term, vote, leader } = server;
  switch (field) {
    case "status":
      if (status === "down") return t("Why is {0} down?", name);
      return status === "paused" ? t("Why is {0} paused?", name) : t("Why is {0} up?", name);
    case "role":
      return roleTitle(name, role);
    case "term":
      return t("Why is {0} in term {1}?", name, term);
    case "vote":
      return vote === null ? t("Why has {0} voted for nobody?", name) : t("Why did {0} vote for {1}?", name, vote);
    case "leader":
      return leader === null
        ? t("Why does {0} know no leader?", name)
        : t("Why does {0} know {1} as its leader?", name, leader);
    case "commit":
      return t("Why is the commit index of {0} {1}?", name, server.commitIndex);
    case "applied":
      return t("Why has {0} applied up to {1}?", name, server.appliedIndex);
    case "timer":
      return t("Why does the timer of {0} run?", name);
  }
}

function roleTitle(name: string, role: ServerView["role"]): string {
  switch (role) {
    case "leader":
      return t("Why is {0} the leader?", name);
    case "candidate":
      return t("Why is {0} a candidate?", name);
    case "pre-candidate":
      return t("Why is {0} a pre-candidate?", name);
    case "follower":
      return t("Why is {0} a follower?", name);
  }
}

/** Why an entry is, or is not, in this state at a server. */
export function entryTitle(
  { name, lastIndex, firstIndex, durableIndex, commitIndex, appliedIndex }: ServerView,
  index: number,
  state: EntryState,
): string {
  const gone = index < firstIndex;
  switch (state) {
    case "here":
      return index <= lastIndex && !gone
        ? t("Why does {0} hold entry {1}?", name, index)
        : t("Why does {0} not hold entry {1}?", name, index);
    case "durable":
      return index <= durableIndex
        ? t("Why is entry {0} durable at {1}?", index, name)
        : t("Why is entry {0} not durable at {1}?", index, name);
    case "committed":
      return index <= commitIndex
        ? t("Why is entry {0} committed at {1}?", index, name)
        : t("Why is entry {0} not committed at {1}?", index, name);
    case "applied":
      return index <= appliedIndex
        ? t("Why is entry {0} applied at {1}?", index, name)
        : t("Why is entry {0} not applied at {1}?", index, name);
  }
}
