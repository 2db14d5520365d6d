import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageExtension } from "../../scripts/package.mjs";
import { defaultVersion, nodeOf, vscodeOf } from "../rig/versions.mjs";
import { openWorkbench } from "../rig/workbench.mjs";

const version = defaultVersion();
let folder: string;
let vsix: string;
let installed: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "raftlab-package-"));
  vsix = await packageExtension({ to: folder });
  const extensions = path.join(folder, "extensions");
  const main = path.join(vscodeOf(version), "out/server-main.js");
  const data = ["--extensions-dir", extensions, "--server-data-dir", path.join(folder, "data")];
  const { stdout, stderr } = spawnSync(nodeOf(version), [main, "--install-extension", vsix, ...data], {
    encoding: "utf8",
  });
  const name = readdirSync(extensions).find((entry) => entry.startsWith("raftlab.raftlab-"));
  if (name === undefined) throw new Error(`not installed: ${stdout}${stderr}`);
  installed = path.join(extensions, name);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("holds what ships and nothing else", () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
  const allowed = [
    /^(package([.]nls([.][a-z-]+)?)?[.]json|readme[.]md|changelog[.]md|(LICENSE|THIRD-PARTY-NOTICES)[.]txt)$/i,
    /^[.]vsixmanifest$/,
    /^dist\/(extension|server|worker|cli|browser|web-[a-z]+)[.]js$/,
    /^dist\/player([.]html|[.][a-z-]+[.]json)$/,
    /^dist\/media\/[^/]+[.](js|css|ttf|svg)$/,
    /^dist\/media\/messages[.][a-z-]+[.]json$/,
    /^dist\/media\/chunks\/[^/]+[.]js$/,
    /^media\/[^.]+[.](png|svg|tmLanguage[.]json|json)$/,
    /^media\/templates\/[a-z-]+[.]raftlab$/,
    /^samples\/(.+[.]raftlab|README[.]md)$/,
    /^l10n\/bundle[.]l10n([.][a-z-]+)?[.]json$/,
    /^docs\/language[.]md$/,
    /^docs\/(zh-cn\/)?diagnostics\/(RL\d{4}|README)[.]md$/,
  ];
  expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  expect(files).toContain("dist/extension.js");
  for (const file of ["templates/election.raftlab", "walkthrough/scenario.svg", "snippets/raftlab.json"]) {
    expect(files).toContain(`media/${file}`);
  }
});

it("stays below 3 MiB", () => {
  expect(statSync(vsix).size).toBeLessThan(3 * 1024 * 1024);
});

it("activates from where it was installed", async () => {
  const workbench = await openWorkbench({ extension: installed, samples: false });
  try {
    const active = await workbench.evaluate(async (vscode) => {
      const extension = vscode.extensions.getExtension("raftlab.raftlab");
      await extension?.activate();
      return extension?.isActive;
    });
    expect(active).toBe(true);
  } finally {
    await workbench.close();
  }
});
