// Draws media/icons/icon.png (128 x 128) from icon.svg with a Chromium. Usage: node scripts/icon.mjs

import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../test/rig/browser.mjs";

const icons = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../media/icons");
const svg = await readFile(path.join(icons, "icon.svg"), "utf8");
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
await page.screenshot({ path: path.join(icons, "icon.png"), omitBackground: true });
await browser.close();
