/** The page that `raftlab verify --html` writes, in a browser: it shows what it should, runs nothing, and axe finds nothing. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { historyPage, PAGE_STYLE } from "../../server/src/check/histories/page.js";
import { readHistory } from "../../server/src/check/histories/read.js";
import { verifyHistory } from "../../server/src/check/histories/verify.js";
import { axeFindings } from "./axe.js";
import { rig, useRig } from "./stage.js";

const HOSTILE = `</title></style><script>document.title = "broken"</script><img src=x onerror="document.title = 'broken'">`;

useRig();

function page(): string {
  const operations = [
    { client: "a", op: "write", key: HOSTILE, value: HOSTILE, call: 1, return: 5 },
    { client: HOSTILE, op: "read", key: HOSTILE, call: 6, return: 7, response: null },
    { client: "b", op: "write", key: "k", value: "1", call: 2, return: null },
    { client: "c", op: "read", key: "k", call: 3, return: 8, response: "1" },
  ];
  const read = readHistory(JSON.stringify({ format: "raftlab-history/1", model: "kv", operations }));
  if (read.kind !== "history") throw new Error("no history");
  const styleHash = `sha256-${createHash("sha256").update(PAGE_STYLE).digest("base64")}`;
  return historyPage(read.history, verifyHistory(read.history, { budget: 10_000 }), { title: HOSTILE, styleHash });
}

test.each([
  ["light", 600],
  ["light", 1400],
  ["dark", 600],
  ["dark", 1400],
] as const)("%s, %i pixels wide", async (colorScheme, width) => {
  const context = await rig.browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const view = await context.newPage();
  const trouble: string[] = [];
  view.on("console", (message) => trouble.push(message.text()));
  await view.setContent(page());
  expect(await view.title()).toContain("not linearizable");
  const background = await view.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(15, 20, 25)");
  expect(await view.evaluate(() => document.querySelectorAll("script, img").length)).toBe(0);
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await view.evaluate(over)).toBeLessThanOrEqual(0);
  // What is wider than the window is reached with the keyboard.
  await view.keyboard.press("Tab");
  expect(await view.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("region");
  expect(trouble).toEqual([]);
  expect(await axeFindings(view)).toEqual([]);
  await context.close();
});
