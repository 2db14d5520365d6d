import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RunSource } from "../../protocol/exports.js";
import { ScenarioRun } from "../../scenario/run.js";
import { findRunnable } from "../runnable.js";
import { reportOf } from "./report.js";

function report(text: string, title: string, change: Partial<RunSource> = {}): string {
  const found = findRunnable(text, title);
  if (typeof found === "string") throw new Error(found);
  const run = new ScenarioRun(found, text);
  const { verdict, steps, violations } = run.finish();
  const { recording } = run;
  const source: RunSource = {
    kind: "run",
    title,
    file: "scenario.raftlab",
    text,
    scenario: title,
    seed: run.seed,
    settings: [],
    live: null,
    state: { kind: "finished", verdict },
    events: recording.log.count,
    traceHash: recording.log.hash,
    cursor: null,
    ...change,
  };
  return reportOf({ source, recording, steps, violations });
}

const FIRST_ELECTION = "samples/1-elections/first-election.raftlab";

describe("a report", () => {
  it("tells a sample's run whole", async () => {
    const text = readFileSync(FIRST_ELECTION, "utf8");
    const title = /scenario "([^"]+)"/.exec(text)?.[1] ?? "";
    await expect(report(text, title)).toMatchFileSnapshot("fixtures/first-election.md");
  });

  it("tells what failed, why, and shows the messages around it", () => {
    const text = `cluster { nodes s1..s3; clients alice }
scenario "fails" {
  await leader within 2s
  alice put color "red"
  alice get color => "blue"
}
`;
    const told = report(text, "fails");
    expect(told).toContain("| Result | **fail** |");
    expect(told).toMatch(/\| 5 \| [\d.]+ ms \| `alice get color => "blue"` \| \*\*FAILED\*\* \|/);
    expect(told).toContain("## Steps that failed\n\n### Line 5");
    expect(told).toMatch(/\n1\. .*\n2\. because /);
    expect(told).toContain("Around the step that failed: from ");
    expect(told).toContain("```mermaid\nsequenceDiagram\n");
    expect(told).toContain("| `color` | `red` |");
  });

  it("lets a hostile scenario be no more than text", () => {
    const hostile = "</details>```\n# <script>alert(1)</script> | [x](javascript:y)";
    const quoted = JSON.stringify(hostile);
    const text = `cluster { nodes s1..s3; clients alice }
scenario "x \`\`\`\`mermaid <b>" {
  await leader within 2s
  alice put ${quoted} ${quoted}
  note ${quoted}
  alice get ${quoted} => "other"
}
`;
    const told = report(text, "x ````mermaid <b>");
    // What stands outside of fences and code has no HTML and no link in it.
    const outside = told
      .replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, "")
      .replace(/\\[\\`]/g, "")
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/<|(?<!\\)\]\(/);
    expect(told).toContain("# x \\`\\`\\`\\`mermaid &lt;b&gt;");
  });

  it("stays bounded for a long run", () => {
    const text = `cluster { nodes s1..s3; clients alice }
scenario "long" {
  await leader within 2s
  workload load for 10s { clients 4; keys k1..k4; rate 120/s; mix put 50% get 50% }
}
`;
    const told = report(text, "long");
    expect(told.length).toBeLessThan(200_000);
    expect(told).toMatch(/… [\d,]+ lines left out …/);
    expect(told).toMatch(/[\d,]+ more are left out\./);
  });

  it("tells of settings in the line that runs it again", () => {
    const text = readFileSync(FIRST_ELECTION, "utf8");
    const title = /scenario "([^"]+)"/.exec(text)?.[1] ?? "";
    expect(report(text, title, { settings: ["heartbeat 20ms"] })).toContain("--set heartbeat=20ms");
  });
});
