/** The message diagram's parts that need no browser. */
import { describe, expect, test } from "vitest";
import { rowsWithin } from "../../media/diagram/budget.js";
import { PAGE, RowPages } from "../../media/diagram/row-pages.js";
import { chipsOf, NO_FILTER, readTerms, restore } from "../../media/diagram/selection.js";
import type { Answer } from "../../media/shared/connection.js";
import type { DiagramRowsView, PlacedRow } from "../../server/src/protocol/diagram-rows.js";

type Rows = Answer<{ readonly view: DiagramRowsView }>;

/** Pages over so many rows; answers come when the test lets them. */
class Shelf {
  total: number;
  readonly asked: number[] = [];
  readonly failures: string[] = [];
  readonly pages: RowPages;
  readonly #waiting: (() => void)[] = [];

  constructor(total: number) {
    this.total = total;
    this.pages = new RowPages((from, count) => this.#answer(from, count), {
      arrived: () => undefined,
      failed: (message) => this.failures.push(message),
    });
  }

  /** Answers all that is asked for, and what is asked for then. */
  async serve(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  #answer(from: number, count: number): Promise<Rows> {
    this.asked.push(from / PAGE);
    return new Promise((resolve) => {
      this.#waiting.push(() => resolve({ kind: "ok", value: { view: viewOf(from, count, this.total) } }));
    });
  }
}

function viewOf(from: number, count: number, totalRows: number): DiagramRowsView {
  const length = Math.max(0, Math.min(count, totalRows - from));
  const rows = Array.from({ length }, (_, at): PlacedRow => {
    const place = { row: from + at, arrivesRow: null, copiesArrive: [] };
    return { kind: "term", eventId: from + at, term: 1, timeUs: 0, ...place };
  });
  return { sessionId: "x", events: totalRows, totalRows, lifelines: [], rows, passing: [], states: [], changes: [] };
}

describe("pages of rows", () => {
  test("what is in sight comes first, then around it, and nothing beyond the end", async () => {
    const shelf = new Shelf(PAGE * 8 + 5);
    shelf.pages.want("diagram", PAGE * 6 + 3, PAGE * 7 + 3);
    await shelf.serve();
    expect(shelf.asked).toEqual([6, 7, 8, 5, 4]);
    expect(shelf.pages.row(PAGE * 8 + 4)?.row).toBe(PAGE * 8 + 4);
    expect(shelf.pages.row(PAGE * 8 + 5)).toBeNull();
    expect(shelf.pages.row(3)).toBeNull();
  });

  test("at most two are asked for at once, and those that are passed by fast not at all", async () => {
    const shelf = new Shelf(PAGE * 1000);
    shelf.pages.want("diagram", 0, 10);
    await shelf.serve();
    shelf.asked.length = 0;
    for (let page = 10; page < 900; page += 10) shelf.pages.want("diagram", page * PAGE, page * PAGE + 30);
    expect(shelf.asked).toEqual([10, 11]);
    await shelf.serve();
    expect(shelf.asked).toEqual([10, 11, 890, 891, 889, 892, 888]);
  });

  test("of a long way only the nearest pages are kept", async () => {
    const shelf = new Shelf(PAGE * 1000);
    for (let page = 0; page < 300; page += 1) {
      shelf.pages.want("diagram", page * PAGE, page * PAGE + 30);
      await shelf.serve();
    }
    expect(shelf.pages.row(0)).toBeNull();
    expect(shelf.pages.row(299 * PAGE)).not.toBeNull();
    const held = Array.from({ length: 1000 }, (_, page) => shelf.pages.pageOf(page * PAGE)).filter(Boolean);
    expect(held.length).toBeLessThanOrEqual(40);
  });

  test("what has grown is shown until the newer is there; what belongs to another selection is dropped", async () => {
    const shelf = new Shelf(50);
    shelf.pages.want("diagram", 0, 40);
    await shelf.serve();
    shelf.total = 90;
    shelf.pages.outdate();
    expect(shelf.pages.row(49)).not.toBeNull();
    expect(shelf.pages.row(60)).toBeNull();
    await shelf.serve();
    expect(shelf.pages.row(60)).not.toBeNull();
    shelf.pages.outdate();
    shelf.pages.reset();
    await shelf.serve();
    expect(shelf.pages.row(0)).toBeNull();
  });

  test("diagram and table may look at different places", async () => {
    const shelf = new Shelf(PAGE * 100);
    shelf.pages.want("diagram", 0, 10);
    await shelf.serve();
    shelf.pages.want("table", PAGE * 50, PAGE * 50 + 20);
    await shelf.serve();
    expect(shelf.pages.row(5)).not.toBeNull();
    expect(shelf.pages.row(PAGE * 50 + 5)).not.toBeNull();
  });
});

describe("filters", () => {
  test.each([
    ["3", { from: 3, to: 3 }],
    [" 3 - 7 ", { from: 3, to: 7 }],
    ["7–3", { from: 3, to: 7 }],
    ["", null],
    ["x", null],
    ["3-", null],
  ])("terms %s", (text, terms) => expect(readTerms(text)).toEqual(terms));

  test("each one that is set has a chip that clears it", () => {
    expect(chipsOf(NO_FILTER)).toEqual([]);
    const filter = {
      servers: ["s1", "s2"],
      types: ["RequestVote"],
      foldHeartbeats: false,
      clients: false,
      text: "red",
      terms: { from: 2, to: 4 },
      span: { fromUs: 1000, toUs: 2000 },
    };
    const chips = chipsOf(filter);
    expect(chips.map(({ text }) => text)).toEqual([
      "only s1, s2",
      "only RequestVote",
      "no clients",
      "heartbeats unfolded",
      "with “red”",
      "terms 2 to 4",
      "from 1 ms to 2 ms",
    ]);
    expect(Object.assign({ ...filter }, ...chips.map(({ without }) => without))).toEqual(NO_FILTER);
  });

  test("what is kept is read back", () => {
    const kept = {
      filter: { ...NO_FILTER, text: "red", terms: { from: 1, to: 2 } },
      zoom: 1.5,
      mode: "mermaid" as const,
      filtersOpen: true,
      split: 40,
      top: 123_456,
      window: { from: 10, to: 90 },
    };
    expect(restore(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});

test("mermaid gets as many rows as it can draw in time", () => {
  expect(rowsWithin(200, 200)).toBe(300);
  expect(rowsWithin(200, 20)).toBe(400);
  expect(rowsWithin(200, 3000)).toBe(40);
});
