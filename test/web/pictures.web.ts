/** The cluster panel's pictures as files that stand alone. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { openPanel, type Rig, shots, startRig } from "./page.js";

interface Saved {
  readonly name: string;
  readonly text: string;
  readonly encoding?: "base64";
}

describe("pictures of the cluster panel", () => {
  let rig: Rig;
  let host: LabHost;
  beforeAll(async () => {
    await Promise.all([buildPanels(), buildLab()]);
    rig = await startRig();
    host = await LabHost.start();
  });
  afterAll(async () => {
    await rig?.close();
    await host?.dispose();
  });

  it("are saved as SVG and PNG in the theme's colours, and are all there", async () => {
    await host.run({ file: "3-replication/figure-8.raftlab" }, "without the rule a committed entry is lost");
    const panel = await openPanel(rig, host, { panel: "cluster", theme: "dark" });
    const { page } = panel;
    await page.locator(".ring").waitFor();
    await page.getByText("Save picture…").click();
    await panel.shot("pictures-buttons");
    const saved = async (title: string): Promise<Saved> => {
      const before = host.told.length;
      await page.locator(`vscode-button[title="${title}"]`).click();
      await expect.poll(() => host.told.slice(before).some(({ kind }) => kind === "save")).toBe(true);
      const message = host.told.slice(before).find(({ kind }) => kind === "save");
      if (message?.kind !== "save") throw new Error("nothing was saved");
      return message;
    };

    const svg = await saved("Save the servers as SVG");
    expect(svg.name).toBe("without the rule a committed entry is lost servers.svg");
    for (const text of ["s1", "s5", "leader", "term 5"]) expect(svg.text).toContain(text);
    // Nothing that only the panel's style sheet, or a newer viewer, would know.
    expect(/\sclass=|\sstyle=|var\(|color\(|color-mix|role="button"|<script/.exec(svg.text)?.[0]).toBeUndefined();
    writeFileSync(path.join(shots, "picture-servers.svg"), svg.text);

    for (const [title, name] of [
      ["Save the servers as PNG", "servers"],
      ["Save the timeline as PNG", "timeline"],
    ] as const) {
      const png = await saved(title);
      expect(png.encoding).toBe("base64");
      const bytes = Buffer.from(png.text, "base64");
      expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
      // Width and height stand in the file's first chunk: twice those of the drawing.
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(600);
      expect(bytes.readUInt32BE(20)).toBeGreaterThan(150);
      writeFileSync(path.join(shots, `picture-${name}.png`), bytes);
    }
    expect(panel.trouble).toEqual([]);
    await page.close();
  });
});
