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

it("keeps every word, however large, and counts those before a reason", () => {
  const log = new EventLog();
  const values = [0, 1, 127, 128, 16_383, 16_384, 2_097_152, 0x7fff_ffff, -1, -0x8000_0000];
  // Enough for several blocks of words.
  for (let id = 0; id < 20_000; id += 1) {
    const value = values[id % values.length] ?? 0;
    const why = id % 3 === 0 ? { code: "vote-granted" as const, a: value, b: id } : null;
    log.record(id, EVENT_CODE.note, 1, -1, why, id % 7, value, id, value, id, value, id);
  }
  for (let id = 0; id < 20_000; id += 1) {
    const value = values[id % values.length] ?? 0;
    const words = [value, id, value, id, value, id].slice(0, id % 7);
    expect(log.wordCount(id)).toBe(words.length);
    expect([0, 1, 2, 3, 4, 5, 6].map((place) => log.word(id, place))).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((place) => words[place] ?? 0),
    );
    expect(log.reason(id)).toEqual(id % 3 === 0 ? { code: "vote-granted", a: value, b: id } : null);
  }
});
