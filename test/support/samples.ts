import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { scenariosOf, type TextedScenario } from "./scenarios.js";

/** The folder that ships with the extension. Tests run in the repository's root; others name it in `RAFTLAB_SAMPLES`. */
const FOLDER = process.env["RAFTLAB_SAMPLES"] ?? path.resolve("samples");

/** A sample file. */
export interface Sample {
  /** As in `1-elections/first-election`. */
  readonly name: string;
  readonly text: string;
  readonly scenarios: readonly TextedScenario[];
}

/** All samples, by the number of their folder and then by name. */
export function samples(): readonly Sample[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".raftlab"))
    .map((file) => file.split(path.sep).join("/"))
    .sort()
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => {
      const text = readFileSync(path.join(FOLDER, file), "utf8");
      return { name: file.replace(/[.]raftlab$/, ""), text, scenarios: scenariosOf(text) };
    });
}
