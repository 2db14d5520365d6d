/** Builds the webviews for their tests, exactly as they ship, into a folder of their own. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { mediaPlugins } from "../../scripts/build-media.mjs";
import { writePanelMessages } from "../../scripts/lib/messages.mjs";
import { PANELS } from "../../server/src/protocol/webview.js";
import { bundle } from "./page.js";

const root = path.resolve(import.meta.dirname, "../..");
const sizesFile = path.join(bundle, "sizes.json");

/** Bytes by file of the panels, which {@link buildPanelsAnew} has built for all tests. */
export async function buildPanels(): Promise<ReadonlyMap<string, number>> {
  const sizes: unknown = JSON.parse(await readFile(sizesFile, "utf8"));
  return new Map(Object.entries(sizes ?? {}).map(([file, bytes]) => [file, Number(bytes)]));
}

/** Bundles the panels, once for all test files. */
export async function buildPanelsAnew(): Promise<void> {
  await rm(bundle, { recursive: true, force: true });
  await mkdir(bundle, { recursive: true });
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(PANELS.map((panel) => [panel, `media/${panel}/main.ts`])),
    outdir: bundle,
    bundle: true,
    minify: true,
    metafile: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    legalComments: "none",
    charset: "utf8",
    plugins: mediaPlugins(),
  });
  const codicons = path.join(root, "node_modules/@vscode/codicons/dist");
  for (const file of ["codicon.css", "codicon.ttf"]) await cp(path.join(codicons, file), path.join(bundle, file));
  await writePanelMessages(bundle);
  const sizes = Object.entries(result.metafile.outputs).map(
    ([file, { bytes }]) => [path.basename(file), bytes] as const,
  );
  await writeFile(sizesFile, JSON.stringify(Object.fromEntries(sizes)));
}
