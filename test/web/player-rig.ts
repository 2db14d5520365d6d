/** Opens an exported run as its reader does: a file, in a browser without a network. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Frame, Page } from "playwright-core";
import { playerTemplate } from "../../scripts/lib/player.mjs";
import { findRunnable } from "../../server/src/lab/runnable.js";
import type { RunSource } from "../../server/src/protocol/exports.js";
import { ENGLISH_PLAYER, type PlayerTranslation, playerHtml } from "../../server/src/protocol/player-file.js";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { launchBrowser } from "../rig/browser.mjs";

/** How a reader's browser is set. */
export interface Reader {
  readonly colorScheme?: "light" | "dark";
  readonly forcedColors?: "active" | "none";
  readonly width?: number;
  readonly height?: number;
  readonly translation?: PlayerTranslation;
  /** The address's part behind the file. */
  readonly hash?: string;
}

/** An open file. */
export interface OpenPlayer {
  readonly page: Page;
  /** Errors, requests and violations of the policy seen so far. */
  readonly trouble: string[];
  /** Bytes of the file. */
  readonly size: number;
  /** The frame of a panel. */
  panel(name: keyof typeof TITLES): Promise<Frame>;
  close(): Promise<void>;
}

const TITLES = { cluster: "Cluster", diagram: "Messages", history: "Client history" } as const;

/** A browser, the player's page, and a folder for files. */
export class PlayerRig {
  readonly #browser: Browser;
  readonly #template: string;
  readonly #folder: string;

  private constructor(browser: Browser, template: string, folder: string) {
    this.#browser = browser;
    this.#template = template;
    this.#folder = folder;
  }

  static async start(): Promise<PlayerRig> {
    const browser = await launchBrowser();
    return new PlayerRig(browser, await playerTemplate(), await mkdtemp(path.join(tmpdir(), "raftlab-player-")));
  }

  /** Writes a run's file and opens it. */
  async open(source: RunSource, reader: Reader = {}): Promise<OpenPlayer> {
    const html = playerHtml(this.#template, source, reader.translation ?? ENGLISH_PLAYER);
    const file = path.join(this.#folder, "run.html");
    await writeFile(file, html);
    const context = await this.#browser.newContext({
      offline: true,
      viewport: { width: reader.width ?? 1400, height: reader.height ?? 900 },
      colorScheme: reader.colorScheme ?? "dark",
      forcedColors: reader.forcedColors ?? "none",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const trouble: string[] = [];
    page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/i.test(message.text())) trouble.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      if (url !== address && !/^(?:data|blob|about):/.test(url)) trouble.push(`request: ${url}`);
    });
    const address = pathToFileURL(file).href;
    await page.goto(`${address}${reader.hash ?? ""}`);
    return {
      page,
      trouble,
      size: Buffer.byteLength(html),
      panel: async (name) => {
        const element = await page.waitForSelector(`iframe[title="${TITLES[name]}"]`);
        const frame = await element.contentFrame();
        if (frame === null) throw new Error(`the ${name} panel has no frame`);
        return frame;
      },
      close: async () => context.close(),
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a scenario of a text to its end; its source, and the run. */
export function played(
  text: string,
  title: string,
  file = "scenario.raftlab",
): { readonly source: RunSource; readonly run: ScenarioRun } {
  const found = findRunnable(text, title);
  if (typeof found === "string") throw new Error(found);
  const run = new ScenarioRun(found, text);
  const { verdict } = run.finish();
  const { log } = run.recording;
  const source: RunSource = {
    kind: "run",
    title,
    file,
    text,
    scenario: title,
    seed: run.seed,
    settings: [],
    live: null,
    state: { kind: "finished", verdict },
    events: log.count,
    traceHash: log.hash,
    cursor: null,
  };
  return { source, run };
}
