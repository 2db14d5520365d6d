import fc from "fast-check";
import mermaid from "mermaid";
import { expect, test } from "vitest";
import { churn, failover, partition, Run } from "../../../test/trace/runs.js";
import { diagramOf } from "./diagram.js";
import { mermaidText } from "./mermaid-text.js";

const ALL = { kind: "events", from: 0, to: Number.MAX_SAFE_INTEGER } as const;

/** Lines of mermaid text that are a message or a note. */
const drawn = (text: string): string[] => text.split("\n").filter((line) => /^ {2}(Note|n\d+[-<])/.test(line));

test("an election, a write, a crash and a new election as mermaid text", async () => {
  const { mermaid: text } = diagramOf(failover().recording, ALL);
  expect(text).toMatchInlineSnapshot(`
    "sequenceDiagram
      participant n1 as s1
      participant n2 as s2
      participant n3 as s3
      actor n4 as alice
      Note over n1,n4: term 1
      Note over n3: candidate in term 1
      n3->>n1: RequestVote t1 last 0/0
      n3->>n2: RequestVote t1 last 0/0
      n2-->>n3: RequestVoteReply t1 granted
      n1-->>n3: RequestVoteReply t1 granted
      Note over n3: leader of term 1
      n3->>n1: AppendEntries t1 prev 0/0 +1 commit 0
      n3->>n2: AppendEntries t1 prev 0/0 +1 commit 0
      n1-->>n3: AppendEntriesReply t1 match 1
      n2-->>n3: AppendEntriesReply t1 match 1
      Note over n3: commits up to 1
      n3<<->>n2: Heartbeat t1 commit 1 x5
      n3<<->>n1: Heartbeat t1 commit 1 x5
      Note over n1,n4: first write
      n4->>n1: put color #34;red#34;
      n1-->>n4: not leader, ask s3
      n4->>n3: put color #34;red#34; (attempt 2)
      n3->>n1: AppendEntries t1 prev 1/1 +1 commit 1
      n3->>n2: AppendEntries t1 prev 1/1 +1 commit 1
      n2-->>n3: AppendEntriesReply t1 match 2
      n1-->>n3: AppendEntriesReply t1 match 2
      Note over n3: commits up to 2
      n3-->>n4: ok
      n3<<->>n1: Heartbeat t1 commit 2 x3
      n3<<->>n2: Heartbeat t1 commit 2 x3
      Note over n3: crashes
      Note over n1,n4: term 2
      Note over n1: candidate in term 2
      n1->>n2: RequestVote t2 last 2/1
      n1-xn3: RequestVote t2 last 2/1
      Note over n2: candidate in term 2
      n2->>n1: RequestVote t2 last 2/1
      n2-xn3: RequestVote t2 last 2/1
      n2-->>n1: RequestVoteReply t2 refused, voted for s2
      n1-->>n2: RequestVoteReply t2 refused, voted for s1
      Note over n1,n4: term 3
      Note over n1: candidate in term 3
      n1->>n2: RequestVote t3 last 2/1
      n1-xn3: RequestVote t3 last 2/1
      Note over n2: follower in term 3
      n2-->>n1: RequestVoteReply t3 granted
      Note over n1: leader of term 3
      n1->>n2: AppendEntries t3 prev 2/1 +1 commit 2
      n1-xn3: AppendEntries t3 prev 2/1 +1 commit 2
      n2-->>n1: AppendEntriesReply t3 match 3
      Note over n1: commits up to 3
      n1<<->>n2: Heartbeat t3 commit 3 x4
      n1-xn3: Heartbeat t3 commit 3 x3
      n4-xn3: get color
      n1<<->>n2: Heartbeat t3 commit 3 x2
      n1-xn3: Heartbeat t3 commit 3 x2
      Note over n3: restarts
      n1<<->>n2: Heartbeat t3 commit 3
      n1<<->>n3: Heartbeat t3 commit 3
      n1->>n3: AppendEntries t3 prev 2/1 +1 commit 3
      n3-->>n1: AppendEntriesReply t3 match 3
      n1<<->>n2: Heartbeat t3 commit 3 x2
      n1<<->>n3: Heartbeat t3 commit 3 x2
      n4->>n1: get color (attempt 2)
      n1<<->>n2: Heartbeat t3 commit 3 x2
      n1<<->>n3: Heartbeat t3 commit 3 x2
      n1-->>n4: #34;red#34;
      n1<<->>n2: Heartbeat t3 commit 3 x2
      n1<<->>n3: Heartbeat t3 commit 3 x2
    "
  `);
  await expect(mermaid.parse(text)).resolves.toMatchObject({ diagramType: "sequence" });
});

test("rows pair sends with deliveries, and a lost message has none", () => {
  const { recording } = failover();
  const { rows } = diagramOf(recording, ALL, { foldHeartbeats: false }, 1_000_000);
  for (const row of rows) {
    if (row.kind !== "message") continue;
    expect(recording.log.kind(row.eventId)).toBe("send");
    if (row.deliveredId === null) continue;
    expect(recording.log.cause(row.deliveredId)).toBe(row.eventId);
    expect(row.lost).toBe(false);
    expect(row.deliveredUs).toBeGreaterThanOrEqual(row.sentUs);
  }
  const lost = rows.filter((row) => row.kind === "message" && row.lost);
  expect(lost.length).toBe(
    [...Array(recording.log.count).keys()].filter((id) => recording.log.kind(id) === "drop").length,
  );
});

test("rows are the sends of the window, folded or not, and mermaid has a line for each", async () => {
  const windows = fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), fc.nat());
  await fc.assert(
    fc.asyncProperty(windows, async ([seed, a, b]) => {
      const { recording } = churn(seed, 800);
      const { log } = recording;
      const from = a % log.count;
      const to = Math.min(log.count - 1, from + (b % 400));
      const sends = [...Array(log.count).keys()].filter((id) => id >= from && id <= to && log.kind(id) === "send");
      const window = { kind: "events", from, to } as const;
      const plain = diagramOf(recording, window, { foldHeartbeats: false }, 1_000_000);
      expect(plain.rows.flatMap((row) => (row.kind === "message" ? [row.eventId] : []))).toEqual(sends);
      const folded = diagramOf(recording, window, {}, 1_000_000);
      const count = folded.rows.reduce((sum, row) => sum + (row.kind === "message" ? row.count + row.replies : 0), 0);
      expect(count).toBe(sends.length);
      const short = diagramOf(recording, window, {}, 10);
      expect(short.rows).toEqual(folded.rows.slice(0, 10));
      expect(short.rows.length + short.moreRows).toBe(folded.rows.length);
      expect(drawn(folded.mermaid).length).toBe(folded.rows.length);
      await mermaid.parse(folded.mermaid);
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("filters leave out, and lifelines follow", () => {
  const { recording } = partition();
  const votes = diagramOf(recording, ALL, { types: ["RequestVote"], clients: false }, 1_000);
  for (const row of votes.rows) if (row.kind === "message") expect(row.type).toBe("RequestVote");
  expect(votes.lifelines.map(({ name }) => name)).toEqual(["s1", "s2", "s3", "s4", "s5"]);
  const some = diagramOf(recording, ALL, { servers: ["s4"] }, 1_000);
  for (const row of some.rows) if (row.kind === "message") expect([row.from, row.to]).toContain("s4");
  const beats = diagramOf(recording, ALL, { types: ["Heartbeat"], foldHeartbeats: false }, 1_000);
  for (const row of beats.rows)
    if (row.kind === "message") expect(row.label).toMatch(/^AppendEntries t\d+ prev \d+\/\d+ commit/);
  expect(diagramOf(recording, ALL, { clients: false }, 1_000).lifelines.every(({ kind }) => kind === "server")).toBe(
    true,
  );
});

test("windows by time and around an event", () => {
  const { recording } = failover();
  const { log } = recording;
  const byTime = diagramOf(recording, { kind: "time", fromUs: 400_000, toUs: 450_000 });
  expect([log.timeUs(byTime.fromEvent) >= 400_000, log.timeUs(byTime.toEvent) <= 450_000]).toEqual([true, true]);
  expect(log.timeUs(byTime.fromEvent - 1)).toBeLessThan(400_000);
  const around = diagramOf(recording, { kind: "around", eventId: 150 }, {}, 40);
  expect([around.fromEvent, around.toEvent]).toEqual([110, 190]);
  const empty = diagramOf(recording, { kind: "time", fromUs: 9e9, toUs: 9e9 });
  expect([empty.rows.length, empty.moreRows]).toEqual([0, 0]);
});

test("violations are drawn where they happened", () => {
  const { recording } = failover();
  const marks = [{ eventId: 20, property: "election-safety", message: "two leaders in term 1: s1 and s3" }];
  const { rows } = diagramOf(recording, ALL, {}, 100, marks);
  expect(rows.filter((row) => row.kind === "event" && row.category === "violation")).toMatchObject([
    { eventId: 20, at: null, text: "election-safety is violated: two leaders in term 1: s1 and s3" },
  ]);
});

const HOSTILE = [
  "a;b",
  "#35;#;",
  "end",
  "<script>alert(1)</script>",
  "line\nbreak\r\n\u2028",
  '"quoted"',
  "%%{init: {}}%%",
  "wrap: x",
  "style a:b #1;",
  "classDef x:#fff;",
  "$$x^2$$",
  "n1->>n2: x",
  "participant",
  "Note over n1: x",
  "ﬂ°°35¶ß",
  "\ud800",
  "\u0000\u0007",
  "-x",
  "   ",
  "",
  "颜色；红",
  "---\ntitle: x\n---",
  "@{ shape: x }",
];

test.each(HOSTILE)("mermaid takes %j as a name, a key, a value, a note", async (text) => {
  const run = new Run({ servers: [`${text}1`, "s2", `${text}3`], clients: [`${text}c`] }).until(400);
  run.act({ kind: "note", text });
  run.put(`k${text}`, text);
  run.until(450);
  const diagram = diagramOf(run.recording, { kind: "time", fromUs: 390_000, toUs: 450_000 });
  await mermaid.parse(diagram.mermaid);
  expect(drawn(diagram.mermaid).length).toBe(diagram.rows.length);
  expect(diagram.mermaid).not.toMatch(/[<>]script|%%|\$\$/);
});

/** The messages and notes that mermaid found, as a reader will see them. */
async function readBack(text: string): Promise<string[]> {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const messages: readonly { readonly message: string }[] = Reflect.apply(Reflect.get(db, "getMessages"), db, []);
  // Mermaid's own placeholders for `#NNN;`, which it turns into characters when it draws.
  return messages.map(({ message }) =>
    message.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code))),
  );
}

test("whatever the text, mermaid reads it back as it was", async () => {
  await mermaid.parse("sequenceDiagram\n");
  const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom(...HOSTILE));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const safe = mermaidText(text);
      expect(safe).not.toMatch(/[\n\r]|#(?!\d+;)/);
      const plain = text.replace(/[\n\r\u2028\u2029]/g, " ").replace(/\p{Cc}|\p{Surrogate}/gu, "\ufffd");
      const expected = plain.replace(/^ +| +$/g, "") || "\u200b";
      const diagram = `sequenceDiagram\n  participant n1 as ${safe}\n  n1->>n1: ${safe}\n  Note over n1: ${safe}\n`;
      expect(await readBack(diagram)).toEqual([expected, expected]);
    }),
    { numRuns: 60 },
  );
});
