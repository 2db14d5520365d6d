import { expect, test } from "vitest";
import { finished, scenarioOf } from "../../../test/support/scenarios.js";
import { clusterAt } from "./cluster-view.js";
import { fieldsOf } from "./event-fields.js";
import { titleOf } from "./event-title.js";
import { narrate } from "./narration.js";
import { askingAt } from "./why/asking.js";
import { reasonOf } from "./why/event-reason.js";
import { eventAbout } from "./why/subject.js";

const { recording } = finished(
  scenarioOf(`cluster { nodes s1..s3; clients alice; latency 1ms; fsync 1ms; election-timeout 900ms..999ms; heartbeat 100ms; snapshot off }
scenario "behind" {
  timeout s1
  await leader == s1
  crash s3
  repeat 4 { put color "red" => ok }
  snapshot s1
  put color "blue" => ok
  restart s3
  await s3.commit == 6 within 1s
}
`),
);
const { log } = recording;
const ids = (kind: string): number[] => [...Array(log.count).keys()].filter((id) => log.kind(id) === kind);
const end = log.count - 1;

test("a snapshot that is taken and one that is installed are told with their reasons", () => {
  const [taken = -1] = ids("snapshot");
  const [installed = -1] = ids("install");
  expect(titleOf(recording, taken)).toBe("s1 takes a snapshot up to 5");
  expect(titleOf(recording, installed)).toBe("s3 installs a snapshot up to 5");
  expect(reasonOf(recording, installed)).toBe(
    "the snapshot is complete, and the state machine goes on from entry 5 of term 1 (§7)",
  );
  expect(fieldsOf(recording, installed).map(({ name, value }) => `${name} ${value}`)).toEqual([
    "lastIncludedIndex 5",
    "lastIncludedTerm 1",
    "size 160 bytes",
  ]);
  const told = narrate(recording).filter((line) => /takes a snapshot|installs a snapshot/.test(line));
  expect(told.length).toBe(2);
});

test("the picture shows where a log begins, and its snapshot", () => {
  const [taken = -1] = ids("snapshot");
  const before = clusterAt(recording, taken - 3).servers[0];
  expect([before?.firstIndex, before?.snapshot]).toEqual([1, null]);
  const [s1, s2, s3] = clusterAt(recording, end).servers;
  expect([s1?.firstIndex, s1?.lastIndex, s1?.snapshot]).toEqual([6, 6, { index: 5, term: 1, bytes: 160 }]);
  expect(s1?.log.map(({ index }) => index)).toEqual([6]);
  expect([s2?.firstIndex, s2?.snapshot]).toEqual([1, null]);
  expect([s3?.firstIndex, s3?.snapshot?.index]).toEqual([6, 5]);
});

test("an entry that is gone went with the first snapshot that covers it", () => {
  expect(eventAbout(askingAt(recording, end), { kind: "entry", server: "s1", index: 3 })).toBe(ids("snapshot")[0]);
  expect(eventAbout(askingAt(recording, end), { kind: "entry", server: "s3", index: 3 })).toBe(ids("install")[0]);
  const kept = eventAbout(askingAt(recording, end), { kind: "entry", server: "s2", index: 3 });
  expect(kept === null ? null : log.kind(kept)).toBe("deliver");
});
