// A headless Chromium for the rig.
import { tmpdir } from "node:os";
import { chromium } from "playwright-core";
import { findChromium } from "./install.mjs";

/** Starts the browser. Close it when done. */
export async function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium found: run `npm test` once, or set RAFTLAB_CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    env: { ...process.env, HOME: tmpdir() },
  });
}
