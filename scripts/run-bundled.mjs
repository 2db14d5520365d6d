// Bundles a TypeScript program of the tests and runs it: node scripts/run-bundled.mjs test/soak/main.ts [ARGUMENTS…]
//
// Arguments for Node itself go before the file: node scripts/run-bundled.mjs --cpu-prof test/bench/main.ts
import { rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root, tryRun } from "./lib/setup.mjs";

const words = process.argv.slice(2);
const place = words.findIndex((word) => !word.startsWith("-"));
const file = words[place];
if (file === undefined) {
  console.error("which file?");
  process.exit(2);
}
const outfile = path.join(root, "dist-test", `${path.basename(path.dirname(file))}-${process.pid}.mjs`);
await build({
  entryPoints: [path.join(root, file)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  // Packages in CommonJS ask for Node's own modules this way.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  logLevel: "warning",
});
const status = tryRun(process.execPath, [...words.slice(0, place), outfile, ...words.slice(place + 1)]);
rmSync(outfile, { force: true });
process.exit(status);
