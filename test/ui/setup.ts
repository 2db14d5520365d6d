import { afterEach } from "vitest";
import { openWindows } from "../rig/workbench.mjs";

// A picture of every open window when a test has failed, in test/out/, named after the test.
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const name = task.name.replace(/[^\p{L}\p{N}]+/gu, "-");
  let number = 0;
  for (const window of openWindows) await window.screenshot(`failed-${name}-${number++}`).catch(() => undefined);
});
