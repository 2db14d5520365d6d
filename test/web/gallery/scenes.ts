/** What the gallery is taken of: every panel, full and empty, and what is special about it. */
import type { Page } from "playwright-core";
import type { PanelKind } from "../../../server/src/protocol/webview.js";
import type { LabHost } from "../lab-host.js";
import { seeCursorsEvent } from "../page.js";
import { GALLERY, HOSTILE, LONG } from "./stories.js";

/** A panel in a state. */
export interface Scene {
  /** Names its pictures. */
  readonly name: string;
  readonly panel: PanelKind;
  /** Brings the lab into the state; nothing for a panel without a session. */
  prepare(host: LabHost): Promise<void>;
  /** Waits until it is drawn and picks what is to be seen. */
  act(page: Page): Promise<void>;
  /** The picture goes beyond the window, down to the end of the page. */
  readonly full?: boolean;
  /** Announces nothing to a screen reader. */
  readonly silent?: boolean;
  /** Taken in every theme, width and language; the others in one of each width. */
  readonly main?: boolean;
}

const run = (text: string, title: string) => async (host: LabHost) => {
  await host.run({ text }, title);
};

const bit = run(GALLERY, "a bit of everything");
const hostile = run(HOSTILE, "<b>hostile</b> %%{init}%% </script>");
const long = run(LONG, "a long run");
const nothing = async () => undefined;

/** An instant of the story at which the old leader still believes, a vote is refused and a write hangs. */
async function inThePartition(host: LabHost): Promise<void> {
  await bit(host);
  await host.goTo(/becomes leader of term [2-9]/);
}

const cluster = seeCursorsEvent;

const diagram = async (page: Page) => {
  await page.waitForSelector("[data-frame][aria-busy=false] .block .row");
};

const history = async (page: Page) => {
  await page.waitForSelector("[data-verdict]:not([data-verdict=''])");
  await page.waitForSelector(".bar");
};

const compare = async (page: Page) => {
  await page.waitForSelector(".milestones tbody tr");
  await page.waitForSelector(".servers tbody tr");
};

/** The same scenario with two seeds. */
async function twoSeeds(host: LabHost): Promise<void> {
  const left = await host.run({ text: GALLERY }, "a bit of everything");
  const right = await host.run({ text: GALLERY }, "a bit of everything", { seed: 12 });
  host.pair = { left: left.id, right: right.id };
}

const empty = async (page: Page) => {
  await page.waitForSelector(".empty");
};

/** All scenes. */
export const SCENES: readonly Scene[] = [
  { name: "cluster-partition", panel: "cluster", prepare: inThePartition, act: cluster, full: true, main: true },
  {
    name: "cluster-why",
    panel: "cluster",
    prepare: inThePartition,
    act: async (page) => {
      await cluster(page);
      await page.keyboard.press("w");
      await page.waitForSelector(".causes");
    },
  },
  { name: "cluster-hostile", panel: "cluster", prepare: hostile, act: cluster },
  { name: "cluster-long", panel: "cluster", prepare: long, act: cluster },
  { name: "cluster-empty", panel: "cluster", prepare: nothing, act: empty, silent: true },
  { name: "diagram-partition", panel: "diagram", prepare: inThePartition, act: diagram, main: true },
  { name: "diagram-hostile", panel: "diagram", prepare: hostile, act: diagram },
  { name: "diagram-long", panel: "diagram", prepare: long, act: diagram },
  { name: "diagram-empty", panel: "diagram", prepare: nothing, act: empty, silent: true },
  { name: "history-partition", panel: "history", prepare: bit, act: history, main: true },
  { name: "history-hostile", panel: "history", prepare: hostile, act: history },
  { name: "history-empty", panel: "history", prepare: nothing, act: empty, silent: true },
  { name: "compare-seeds", panel: "compare", prepare: twoSeeds, act: compare, main: true },
  {
    name: "lecture",
    panel: "cluster",
    prepare: inThePartition,
    act: async (page) => {
      await cluster(page);
      await page.keyboard.press("l");
      await page.waitForSelector(".lecture-words");
    },
    main: true,
  },
];
