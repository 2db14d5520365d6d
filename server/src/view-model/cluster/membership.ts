/** A server's place in a configuration, and configurations, in words. */
import { t } from "../../l10n/text.js";
import type { ConfigurationView, ServerView } from "../../protocol/cluster-view.js";

/** A place in a configuration; the voters of a joint one may be of both, of the new or of the old. */
export type Membership = "voter" | "voter-both" | "voter-new" | "voter-old" | "learner" | "spare" | "removed";

/** A server's place in the configuration that it goes by itself. */
export function memberOf({ name, configuration }: Pick<ServerView, "name" | "configuration">): Membership {
  const { voters, outgoing, learners } = configuration;
  const isNew = voters.includes(name);
  const isOld = outgoing.includes(name);
  if (outgoing.length > 0 && (isNew || isOld)) return isNew && isOld ? "voter-both" : isNew ? "voter-new" : "voter-old";
  if (isNew) return "voter";
  if (learners.includes(name)) return "learner";
  return voters.length === 0 ? "spare" : "removed";
}

/** Whether who stands there votes. */
export function votes(member: Membership): boolean {
  return member.startsWith("voter");
}

/** The place in words. */
export function memberWords(member: Membership): string {
  switch (member) {
    case "voter":
      return t("voter");
    case "voter-both":
      return t("voter, old and new");
    case "voter-new":
      return t("voter, new only");
    case "voter-old":
      return t("voter, old only");
    case "learner":
      return t("learner");
    case "spare":
      return t("spare");
    case "removed":
      return t("removed");
  }
}

/** `new {s1 s4 s5}, old {s1 s2 s3}, learners {s6}`. */
export function configurationWords({ voters, outgoing, learners }: ConfigurationView): string {
  if (voters.length === 0 && outgoing.length === 0) return t("none yet");
  const set = (servers: readonly string[]) => `{${servers.join(" ")}}`;
  const [now, old, more] = [set(voters), set(outgoing), set(learners)];
  if (outgoing.length === 0) return learners.length === 0 ? now : t("{0}, learners {1}", now, more);
  return learners.length === 0 ? t("new {0}, old {1}", now, old) : t("new {0}, old {1}, learners {2}", now, old, more);
}
