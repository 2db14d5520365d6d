/** Answers to read: questions that a student asks about the samples. `test/why/transcripts/` holds what is said. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { readMessages, useMessages } from "../../server/src/l10n/text.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { answer } from "../../server/src/trace/why/answer.js";
import type { Subject } from "../../server/src/trace/why/subject.js";
import { answerLines } from "../../server/src/view-model/why/text.js";
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";

/** A moment in milliseconds of virtual time, an event, or the end; and what is asked of it. */
type Asked = readonly [at: number | "end" | { readonly event: number }, about: Subject | null];

interface Transcript {
  readonly sample: string;
  /** Which of its scenarios, from 0. */
  readonly scenario: number;
  readonly asked: readonly Asked[];
}

const TRANSCRIPTS: Readonly<Record<string, Transcript>> = {
  "no-leader": {
    sample: "1-elections/five-with-three-down",
    scenario: 0,
    asked: [
      [50, { kind: "leader" }],
      [1200, { kind: "leader" }],
      [1200, { kind: "server", server: "s5", field: "status" }],
      [1200, { kind: "election", server: "s1" }],
      [1200, { kind: "election", server: "s3" }],
      ["end", { kind: "leader" }],
    ],
  },
  "not-committed": {
    sample: "1-elections/five-with-three-down",
    scenario: 0,
    asked: [
      [300, { kind: "entry", server: "s2", index: 3, state: "committed" }],
      [300, { kind: "commit", server: "s1" }],
      [300, { kind: "client", client: "alice" }],
      [300, { kind: "read" }],
      ["end", { kind: "entry", server: "s2", index: 3, state: "committed" }],
      ["end", { kind: "operation", operation: 2 }],
    ],
  },
  "cut-off": {
    sample: "1-elections/re-election",
    scenario: 1,
    asked: [
      [1500, { kind: "leader" }],
      [1500, { kind: "link", from: "s1", to: "s2" }],
      [1500, { kind: "server", server: "s2", field: "role" }],
      ["end", { kind: "link", from: "s1", to: "s2" }],
    ],
  },
  "a-refused-vote": {
    sample: "1-elections/longer-log-wins",
    scenario: 0,
    asked: [
      ["end", { kind: "vote", server: "s3", candidate: "s1" }],
      ["end", { kind: "vote", server: "s2", candidate: "s3" }],
      ["end", { kind: "server", server: "s2", field: "vote" }],
      ["end", { kind: "server", server: "s1", field: "term" }],
    ],
  },
  "figure-8": {
    sample: "3-replication/figure-8",
    scenario: 0,
    asked: [
      [{ event: 218 }, { kind: "entry", server: "s1", index: 2, state: "committed" }],
      ["end", { kind: "entry", server: "s2", index: 2 }],
      ["end", { kind: "leader" }],
    ],
  },
  "a-snapshot": {
    sample: "8-snapshots/snapshot-catch-up",
    scenario: 0,
    asked: [
      [300, { kind: "entry", server: "s3", index: 5 }],
      [421, { kind: "snapshot", server: "s3" }],
      ["end", { kind: "snapshot", server: "s3" }],
      ["end", { kind: "key", key: "color", server: "s3" }],
    ],
  },
  "a-watch": {
    sample: "4-clients/watch",
    scenario: 0,
    asked: [
      [15, { kind: "watch", watch: 1 }],
      [50, { kind: "watch", watch: 2 }],
      [15, { kind: "key", key: "/config/color" }],
      ["end", { kind: "key", key: "/config/size" }],
    ],
  },
  "a-lease": {
    sample: "4-clients/lease-across-leaders",
    scenario: 0,
    asked: [
      [8000, { kind: "key", key: "/node/1" }],
      [8000, { kind: "lease", lease: "1010001" }],
      ["end", { kind: "lease", lease: "1010001" }],
    ],
  },
  "two-majorities": {
    sample: "9-membership/two-majorities",
    scenario: 1,
    asked: [
      [300, { kind: "configuration" }],
      ["end", { kind: "configuration" }],
      [300, { kind: "server", server: "s3", field: "leader" }],
    ],
  },
};

function transcript(recording: Recording, asked: readonly Asked[]): string {
  const { log } = recording;
  return asked
    .map(([at, about]) => {
      const id = at === "end" ? log.count - 1 : typeof at === "number" ? log.lastAt(at * 1000) : at.event;
      const said = answer(recording, id, about);
      return [`[event ${id}]`, ...(said === null ? ["no answer"] : answerLines(said))].join("\n");
    })
    .join("\n\n");
}

describe("answers to read", () => {
  const all = samples();
  afterEach(() => useMessages(null));

  it.each(Object.entries(TRANSCRIPTS))("%s", async (name, { sample, scenario, asked }) => {
    const texted = all.find((each) => each.name === sample)?.scenarios[scenario];
    if (texted === undefined) throw new Error(`there is no ${sample}`);
    const text = `${sample}: ${texted.scenario.title}\n\n${transcript(finished(texted).recording, asked)}\n`;
    await expect(text).toMatchFileSnapshot(`transcripts/${name}.txt`);
  });

  it.each(["no-leader", "not-committed"])("%s in Chinese", async (name) => {
    const { sample, scenario, asked } = TRANSCRIPTS[name] ?? { sample: "", scenario: 0, asked: [] };
    const texted = all.find((each) => each.name === sample)?.scenarios[scenario];
    if (texted === undefined) throw new Error(`there is no ${sample}`);
    const { recording } = finished(texted);
    useMessages(readMessages(JSON.parse(readFileSync("l10n/bundle.l10n.zh-cn.json", "utf8"))));
    const text = `${sample}: ${texted.scenario.title}\n\n${transcript(recording, asked)}\n`;
    await expect(text).toMatchFileSnapshot(`transcripts/${name}.zh-cn.txt`);
  });
});
