import type { Subject } from "../trace/why/subject.js";
import { parseDuration } from "./duration.js";
import { InputError } from "./exit-codes.js";
import type { Asked } from "./explain.js";

/** The options of `raftlab explain` that say what is asked; exactly one of all but `at` is given. */
export interface ExplainValues {
  readonly event?: number | undefined;
  readonly line?: number | undefined;
  readonly "no-leader"?: boolean | undefined;
  readonly entry?: string | undefined;
  readonly commit?: string | undefined;
  readonly election?: string | undefined;
  readonly client?: string | undefined;
  readonly key?: string | undefined;
  readonly at?: string | undefined;
}

const OPTIONS = "--event, --line, --no-leader, --entry, --commit, --election, --client and --key";

/** What is asked. Throws an {@link InputError} for none, several, and what cannot be read. */
export function askedOf(values: ExplainValues): Asked {
  const asked = [...events(values), ...subjectsOf(values).map((about) => subject(about, values.at))];
  const [only, another] = asked;
  if (only === undefined || another !== undefined) throw new InputError(`explain takes exactly one of ${OPTIONS}.`);
  if (only.kind !== "subject" && values.at !== undefined)
    throw new InputError(`--at goes with a question about a moment, not with --${only.kind}.`);
  return only;
}

function events({ event, line }: ExplainValues): readonly Asked[] {
  return [
    ...(event === undefined ? [] : [{ kind: "event", event } as const]),
    ...(line === undefined ? [] : [{ kind: "line", line } as const]),
  ];
}

function subject(about: Subject, at: string | undefined): Asked {
  return { kind: "subject", about, atUs: at === undefined ? null : parseDuration(at, "--at") };
}

function subjectsOf({
  "no-leader": noLeader,
  entry,
  commit,
  election,
  client,
  key,
}: ExplainValues): readonly Subject[] {
  const subjects: Subject[] = [];
  if (noLeader === true) subjects.push({ kind: "leader" });
  if (entry !== undefined) subjects.push(entryOf(entry));
  if (commit !== undefined) subjects.push({ kind: "commit", server: commit });
  if (election !== undefined) subjects.push({ kind: "election", server: election });
  if (client !== undefined) subjects.push({ kind: "client", client });
  if (key !== undefined) subjects.push({ kind: "key", key });
  return subjects;
}

/** `s2/7`: why entry 7 is, or is not, committed at s2; `s2/7/durable`: another state. */
function entryOf(text: string): Subject {
  const [, server, digits, word = "committed"] = /^([^/]+)\/([1-9]\d*)(?:\/(\w+))?$/.exec(text) ?? [];
  const state = (["here", "durable", "committed", "applied"] as const).find((each) => each === word);
  if (server === undefined || digits === undefined || state === undefined) {
    throw new InputError(
      `--entry takes SERVER/INDEX, or SERVER/INDEX/STATE with here, durable, committed or applied, not "${text}".`,
    );
  }
  return { kind: "entry", server, index: Number(digits), state };
}
