import { expect, it } from "vitest";
import { EVENT_CODE } from "../../server/src/sim/recorder.js";
import { EventLog } from "../../server/src/trace/event-log.js";

it("keeps instants however far they lie apart", () => {
  const log = new EventLog();
  const hour = 3_600_000_000;
  const times = Array.from({ length: 40_000 }, (_, id) => (id < 20_000 ? id * 7 : (id - 19_999) * hour));
  for (const timeUs of times) log.record(timeUs, EVENT_CODE.note, 0, -1, null, 1, 3);
  expect(times.every((timeUs, id) => log.timeUs(id) === timeUs)).toBe(true);
  expect(log.lastAt(5 * hour)).toBe(20_004);
  expect(log.usedBytes / times.length).toBeLessThan(17);
});
