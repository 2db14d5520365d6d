import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ScenarioRun } from "../../server/src/scenario/run.js";
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";

const all = samples().flatMap(({ name, scenarios }) =>
  scenarios.map((scenario) => ({ name, title: scenario.scenario.title, scenario })),
);

describe("a sample gives the same run", () => {
  let hashes: ReadonlyMap<string, string> = new Map();
  const folder = mkdtempSync(path.join(tmpdir(), "raftlab-hashes-"));

  beforeAll(async () => {
    const outfile = path.join(folder, "hashes.mjs");
    const entry = path.resolve("test/determinism/hashes.ts");
    // Packages that are CommonJS ask for Node's own modules.
    const banner = {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    };
    const how = { bundle: true, platform: "node", format: "esm", logLevel: "error" } as const;
    await build({ entryPoints: [entry], outfile, banner, ...how });
    const env = { ...process.env, RAFTLAB_SAMPLES: path.resolve("samples") };
    const printed = execFileSync(process.execPath, [outfile], { encoding: "utf8", env });
    hashes = new Map(
      printed
        .trim()
        .split("\n")
        .map((line) => [line.slice(17), line.slice(0, 16)]),
    );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(all)("$name: $title, twice, in slices, and in another process", ({ name, title, scenario }) => {
    const first = finished(scenario);
    const { hash, count } = first.recording.log;
    expect(finished(scenario).recording.log.hash).toBe(hash);
    for (const slice of [1, 7, 1000]) {
      const run = new ScenarioRun(scenario.scenario, scenario.text);
      while (!run.advance(slice));
      expect([slice, run.recording.log.hash, run.recording.log.count]).toEqual([slice, hash, count]);
      expect(run.report?.steps).toEqual(first.report?.steps);
    }
    expect(hashes.get(`${name} ${title}`)).toBe(hash);
  });
});
