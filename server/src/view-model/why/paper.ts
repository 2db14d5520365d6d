/** What stands in the sections that answers name: the rule in a sentence, for whoever has not the paper at hand. */
import { t } from "../../l10n/text.js";

/** A section: its title, and its rule in short. */
export interface SectionWords {
  readonly title: string;
  readonly rule: string;
  /** Where it stands. */
  readonly source: string;
}

/** What a mark like `§5.4.1`, `D §6.4`, `Figure 2` or `etcd: lease/lessor.go` stands for. */
export function sectionWords(mark: string): SectionWords {
  const known = SECTIONS[mark] ?? SECTIONS[parent(mark)];
  if (known !== undefined) {
    const [title, rule] = known();
    return { title, rule, source: sourceOf(mark) };
  }
  return { title: mark, rule: sourceOf(mark), source: sourceOf(mark) };
}

/** Title, rule and source as one text: what a tag's tooltip says. */
export function sectionTooltip(mark: string): string {
  const { title, rule, source } = sectionWords(mark);
  return title === mark ? rule : t("{0}: {1} ({2})", title, rule, source);
}

/** The section that the page `docs/paper.md` has statement by statement; `null` for what is not of the paper or the dissertation. */
export function isOfPaper(mark: string): boolean {
  return mark.includes("§") || mark.startsWith("Figure");
}

function sourceOf(mark: string): string {
  if (mark.startsWith("D ")) return t("Ongaro's dissertation, section {0}", mark.slice(3));
  if (mark.startsWith("§")) return t("Raft paper, section {0}", mark.slice(1));
  if (mark.startsWith("Figure ")) return t("Raft paper, figure {0}", mark.slice(7));
  return t("not in the paper: what etcd does ({0})", mark.replace(/^etcd:? ?/, ""));
}

/** `D §4.2.1` → `D §4.2`: where a section is not told of, the one around it is. */
function parent(mark: string): string {
  return mark.replace(/\.\d+$/, "");
}

type Words = () => readonly [title: string, rule: string];

const SECTIONS: Readonly<Record<string, Words>> = {
  "Figure 2": () => [
    t("All rules on one page"),
    t("term, vote and log are on the disk before a server speaks of them; all else is gone after a crash."),
  ],
  "§5.1": () => [
    t("Terms"),
    t("whoever meets a higher term takes it over and follows; what is of an earlier term is refused."),
  ],
  "§5.2": () => [
    t("Leader election"),
    t(
      "who hears no leader for an election timeout stands for the next term, and leads with the votes of a majority; a server votes once in a term.",
    ),
  ],
  "§5.3": () => [
    t("Log replication"),
    t(
      "the leader appends what clients ask for, sends it to all, and it is committed once a majority holds it; entries are taken only where the one before them matches.",
    ),
  ],
  "§5.4": () => [t("Safety"), t("what is committed is in the log of every later leader.")],
  "§5.4.1": () => [
    t("Election restriction"),
    t(
      "nobody votes for a candidate whose log is less up-to-date than its own: so a winner holds all that is committed.",
    ),
  ],
  "§5.4.2": () => [
    t("Committing entries of previous terms"),
    t("a leader counts copies only of entries of its own term; older ones are committed along with them."),
  ],
  "§5.4.3": () => [t("Safety argument"), t("two servers never apply different commands at one index.")],
  "§5.5": () => [
    t("Crashes of followers"),
    t("a request that got no answer is sent again; the same one twice does no harm."),
  ],
  "§5.6": () => [t("Timing"), t("messages must be much quicker than election timeouts, or no leader lasts.")],
  "§6": () => [
    t("Membership changes"),
    t("while two configurations overlap, elections and commitment need a majority of each."),
  ],
  "§7": () => [
    t("Snapshots"),
    t(
      "what is applied can be kept as a snapshot, and the log before it thrown away; who needs what is gone gets the snapshot.",
    ),
  ],
  "§8": () => [
    t("Clients"),
    t("clients ask the leader; a leader makes sure that it still leads before it answers a read."),
  ],
  "D §3.10": () => [
    t("Leadership transfer"),
    t("a leader tells a follower with a complete log to stand for election at once."),
  ],
  "D §4.1": () => [
    t("One server at a time"),
    t("one change of the configuration must be committed before the next begins."),
  ],
  "D §4.2": () => [
    t("New servers catch up first"),
    t("a learner gets the log and has no vote until it has caught up."),
  ],
  "D §4.2.3": () => [
    t("Disruptive servers"),
    t("who hears a leader ignores candidates, so that a server that was cut off cannot depose it."),
  ],
  "D §6.2": () => [t("Check quorum"), t("a leader that hears no majority for an election timeout steps down.")],
  "D §6.4": () => [
    t("Reads without the log"),
    t(
      "the leader notes its commit index, has a majority confirm that it leads, and answers once it has applied up to there.",
    ),
  ],
  "D §6.4.1": () => [
    t("Lease reads"),
    t(
      "for an election timeout after a majority answered nobody else can be elected, so that the leader answers at once.",
    ),
  ],
  "D §9.6": () => [
    t("Pre-vote"),
    t("before it begins a term, a server asks whether it could win: so a server that was cut off raises no terms."),
  ],
};
