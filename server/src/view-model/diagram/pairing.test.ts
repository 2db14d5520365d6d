import { expect, test } from "vitest";
import type { EventView } from "../../protocol/event-view.js";
import type { PlacedMessage } from "./arrows.js";
import { repliesAfter, requestOf } from "./pairing.js";

const message = (row: number, from: string, to: string, type: string, more: Partial<PlacedMessage> = {}) =>
  ({
    kind: "message",
    eventId: row * 10,
    deliveredId: row * 10 + 5,
    from,
    to,
    type,
    label: type,
    sentUs: row,
    deliveredUs: row + 1,
    lost: false,
    count: 1,
    line: null,
    row,
    arrivesRow: row + 0.5,
    copiesArrive: [],
    ...more,
  }) satisfies PlacedMessage;

const event = (id: number): EventView => ({
  id,
  timeUs: id,
  category: "message",
  at: null,
  title: "",
  reason: null,
  cause: null,
  line: null,
  fields: [],
});

const rows = [
  message(1, "s1", "s2", "AppendEntries"),
  message(2, "s1", "s2", "AppendEntries"),
  message(3, "s1", "s2", "Heartbeat"),
  message(4, "s2", "s1", "AppendEntriesReply"),
  message(5, "s3", "s1", "AppendEntriesReply"),
  message(6, "s2", "s1", "AppendEntriesReply"),
  message(7, "s2", "s1", "HeartbeatReply"),
];
const [first, second, heartbeat, early, , late] = rows;

test("a reply answers the newest request of its kind among its causes, not the nearest one", () => {
  if (early === undefined || late === undefined) throw new Error("no rows");
  expect(requestOf(early, [event(40), event(38), event(15), event(10)], rows)).toBe(first);
  expect(requestOf(late, [event(60), event(25), event(20), event(15)], rows)).toBe(second);
  // The delivery of a heartbeat among the causes is not what an AppendEntriesReply answers.
  expect(requestOf(late, [event(60), event(35)], rows)).toBeNull();
});

test("replies that may answer a request come from its receiver and after its arrival", () => {
  if (first === undefined || heartbeat === undefined || early === undefined) throw new Error("no rows");
  expect(repliesAfter(first, rows).map(({ row }) => row)).toEqual([4, 6]);
  expect(repliesAfter(heartbeat, rows).map(({ row }) => row)).toEqual([7]);
  expect(repliesAfter(early, rows)).toEqual([]);
  expect(repliesAfter({ ...first, deliveredId: null, lost: true }, rows)).toEqual([]);
});
