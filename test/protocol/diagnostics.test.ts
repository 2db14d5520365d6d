import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeAction, CodeLens, Diagnostic, InlayHint } from "vscode-languageserver/node";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import type { StepOutcome, ViolationInfo } from "../../server/src/protocol/session.js";
import { Editor } from "./editor.js";
import { FakeLab, resultOf, sessionOf } from "./fake-lab.js";
import { applied, find, textAt } from "./text.js";

const URI = "file:///lab/first.raftlab";
const TITLE = "a committed write survives its leader";
const MISSPELT = FIRST_FILE.replace("crash old", "crash s9");

function step(line: number, patch: Partial<StepOutcome> = {}): StepOutcome {
  return { line, timeUs: 412_000, eventId: 90, ok: true, result: "ok", ...patch };
}

describe("diagnostics", () => {
  let editor: Editor;
  let lab: FakeLab;

  beforeEach(async () => {
    lab = new FakeLab();
    editor = await Editor.open(lab.host());
  });

  afterEach(() => editor.close());

  const actions = (range: Diagnostic["range"], diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> =>
    editor.ask("textDocument/codeAction", URI, { range, context: { diagnostics } });

  test("the first example has none", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    expect(await editor.diagnostics(URI)).toEqual([]);
  });

  test("a misspelt node: code, page, place, and a quick fix that mends it", async () => {
    await editor.openDocument(URI, MISSPELT);
    const found = await editor.diagnostics(URI);
    expect(found).toHaveLength(1);
    const [diagnostic] = found;
    if (diagnostic === undefined) throw new Error("no diagnostic");
    expect(textAt(MISSPELT, diagnostic.range)).toBe("s9");
    expect(diagnostic.code).toMatch(/^RL1\d{3}$/);
    expect(diagnostic.codeDescription?.href).toBe(`https://docs.test/${diagnostic.code}`);
    const [fix] = await actions(diagnostic.range, found);
    expect(fix?.diagnostics).toEqual([diagnostic]);
    expect(fix?.isPreferred).toBe(true);
    const mended = applied(MISSPELT, fix?.edit?.changes?.[URI] ?? []);
    const version = await editor.change(URI, { text: mended });
    expect(await editor.diagnostics(URI, version)).toEqual([]);
  });

  test("each edit is answered with the diagnostics of its version, a burst of edits once", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    await editor.diagnostics(URI);
    const before = editor.published.length;
    const at = find(FIRST_FILE, "crash old", 1, 9);
    for (const letter of ["x", "y", "z"]) await editor.type(URI, at, letter);
    const found = await editor.diagnostics(URI, 4);
    expect(found.map((d) => d.message).join()).toContain("oldzyx");
    expect(editor.published.length).toBe(before + 1);
  });

  test("a binary file and a file that is too large draw one diagnostic and nothing else", async () => {
    await editor.openDocument(URI, "scenario\0\u0001\0");
    expect((await editor.diagnostics(URI)).map((d) => d.message)).toEqual([
      "This is a binary file, not a scenario: it contains zero characters.",
    ]);
    await editor.change(URI, { text: `${FIRST_FILE}#${"x".repeat(6 * 1024 * 1024)}` });
    expect((await editor.diagnostics(URI)).map((d) => d.message)).toEqual([
      "This file is too large for a scenario (6 MB; the limit is 5 MB). Split it into several files.",
    ]);
    expect(await editor.ask("textDocument/hover", URI, { position: find(FIRST_FILE, "crash") })).toBeNull();
    expect(await editor.ask("textDocument/codeLens", URI)).toBeNull();
    await editor.change(URI, { text: FIRST_FILE });
    expect(await editor.diagnostics(URI)).toEqual([]);
  });

  test("closing clears", async () => {
    await editor.openDocument(URI, MISSPELT);
    await editor.diagnostics(URI);
    await editor.closeDocument(URI);
    await editor.until(() => (editor.published.at(-1)?.diagnostics.length === 0 ? true : undefined));
  });

  describe("after a run", () => {
    const failed = step(17, { ok: false, eventId: 321, result: "expected leader != s3, but the leader is s3" });
    const violation: ViolationInfo = {
      property: "election-safety",
      eventId: 400,
      timeUs: 500_000,
      line: 16,
      message: "s1 and s2 are both leader of term 3",
      why: ["s3 voted twice in term 3"],
      expected: false,
    };

    const run = async (steps: readonly StepOutcome[], violations: readonly ViolationInfo[] = []): Promise<void> => {
      lab.play = async (source, scenario) =>
        resultOf(sessionOf(source.uri, scenario), { verdict: "fail", steps, violations });
      await editor.client.sendRequest("raftlab/run", { uri: URI, scenario: TITLE });
      await editor.until(() => editor.notifications.find((n) => n.method === "raftlab/runEnded"));
    };

    /** The next diagnostics that satisfy the test. */
    const published = (test: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> =>
      editor.until(() => {
        const last = editor.published.at(-1)?.diagnostics;
        return last !== undefined && test(last) ? last : undefined;
      });

    beforeEach(async () => {
      await editor.openDocument(URI, FIRST_FILE);
      await editor.diagnostics(URI);
    });

    test("failed steps and violations stand on their lines, with a way to ask why", async () => {
      await run([step(12), failed], [violation, { ...violation, expected: true }]);
      const found = await published((all) => all.length === 2);
      expect(found.map((d) => [textAt(FIRST_FILE, d.range), d.code, d.message])).toEqual([
        [
          "expect leader != old",
          "RL4101",
          "expected leader != s3, but the leader is s3 (at 412 ms of the last run, seed 7)",
        ],
        [
          "await leader within 2s",
          "RL4102",
          "election-safety broken: s1 and s2 are both leader of term 3 (at 500 ms of the last run, seed 7)\n  because s3 voted twice in term 3",
        ],
      ]);
      const [first] = found;
      if (first === undefined) throw new Error("no diagnostic");
      const [why] = await actions(first.range, [first]);
      expect(why?.command).toEqual({
        title: "Show why this happened",
        command: "raftlab.showWhy",
        arguments: [{ sessionId: "run-1", eventId: 321 }],
      });
    });

    test("the reason of a failure is in its message, the step that led to it is related information", async () => {
      const link = (id: number, line: number | null, title: string) => {
        return {
          id,
          timeUs: 0,
          category: "step" as const,
          at: null,
          title,
          reason: id === 300 ? "3 of 5 votes (§5.2)" : null,
          cause: null,
          line,
          fields: [],
          relation: "cause" as const,
          text: title,
          because: id === 300 ? "3 of 5 votes" : null,
          sections: id === 300 ? ["§5.2"] : [],
          mechanics: null,
          steps: [],
        };
      };
      const links = [link(321, 17, "failed"), link(300, null, "s3 becomes leader"), link(200, 15, "s3 crashes")];
      const plain = {
        question: "",
        holds: true,
        headline: "",
        sections: [],
        truncated: false,
        waits: [],
        questions: [],
      };
      lab.overrides = { why: async ({ eventId }) => ({ ok: true, why: { ...plain, eventId, links } }) };
      await run([failed]);
      const [found] = await published((all) => all[0]?.relatedInformation !== undefined);
      expect(found?.relatedInformation?.map((r) => [textAt(FIRST_FILE, r.location.range), r.message])).toEqual([
        ["crash old", "because of this: s3 crashes"],
      ]);
      expect(found?.message).toBe(
        "expected leader != s3, but the leader is s3 (at 412 ms of the last run, seed 7)\n  because 3 of 5 votes (§5.2)",
      );
    });

    test("they move with their line while comments come and go, and leave when a step changes", async () => {
      await run([failed]);
      await published((all) => all.length === 1);
      await editor.type(URI, find(FIRST_FILE, "  await leader"), "\n  # a comment, and a blank line\n");
      const moved = await published((all) => all[0]?.range.start.line === 18);
      expect(moved[0]?.range.start.character).toBe(2);
      await editor.change(URI, { text: FIRST_FILE.replace("crash old", "crash old for 1s") });
      await published((all) => all.length === 0);
      await editor.change(URI, { text: FIRST_FILE });
      await published((all) => all.length === 1);
      await editor.change(URI, { text: FIRST_FILE.replace("heartbeat 50ms", "heartbeat 40ms") });
      await published((all) => all.length === 0);
    });

    test("a step that fails again and again in the same words is reported once", async () => {
      await run([failed, { ...failed, timeUs: 900_000 }]);
      expect(await published((all) => all.length > 0)).toHaveLength(1);
    });

    test("lenses show the verdict, and that it is old once the text has changed", async () => {
      await run([failed]);
      const titles = async (): Promise<string[]> =>
        (await editor.ask<CodeLens[]>("textDocument/codeLens", URI)).map((lens) => lens.command?.title ?? "");
      expect(await titles()).toEqual([
        "$(play) Run",
        "$(type-hierarchy) Diagram",
        "$(broadcast) Live",
        "$(error) fail in line 17 · 1.23 s · 4,321 events · 01234567",
      ]);
      expect(editor.refreshes).toContain("workspace/codeLens/refresh");
      await editor.change(URI, { text: FIRST_FILE.replace("crash old", "pause old") });
      expect((await titles()).at(-1)).toBe("$(history) fail before the last edit");
    });

    test("inlay hints say what each step gave and when", async () => {
      await run([step(12, { result: "leader s3, term 2" }), failed, step(14), step(14, { timeUs: 800_000 })]);
      const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
      const hints = await editor.ask<InlayHint[]>("textDocument/inlayHint", URI, { range });
      expect(hints.map((hint) => [hint.position.line + 1, hint.label])).toEqual([
        [12, "→ leader s3, term 2, at 412 ms"],
        [17, "✗ expected leader != s3, but the leader is s3, at 412 ms"],
        [14, "→ ok, 2 times, last at 800 ms"],
      ]);
    });

    test("hover says what happened here", async () => {
      await run([step(12, { result: "leader s3, term 2" })]);
      const hover = await editor.ask<{ contents: { value: string } }>("textDocument/hover", URI, {
        position: find(FIRST_FILE, "await leader", 1, 1),
      });
      const { value } = hover.contents;
      expect(value).toContain(
        "Last run (seed 7): leader s3, term 2 — [at 412 ms, event 90](command:raftlab.goToEvent?",
      );
      expect(value).toContain("[why?](command:raftlab.showWhy?");
    });

    test("hover on a step that failed says what was expected and what was", async () => {
      await run([failed]);
      const hover = await editor.ask<{ contents: { value: string } }>("textDocument/hover", URI, {
        position: find(FIRST_FILE, "expect leader", 1, 1),
      });
      const { value } = hover.contents;
      expect(value).toContain("Last run (seed 7): **failed** [at ");
      expect(value).toContain("- expected: `expect leader != old`");
      expect(value).toContain("- actual: expected leader \\!= s3, but the leader is s3");
    });

    test("hover on a key says what it is at the cursor and what wrote it", async () => {
      const asked: unknown[] = [];
      lab.overrides = {
        keyHistory: async (params) => {
          asked.push(params);
          return {
            ok: true,
            view: {
              server: "s3",
              key: "color",
              revision: 7,
              compactRevision: -1,
              live: true,
              more: true,
              revisions: [
                {
                  type: "put",
                  revision: 6,
                  createRevision: 2,
                  version: 3,
                  value: "a `tick`\nand [a](link)",
                  moreCharacters: 0,
                  lease: "1f",
                  eventId: 900,
                  timeUs: 412_000,
                  line: 14,
                },
              ],
            },
          };
        },
      };
      await run([step(14)]);
      const hover = await editor.ask<{ contents: { value: string } }>("textDocument/hover", URI, {
        position: find(FIRST_FILE, "color", 1, 1),
      });
      expect(asked).toEqual([{ sessionId: "run-1", eventId: null, key: "color", limit: 5 }]);
      const link = encodeURIComponent(JSON.stringify([{ sessionId: "run-1", key: "color", revision: 6 }]));
      const value = '``"a `tick`\\nand [a](link)"``';
      expect(hover.contents.value).toContain(
        `\`color\` is ${value} at s3, revision 7, where the last run's cursor stands: create 2, mod 6, version 3, lease \`1f\``,
      );
      expect(hover.contents.value).toContain(
        `- [rev 6](command:raftlab.goToWriter?${link}) ${value}, at 412 ms, line 14\n- … older ones`,
      );
    });

    test("hover on a key waits for nobody: without the lab's answer it is what it was", async () => {
      lab.overrides = { keyHistory: () => new Promise(() => undefined) };
      await run([]);
      const position = find(FIRST_FILE, "color", 1, 1);
      expect(await editor.ask("textDocument/hover", URI, { position })).toBeNull();
    });
  });
});

describe("code lenses", () => {
  test("name a scenario as the program does, escapes and all", async () => {
    const editor = await Editor.open(new FakeLab().host());
    const text = 'cluster { nodes s1 }\nscenario "a \\"b\\" \\u{41}" {\n  await leader\n}\n';
    await editor.openDocument(URI, text);
    const [lens] = await editor.ask<CodeLens[]>("textDocument/codeLens", URI);
    expect(lens?.command?.arguments).toEqual([{ uri: URI, scenario: 'a "b" A' }]);
    const listed = await editor.client.sendRequest("raftlab/scenarios", { uri: URI });
    expect(listed).toMatchObject({ scenarios: [{ title: 'a "b" A' }] });
    await editor.close();
  });

  test("stay while the text is broken, follow their scenario, and go when it is gone", async () => {
    const editor = await Editor.open(new FakeLab().host());
    const text = `${FIRST_FILE}\nscenario "second" {\n  await leader\n}\n`;
    await editor.openDocument(URI, text);
    const places = async (): Promise<string[]> => {
      const lenses = await editor.ask<CodeLens[]>("textDocument/codeLens", URI);
      return lenses
        .filter((lens) => lens.command?.title.endsWith("Run") === true)
        .map((lens) => `${lens.range.start.line + 1} ${JSON.stringify(lens.command?.arguments?.[0])}`);
    };
    const whole = await places();
    expect(whole).toEqual([`10 {"uri":"${URI}","scenario":"${TITLE}"}`, `23 {"uri":"${URI}","scenario":"second"}`]);
    const all = await editor.ask<CodeLens[]>("textDocument/codeLens", URI);
    expect(all[0]?.command?.title).toBe("$(run-all) Run All");

    await editor.change(URI, { text: text.replace('scenario "second" {', 'scenario "second {') });
    expect(await places()).toEqual(whole);
    await editor.change(URI, { text: text.replace('scenario "second" {', "scenar") });
    expect(await places()).toEqual(whole);
    await editor.change(URI, { text: `# above\n${text.replace("crash old", "crash {old")}` });
    expect((await places()).map((place) => place.split(" ")[0])).toEqual(["11", "24"]);
    await editor.change(URI, { text: FIRST_FILE });
    expect(await places()).toEqual(whole.slice(0, 1));
    await editor.close();
  });
});
