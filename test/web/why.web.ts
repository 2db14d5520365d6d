/** Questions and answers in the cluster panel, with the real lab behind it. */
import { expect, test } from "vitest";
import { axeFindings } from "./axe.js";
import { openPanel } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

useRig();
useLab();

const FILE = { file: "1-elections/five-with-three-down.raftlab" };

test("no leader: the question stands in the head, the answer leads on and back, and says what its sections mean", async () => {
  await host.run(FILE, "three of five down");
  await host.goTo(/asks whether it could win term 2/);
  const { page, trouble, shot } = await openPanel(rig, host, { panel: "cluster" });
  await page.click(".ask-leader");
  await page.waitForSelector(".why h3:text-is('Why is there no leader?')");
  await page.waitForSelector(".why-headline:has-text('2 of 5 voters are up')");
  await shot("why-no-leader", { full: true });
  await page.locator(".why .paper-tag summary").first().click();
  await page.waitForSelector(".paper-tag[open] .paper-rule:has-text('Leader election')");
  await page.click(".why .question:has-text('Why is s3 down?')");
  await page.waitForSelector(".why h3:text-is('Why is s3 down?')");
  await page.waitForSelector(".cause:has-text('s3 crashes')");
  await page.getByRole("button", { name: "Back to the question before" }).click();
  await page.waitForSelector(".why h3:text-is('Why is there no leader?')");
  await page.getByRole("button", { name: "Forward to the question after" }).click();
  await page.waitForSelector(".why h3:text-is('Why is s3 down?')");
  await page.keyboard.press("Backspace");
  await page.waitForSelector(".why h3:text-is('Why is there no leader?')");
  expect(await axeFindings(page)).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the list is walked by keys, a link moves the cursor, the text is copied, W asks about what is picked", async () => {
  await host.run(FILE, "three of five down");
  await host.goTo(/asks whether it could win term 2/);
  const { page, shot } = await openPanel(rig, host, { panel: "cluster", width: 360, theme: "light" });
  await page.click("[data-server=s2]");
  await page.keyboard.press("w");
  await page.waitForSelector(".why h3:has-text('Why is s2')");
  await page.waitForSelector(".why [data-why-step]");
  await page.locator(".why .causes [data-why-step]").first().focus();
  await page.keyboard.press("ArrowDown");
  const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
  expect(focused).toContain("because");
  const because = await page.evaluate(() => document.activeElement?.getAttribute("title") ?? "");
  const eventId = Number(/^Move the cursor to event (\d+)$/.exec(because)?.[1]);
  const { event } = await host.clusterAt(eventId);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.textContent(".words-title")).toBe(event?.title);
  await expect.poll(() => host.session?.cursor).toBe(eventId);
  await page.click(".why .link:has-text('Copy as text')");
  await expect
    .poll(() => host.told.some((message) => message.kind === "copy" && message.text.startsWith("Why is s2")))
    .toBe(true);
  await shot("why-narrow", { full: true });
  await page.context().close();
});

test("high contrast: a chain of causes", async () => {
  await host.run({ file: "1-elections/re-election.raftlab" }, "the old leader comes back and follows");
  const { page, shot } = await openPanel(rig, host, { panel: "cluster", theme: "hc" });
  await page.waitForSelector("[data-server=s2]");
  await page.click("[data-server=s2]");
  await page.click(".question:has-text('committed everything')");
  await page.waitForSelector(".why .mechanics");
  await shot("why-contrast", { full: true });
  await page.context().close();
});
