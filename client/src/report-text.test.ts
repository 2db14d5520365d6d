import { describe, expect, it } from "vitest";
import { REPORT_LENGTH, type Report, redact, reportText } from "./report-text.js";

const REPORT: Report = {
  at: "2026-01-01T00:00:00.000Z",
  what: "raftlab/run",
  error: "Error: no such thing\n    at run (/home/ada/.vscode/extensions/raftlab/dist/server.js:1:2)",
  facts: { "Raft Lab": "0.1.0", "VS Code": "1.139.0" },
  settings: { "simulation.maxEvents": 20_000 },
  requests: ["raftlab/run"],
  sessions: [{ kind: "run", seed: 7, events: 12, textHash: "0123456789abcdef" }],
  log: ["lab started", 'raftlab/live/act {"step":"put password \\"hunter2\\""} failed'],
};
const PLACES = [["/home/ada/.vscode/extensions/raftlab", "extension"]] as const;

describe("a report", () => {
  it("says what is needed to find the cause", () => {
    const text = reportText(REPORT, PLACES);
    for (const part of [
      "- when: 2026-01-01T00:00:00.000Z",
      "- what: raftlab/run",
      "- VS Code: 1.139.0",
      "at run (<extension>/dist/server.js:1:2)",
      "- raftlab.simulation.maxEvents: 20000",
      "- run, seed 7, 12 events, text 0123456789abcdef",
      "lab started",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("has nothing of the person's own", () => {
    const text = reportText(
      {
        ...REPORT,
        log: [
          ...REPORT.log,
          "diagnostics of file:///home/ann/secret/plan.raftlab failed",
          "“my title” ended",
          "no key `treasure`",
        ],
      },
      [...PLACES, ["/home/ann/secret", "workspace"]],
    );
    expect(text).not.toMatch(/hunter2|ada|secret|plan|my title|treasure/);
    expect(text).toContain("file://<workspace>/….raftlab");
    expect(redact("C:\\Users\\ada\\x.js", [])).toBe("C:/Users/<user>/x.js");
  });

  it("stays small: the oldest lines of the log go first", () => {
    const log = Array.from({ length: 5000 }, (_, index) => `line ${index} ${"x".repeat(50)}`);
    const text = reportText({ ...REPORT, log }, PLACES);
    expect(text.length).toBeLessThan(REPORT_LENGTH + 200);
    expect(text).toContain("line 4999");
    expect(text).not.toContain("line 17 ");
    expect(reportText({ ...REPORT, error: "x".repeat(200_000) }, PLACES).length).toBeLessThan(REPORT_LENGTH + 200);
  });
});
