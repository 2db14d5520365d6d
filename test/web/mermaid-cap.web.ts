/** How long mermaid draws as many rows as it is ever given: processor time of the page's own thread, since others are at work on the machine. */
import path from "node:path";
import * as esbuild from "esbuild";
import type { CDPSession } from "playwright-core";
import { expect, test } from "vitest";
import { mediaPlugins } from "../../scripts/build-media.mjs";
import { MOST_MERMAID_ROWS } from "../../server/src/protocol/diagram-rows.js";
import { diagramOf } from "../../server/src/trace/diagram.js";
import { launchBrowser } from "../rig/browser.mjs";
import { churn } from "../trace/runs.js";

const BUDGET_MS = 500;
const root = path.resolve(import.meta.dirname, "../..");

/** The panel's own way to draw, as `drawing.drawMermaid` of a page. */
async function drawer(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["media/diagram/mermaid.ts"],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "drawing",
    target: "es2022",
    plugins: mediaPlugins(),
  });
  return outputFiles[0]?.text ?? "";
}

async function taskMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
}

test(`mermaid draws its ${MOST_MERMAID_ROWS} rows at the most in ${BUDGET_MS} ms`, { timeout: 180_000 }, async () => {
  const servers = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];
  const { recording } = churn(11, 12_000, { servers });
  const textOf = (rows: number): string => {
    const diagram = diagramOf(recording, { kind: "events", from: 0, to: recording.log.count }, {}, rows);
    expect(diagram.rows).toHaveLength(rows);
    return diagram.mermaid;
  };
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await drawer() });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const draw = async (rows: number): Promise<number> => {
      const text = textOf(rows);
      const before = await taskMs(devtools);
      const drawn = await page.evaluate(`drawing.drawMermaid(${JSON.stringify(text)}).then(({ svg }) => {
        document.body.replaceChildren(svg);
        return svg.querySelectorAll(".messageText, .note").length;
      })`);
      const took = (await taskMs(devtools)) - before;
      expect(drawn).toBe(rows);
      return took;
    };
    await draw(50);
    const least = async (rows: number): Promise<number> =>
      Math.min(await draw(rows), await draw(rows), await draw(rows));
    for (const rows of [100, 200, MOST_MERMAID_ROWS, 2 * MOST_MERMAID_ROWS])
      process.stdout.write(`mermaid, ${rows} rows: ${Math.round(await least(rows))} ms\n`);
    expect(await least(MOST_MERMAID_ROWS)).toBeLessThan(BUDGET_MS);
  } finally {
    await browser.close();
  }
});
