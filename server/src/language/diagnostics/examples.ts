/** Frames for the examples of the diagnostics, so that each shows only its own lines. */

/** A file with a three-node cluster and a scenario of the given steps. */
export function steps(...lines: readonly string[]): string {
  return scenarioOn("nodes s1..s3", ...lines);
}

/** A file with a five-node cluster and a scenario of the given steps. */
export function fiveNodes(...lines: readonly string[]): string {
  return scenarioOn("nodes s1..s5", ...lines);
}

/** A file whose cluster has one line of settings (use `;` for several) and a scenario of the given steps. */
export function scenarioOn(settings: string, ...lines: readonly string[]): string {
  return `cluster { ${settings} }\n\nscenario "example" {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** A file that is a cluster with these settings and a scenario that waits for a leader. */
export function settings(...lines: readonly string[]): string {
  return `cluster {\n${lines.map((line) => `  ${line}\n`).join("")}}\n\nscenario "example" {\n  await leader\n}\n`;
}
