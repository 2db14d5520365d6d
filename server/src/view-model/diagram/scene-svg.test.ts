import { describe, expect, test } from "vitest";
import type { PlacedRow } from "../../protocol/diagram-rows.js";
import type { PlacedMessage } from "./arrows.js";
import { DARK_PALETTE, LIGHT_PALETTE, PAINTS } from "./paint.js";
import { joinRows, type SceneWindow, sceneSvg } from "./scene-svg.js";

const message = (row: number, more: Partial<PlacedMessage> = {}): PlacedMessage => ({
  kind: "message",
  eventId: row * 2,
  deliveredId: row * 2 + 1,
  from: "s1",
  to: "s2",
  type: "AppendEntries",
  label: "AppendEntries t1 +1",
  sentUs: row * 1000,
  deliveredUs: row * 1000 + 500,
  lost: false,
  count: 1,
  line: null,
  row,
  arrivesRow: row + 0.5,
  copiesArrive: [],
  ...more,
});

const windowOf = (rows: readonly PlacedRow[]): SceneWindow => ({
  lifelines: [
    { name: "s1", kind: "server" },
    { name: "s2", kind: "server" },
  ],
  rows,
  passing: [],
  states: [
    { name: "s1", role: "leader", term: 1 },
    { name: "s2", role: "follower", term: 1 },
  ],
  changes: [],
});

const lines = (svg: string): string[] => svg.match(/<line [^>]*>/g) ?? [];

describe("a window as SVG", () => {
  test("an arrow goes down as far as the row at which it arrives", () => {
    const svg = sceneSvg(windowOf([message(7), message(8, { arrivesRow: 11.5 })]), LIGHT_PALETTE, { title: "t" });
    const ys = lines(svg).flatMap((line) => {
      const found = /y1="([\d.]+)".* y2="([\d.]+)".*stroke="#0969b0"/.exec(line);
      return found === null ? [] : [[Number(found[1]), Number(found[2])]];
    });
    // Rows are 28 pixels high and their arrows begin at 19; the first row of the window is at the top.
    expect(ys).toEqual([
      [19, 33],
      [47, 145],
    ]);
  });

  test("what is lost ends in a cross and says so; what is under way has an open head", () => {
    const lost = sceneSvg(windowOf([message(0, { lost: true, deliveredId: null })]), LIGHT_PALETTE, { title: "t" });
    expect(lost).toContain(">✗ AppendEntries t1 +1<");
    expect(lost).toMatch(/<path d="M[^Z"]*" fill="none" stroke="#c4201d"/);
    const open = message(0, { arrivesRow: null, deliveredId: null, deliveredUs: null });
    const underWay = sceneSvg(windowOf([open]), LIGHT_PALETTE, { title: "t" });
    expect(underWay).toMatch(/<path d="M[^Z"]*" fill="none" stroke="#0969b0"/);
    expect(underWay).not.toContain("✗");
  });

  test("replies are dashed, folded heartbeats point both ways, a copy has an arrow of its own", () => {
    const heads = (row: PlacedMessage): number =>
      sceneSvg(windowOf([row]), LIGHT_PALETTE, { title: "t" }).match(/<path d="[^"]*Z" fill="#0969b0"/g)?.length ?? 0;
    expect(heads(message(0))).toBe(1);
    expect(heads(message(0, { type: "Heartbeat", label: "Heartbeat t1 commit 0 x12", count: 12 }))).toBe(2);
    expect(heads(message(0, { copiesArrive: [3.5] }))).toBe(2);
    const reply = sceneSvg(windowOf([message(0, { type: "AppendEntriesReply" })]), LIGHT_PALETTE, { title: "t" });
    expect(reply).toContain('stroke-dasharray="7 3"');
  });

  test("hostile words stay words, and characters that XML has not are replaced", () => {
    const label = '<script>alert("x")</script>&\u0000\ud800';
    const svg = sceneSvg(windowOf([message(0, { label })]), DARK_PALETTE, { title: "<b>" });
    expect(svg).not.toMatch(/<script|<b>|\0/);
    expect(svg).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;\u{fffd}\u{fffd}");
  });

  test("a role and its end show in the shape of the lifeline", () => {
    const row = message(0);
    const given = { ...windowOf([row, message(1), message(2)]) };
    const crash = { ...given, changes: [{ name: "s1", role: "down" as const, term: 1, position: 1 }] };
    const bar = (svg: string): string | undefined => /<rect [^>]*width="10" height="([\d.]+)"/.exec(svg)?.[1];
    expect(bar(sceneSvg(given, LIGHT_PALETTE, { title: "t" }))).toBe("84");
    expect(bar(sceneSvg(crash, LIGHT_PALETTE, { title: "t" }))).toBe("47");
    expect(sceneSvg(crash, LIGHT_PALETTE, { title: "t" })).toContain('stroke-dasharray="1 7"');
  });

  test("windows that follow one another are one picture", () => {
    const joined = joinRows(windowOf([message(0), message(1)]), windowOf([message(2)]));
    const whole = windowOf([message(0), message(1), message(2)]);
    expect(sceneSvg(joined, LIGHT_PALETTE, { title: "t" })).toBe(sceneSvg(whole, LIGHT_PALETTE, { title: "t" }));
  });

  test("both palettes know every colour", () => {
    for (const palette of [LIGHT_PALETTE, DARK_PALETTE])
      for (const paint of PAINTS) expect(palette[paint]).toMatch(/^#[0-9a-f]{6}$/);
  });
});
