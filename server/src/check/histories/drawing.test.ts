import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedHistory } from "./history.js";
import { type Layout, layoutOf } from "./layout.js";
import { historyPage } from "./page.js";
import { printable, quoted } from "./printable.js";
import { readHistory } from "./read.js";
import { svgDrawing } from "./svg-drawing.js";
import { textDrawing } from "./text-drawing.js";
import { type HistoryPart, verifyHistory } from "./verify.js";

function historyOf(operations: readonly object[]): RecordedHistory {
  const result = readHistory(JSON.stringify({ format: "raftlab-history/1", model: "kv", operations }));
  if (result.kind !== "history") throw new Error(JSON.stringify(result));
  return result.history;
}

function firstPart(history: RecordedHistory): HistoryPart {
  const [part] = verifyHistory(history, { budget: 100_000 }).parts;
  if (part === undefined) throw new Error("there is no part");
  return part;
}

function draw(operations: readonly object[]): Layout {
  const history = historyOf(operations);
  return layoutOf(history, firstPart(history));
}

const STALE = [
  { client: "a", op: "write", key: "k", value: "1", call: 10, return: 50 },
  { client: "b", op: "read", key: "k", call: 20, return: 30, response: "1" },
  { client: "c", op: "read", key: "k", call: 40, return: 60, response: null },
];
const FINE = [
  { client: "a", op: "write", key: "k", value: "1", call: 10, return: null },
  { client: "a", op: "write", key: "k", value: "2", call: 20, return: 40 },
  { client: "b", op: "read", key: "k", call: 30, return: 50, response: "1" },
];

describe("drawings of histories", () => {
  it("in text: bars for each client, the impossible operation doubled and named", () => {
    expect(textDrawing(draw(STALE))).toEqual([
      "client a  ├───────────1───────────┤",
      "client b       ├───2────┤",
      "client c                 ╞══════3══════╡",
      "",
      '1  client a  write k "1"  => ok  [10, 50]',
      '2  client b  read k       => "1"  [20, 30]',
      "3  client c  read k       => none  [40, 60]  ✗ impossible",
    ]);
  });

  it("in text: a client that did two things at once has two lines; an open end; places in the order", () => {
    expect(textDrawing(draw(FINE))).toEqual([
      "client a  ├────────────1────────────?",
      "               ├──────2──────┤",
      "client b            ├──────3──────┤",
      "",
      '1  client a  write k "1"  => outcome unknown  [10, ?]  place 2',
      '2  client a  write k "2"  => ok  [20, 40]  place 1',
      '3  client b  read k       => "1"  [30, 50]  place 3',
    ]);
  });

  it("as SVG: marks by more than colour, and points in the order found", () => {
    const bad = svgDrawing(draw(STALE), "name", "id");
    expect(bad).toMatch(/class="hist-bar hist-bad".*✗ 3 read k ⇒ none/);
    expect(bad).not.toContain("hist-point");
    const good = svgDrawing(draw(FINE), "name", "id");
    expect(good).toMatch(/<path d="[^"]*" class="hist-bar hist-open"/);
    const points = [...good.matchAll(/<text x="([\d.]+)" y="[\d.]+" class="hist-point-text">(\d)</g)].map(
      ([, x, place]) => [Number(place), Number(x)],
    );
    expect(points.map(([place]) => place)).toEqual([2, 1, 3]);
    const byPlace = [...points].sort(([a = 0], [b = 0]) => a - b).map(([, x]) => x);
    expect(byPlace).toEqual([...byPlace].sort((a = 0, b = 0) => a - b));
  });

  it("place every point of an order inside its bar, in order", () => {
    const drawn = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.nat(3)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(drawn, (list) => {
        const layout = draw(
          list.map(([call, length, client], n) => {
            return { client, op: "write", key: "k", value: n, call, return: call + length };
          }),
        );
        const points = layout.bars.flatMap(({ from, to, point }) => (point === null ? [] : [{ from, to, ...point }]));
        expect(points).toHaveLength(list.length);
        points.sort((a, b) => a.place - b.place);
        for (const [n, { from, to, column }] of points.entries()) {
          expect(column).toBeGreaterThan(from);
          expect(column).toBeLessThan(to ?? 0);
          expect(column).toBeGreaterThan(points[n - 1]?.column ?? -1);
        }
      }),
    );
  });

  it("never draw two bars of one row over each other", () => {
    const drawn = fc.array(fc.tuple(fc.nat(20), fc.nat(12), fc.nat(1), fc.nat(4)), { minLength: 2, maxLength: 14 });
    fc.assert(
      fc.property(drawn, (list) => {
        const { bars, rows } = draw(
          list.map(([call, length, client, open], n) => {
            return { client, op: "write", key: "k", value: n, call, return: open === 0 ? null : call + length };
          }),
        );
        for (const a of bars) {
          expect(rows[a.row]).toBe(a.operation.client);
          for (const b of bars) {
            if (a === b || a.row !== b.row || a.from > b.from) continue;
            expect(a.to ?? Number.POSITIVE_INFINITY).toBeLessThan(b.from);
          }
        }
      }),
    );
  });

  it("draw the first operations of many, and say how many are left out", () => {
    const many = [...Array(100).keys()].map((n) => ({
      client: "a",
      op: "write",
      key: "k",
      value: n,
      call: n * 2,
      return: n * 2 + 1,
    }));
    const layout = draw(many);
    expect([layout.bars.length, layout.leftOut]).toEqual([60, 40]);
    expect(textDrawing(layout).at(-1)).toBe("40 more operations are not drawn.");
  });
});

const HOSTILE = `</title></style><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u001b[31m\u202e\u0000`;

describe("the page of a history", () => {
  const page = (operations: readonly object[], title = "file.json"): string => {
    const history = historyOf(operations);
    return historyPage(history, verifyHistory(history, { budget: 100_000 }), { title, styleHash: "sha256-x" });
  };

  it("holds nothing of what a history says but as text", () => {
    const text = page(
      [
        { client: HOSTILE, op: "write", key: HOSTILE, value: HOSTILE, call: 1, return: 2 },
        { client: HOSTILE, op: "read", key: HOSTILE, call: 3, return: 4, response: null },
      ],
      HOSTILE,
    );
    const tags = new Set([...text.matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map(([, name]) => name));
    const expected =
      "html head meta title style body main h1 h2 p section div svg line g rect text table caption thead tbody tr th td";
    for (const tag of tags) expect(`${expected} !DOCTYPE`.split(" ")).toContain(tag);
    // Every attribute is one that the page itself writes.
    const body = text.slice(text.indexOf("<body>"));
    for (const [tag] of body.matchAll(/<[a-z][^>]*>/g)) expect(tag).not.toMatch(/\s(on\w+|style|href|src)=/);
    expect([...text].filter((character) => character < " " && character !== "\n")).toEqual([]);
    expect(text).not.toContain("\u202e");
    expect(text).toContain("&lt;script&gt;");
  });

  it("runs nothing and fetches nothing", () => {
    const text = page(STALE);
    expect(text).toContain(`content="default-src 'none'; style-src 'sha256-x'; base-uri 'none'; form-action 'none'"`);
    expect(text).not.toMatch(/<script|https?:(?!\/\/www\.w3\.org\/2000\/svg)|@import|url\(/);
  });

  it("says in words what the drawing shows", () => {
    const text = page(STALE);
    expect(text).toContain("not linearizable (kv: 3 operations by 3 clients)");
    expect(text).toContain("client c read k =&gt; none is impossible");
    expect(text).toMatch(/<tr class="bad"><th scope="row">3<\/th><td>c<\/td>.*none ✗ impossible/);
    expect(page(FINE)).toMatch(/<td>never seen<\/td><td>2<\/td>/);
  });
});

describe("labels", () => {
  it("show both ends of a long value and no hidden characters", () => {
    expect(quoted("x".repeat(50).concat("end"))).toMatch(/^"x{23}…x{13}end"$/);
    expect(printable("a\u0007\u2028b")).toBe("a\\u0007\\u2028b");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(quoted(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
