import { describe, expect, it } from "vitest";
import type { KvEvent } from "../../server/src/kv/response.js";
import type { MachineFactory } from "../../server/src/sim/machine-options.js";
import { runText } from "../support/scenarios.js";
import { remembering, telling } from "./broken-machines.js";

/** A guarantee, how a store breaks it, and a story in which that shows. */
interface Broken {
  readonly guarantee: string;
  readonly by: string;
  readonly machine: MachineFactory;
  readonly steps: string;
}

const isAt =
  (revision: number) =>
  ({ kv }: KvEvent): boolean =>
    kv.modRevision === revision;

/** Two keys that go at once, in revision 4. */
const TOGETHER = `
  watch a/ prefix prev-kv as w
  wait 20ms
  put a/1 "x"
  put a/2 "y"
  delete a/ prefix
  put a/3 "z"
  wait 100ms
`;

const PAST = `
  put a "1"
  put b "2"
  put a "3"
  put a "4"
  watch a from rev 2 as w
  wait 200ms
`;

const BROKEN: readonly Broken[] = [
  {
    guarantee: "ordered",
    by: "the changes of a revision told the wrong way round",
    machine: telling((events) => [...events].reverse()),
    steps: TOGETHER,
  },
  {
    guarantee: "unique",
    by: "changes told twice",
    machine: telling((events) => [...events, ...events]),
    steps: TOGETHER,
  },
  {
    guarantee: "reliable",
    by: "a change that is not told",
    machine: telling((events) => events.filter((event) => !isAt(3)(event))),
    steps: TOGETHER,
  },
  {
    guarantee: "atomic",
    by: "half of a revision",
    machine: telling((events) => events.slice(0, 1)),
    steps: TOGETHER,
  },
  {
    guarantee: "resumable",
    by: "the first change left out that a watch is resumed from",
    machine: remembering((events) => events.slice(1)),
    steps: `
  watch a as w at s1
  wait 20ms
  put a "1"
  cut s1 <-> client
  put a "2" at s2
  put a "3" at s2
  heal
  wait 3s
  put a "4"
  wait 1s
`,
  },
  {
    guarantee: "bookmarkable",
    by: "progress told beyond a change that was not",
    machine: telling((events) => events.filter((event) => !isAt(3)(event))),
    steps: `
  watch a/ prefix as w
  wait 20ms
  put a/1 "x"
  put a/2 "y"
  progress w
  wait 100ms
`,
  },
  {
    guarantee: "filter",
    by: "other keys' changes",
    machine: remembering((_events, all) => all),
    steps: PAST,
  },
  {
    guarantee: "previous-value",
    by: "another pair before",
    machine: telling((events) =>
      events.map((event) => {
        const { previous } = event;
        return previous === null ? event : { ...event, previous: { ...previous, value: "other" } };
      }),
    ),
    steps: TOGETHER,
  },
  {
    guarantee: "created-flag",
    by: "every put told as a creation",
    machine: remembering((events) =>
      events.map((event) => ({ ...event, kv: { ...event.kv, createRevision: event.kv.modRevision } })),
    ),
    steps: PAST,
  },
  {
    guarantee: "genuine",
    by: "other values",
    machine: remembering((events) => events.map((event) => ({ ...event, kv: { ...event.kv, value: "other" } }))),
    steps: PAST,
  },
];

function story(steps: string): string {
  return `cluster { nodes s1..s3; latency 1ms; fsync 1ms }\nscenario "watched" {\n  await leader\n${steps}\n}`;
}

describe("a store that breaks a watch's guarantee", () => {
  it.each(BROKEN)("$guarantee is named: $by", ({ guarantee, machine, steps }) => {
    const whole = runText(story(steps)).report;
    expect(whole?.violations).toEqual([]);
    const { report } = runText(story(steps), { makeMachine: machine });
    const named = (report?.violations ?? [])
      .filter(({ property }) => property === "watch")
      .map(({ message }) => message);
    expect(named.map((message) => /^\S+ is not ([a-z-]+): /.exec(message)?.[1])).toContain(guarantee);
  });
});
