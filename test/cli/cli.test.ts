import { copyFile, readFile, symlink, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../../server/src/cli/exit-codes.js";
import { Cli, stable } from "./cli.js";

const ELECTION = "samples/1-elections/first-election.raftlab";
const FIGURE_8 = "samples/3-replication/figure-8.raftlab";

const PASSING = `cluster {
  nodes s1..s3
  clients alice
}

scenario "passes" {
  await leader within 2s
  alice put color "red" => ok
}
`;
const FAILING = PASSING.replace('"passes"', '"fails"').replace(
  'alice put color "red" => ok',
  'alice get color => "blue"',
);

describe("the command line", () => {
  let cli: Cli;
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(cli.file(name), content);
    return cli.file(name);
  };

  beforeAll(async () => {
    cli = await Cli.build();
  });
  afterAll(async () => cli.remove());

  describe("run", () => {
    it("prints steps, verdict and a line that runs it again; 0 when all passed", async () => {
      const file = await write("passes.raftlab", PASSING);
      const { code, out, err } = await cli.run(["run", file, "--seed", "3"]);
      expect(err).toBe("");
      expect(code).toBe(0);
      const lines = stable(out).replaceAll(file, "FILE").split("\n");
      expect(lines[0]).toBe("FILE: passes");
      expect(lines[1]).toMatch(/^ {2}ok {5}7 {2}.* ms {2}await leader within 2s {2,}leader s\d, term 1$/);
      expect(lines[2]).toMatch(/^ {2}ok {5}8 {2}.* ms {2}alice put color "red" => ok {2,}ok/);
      expect(lines[3]).toMatch(/^ {2}pass {2}seed 3, [\d.]+ ms, … events, trace …$/);
      expect(lines[4]).toBe("  raftlab run FILE --scenario passes --seed 3");
      expect(out).not.toContain("\u001b");
      const again = await cli.run(["run", file, "--scenario", "passes", "--seed", "3"]);
      expect(again.out).toBe(out);
    });

    it("shows what failed: the line, what was expected, what was, and why; 1", async () => {
      const good = await write("passes.raftlab", PASSING);
      const bad = await write("fails.raftlab", FAILING);
      const { code, out } = await cli.run(["run", good, bad]);
      expect(code).toBe(1);
      expect(out).toMatch(/FAIL {3}8 .*alice get color => "blue" {2,}.*expected "blue", but got none/);
      expect(out).toMatch(/\n {10}because .*\[event \d+\]\n/);
      expect(out).toMatch(/\n1 passed, 1 failed\n$/);
    });

    it("draws what clients saw and no order explains, with what is behind it", async () => {
      const stale = await write(
        "stale.raftlab",
        `cluster { nodes s1..s3; clients alice bob; reads local; latency 1ms; fsync 1ms }
scenario "stale" {
  timeout s1
  await leader == s1 within 1s
  alice put color "red" => ok
  isolate s1
  await leader != s1 within 2s
  alice put color "blue" at leader => ok
  bob get color at s1 => "red"
}`,
      );
      const { code, out } = await cli.run(["run", stale]);
      expect(code).toBe(1);
      expect(out).toMatch(/linearizability at .*bob get color => "red"/);
      expect(out).toMatch(
        /These 3 operations alone cannot be explained:\n\n +client alice +├─+1─+┤├─+2─+┤\n +client bob +╞═+3═+╡\n/,
      );
      expect(out).toMatch(/3 {2}client bob +get color +=> "red".*✗ impossible\n\n {10}because bob receives/);
    });

    it("exits with the gravest of what happened", () => {
      expect(exitCodeOf([])).toBe(0);
      expect(exitCodeOf(["pass", "pass"])).toBe(0);
      expect(exitCodeOf(["pass", "unproven"])).toBe(3);
      expect(exitCodeOf(["unproven", "fail", "pass"])).toBe(1);
    });

    it("prints JSON for scripts, with exactly the documented fields", async () => {
      const { code, out } = await cli.run(["run", FIGURE_8, "--json"]);
      expect(code).toBe(0);
      const { version, results } = JSON.parse(out);
      expect(version).toBe(1);
      expect(results).toHaveLength(3);
      const [, second] = results;
      expect(Object.keys(second)).toEqual([
        "file",
        "scenario",
        "seed",
        "verdict",
        "virtualTimeUs",
        "events",
        "traceHash",
        "steps",
        "violations",
        "operations",
        "reproduce",
      ]);
      expect(second).toMatchObject({ file: FIGURE_8, verdict: "pass", seed: 1 });
      expect(Object.keys(second.steps[0])).toEqual(["line", "timeUs", "eventId", "ok", "result"]);
      expect(second.violations[0]).toEqual({
        property: expect.any(String),
        eventId: expect.any(Number),
        timeUs: expect.any(Number),
        line: expect.any(Number),
        message: expect.any(String),
        why: expect.any(Array),
        expected: true,
      });
      const { out: client } = await cli.run(["run", await write("passes.raftlab", PASSING), "--json"]);
      expect(Object.keys(JSON.parse(client).results[0].operations[0])).toEqual([
        "client",
        "op",
        "key",
        "value",
        "invokeUs",
        "returnUs",
        "outcome",
        "revision",
        "text",
      ]);
    });

    it("changes settings, and says so in the line that runs it again", async () => {
      const file = await write("passes.raftlab", PASSING);
      const slow = await cli.run(["run", file, "--set", "latency=30ms", "--set", "heartbeat = 40ms"]);
      expect(slow.code).toBe(0);
      expect(slow.out).toMatch(/--set latency=30ms --set 'heartbeat = 40ms'\n$/);
      expect(slow.out).not.toBe((await cli.run(["run", file])).out);
      const wrong = await cli.run(["run", file, "--set", "latency=red"]);
      expect(wrong).toMatchObject({ code: 2, out: "" });
      expect(wrong.err).toMatch(/^raftlab: --set: `latency` takes a duration/);
      expect((await cli.run(["run", file, "--set", "latency"])).err).toMatch(/--set takes SETTING=VALUE/);
      expect((await cli.run(["run", file, "--set", "color=red"])).code).toBe(2);
    });

    it("writes one run's trace and diagram, and nothing in the wrong place", async () => {
      const file = await write("passes.raftlab", PASSING);
      const trace = cli.file("trace.ndjson");
      const picture = cli.file("picture.mmd");
      expect((await cli.run(["run", file, "--trace", trace, "--mermaid", picture])).code).toBe(0);
      const events: unknown[] = (await readFile(trace, "utf8"))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(events[0]).toMatchObject({ id: 0 });
      expect(await readFile(picture, "utf8")).toMatch(/^(---|sequenceDiagram|%%)/);
      const several = await cli.run(["run", FIGURE_8, "--trace", trace]);
      expect(several.code).toBe(2);
      expect(several.err).toMatch(
        /^raftlab: --trace writes one run, and these are 3. Choose with --scenario:\n.*old entry/,
      );
      await symlink(file, cli.file("link.raftlab"));
      const itself = await cli.run(["run", file, "--trace", cli.file("link.raftlab")]);
      expect(itself).toMatchObject({ code: 2 });
      expect(itself.err).toMatch(/is the scenario itself/);
      expect(await readFile(file, "utf8")).toBe(PASSING);
      expect((await cli.run(["run", file, "--trace", cli.file("no/where")])).err).toMatch(/its folder does not exist/);
      expect((await cli.run(["run", file, "--trace", cli.folder])).err).toMatch(/it is a folder/);
    });

    it("finds a scenario in one of several files", async () => {
      const good = await write("passes.raftlab", PASSING);
      const bad = await write("fails.raftlab", FAILING);
      const { code, out } = await cli.run(["run", bad, good, "--scenario", "passes"]);
      expect(code).toBe(0);
      expect(out).not.toContain("fails");
      const unknown = await cli.run(["run", bad, good, "--scenario", "pases"]);
      expect(unknown).toMatchObject({ code: 2, out: "" });
      expect(unknown.err).toBe('raftlab: The files have no scenario "pases", but:\n  "fails"\n  "passes"\n');
    });

    it("keeps its exit code when nobody reads on", async () => {
      const bad = await write("fails.raftlab", FAILING);
      const { code, err } = await cli.run(["run", bad, ELECTION, FIGURE_8, "--json"], { head: 1 });
      expect(err).toBe("");
      expect(code).toBe(1);
    });
  });

  describe("bad input", () => {
    it.each([
      [[], /^raftlab: write, run and check Raft clusters/],
      [["run"], /^raftlab: run needs a file\.\n`raftlab help` shows/],
      [["frobnicate"], /^raftlab: there is no command "frobnicate"\./],
      [["run", "--frobnicate", ELECTION], /^raftlab: Unknown option '--frobnicate'/],
      [["run", ELECTION, "--seed", "x"], /^raftlab: --seed takes a whole number, not "x"\./],
      [["run", ELECTION, "--seed", ""], /^raftlab: --seed takes a whole number, not ""\./],
      [["run", ELECTION, "--scenario", "x"], /^raftlab: .* has no scenario "x", but:\n {2}"first election"/],
      [["run", "missing.raftlab"], /^raftlab: There is no file missing\.raftlab\./],
      [["run", "README.md/x"], /^raftlab: There is no file README\.md\/x/],
      [["run", "samples"], /^raftlab: samples is a folder\. Name the \.raftlab files in it\./],
      [["fmt", "samples"], /^raftlab: samples is a folder/],
      [["diagram", ELECTION, ELECTION], /^raftlab: diagram takes one file\./],
      [["diagram", ELECTION, "--from", "soon"], /^raftlab: --from takes a time such as 250us/],
      [["diagram", ELECTION, "--from", "2s", "--to", "1s"], /^raftlab: --from 2s is later than --to 1s\./],
      [["diagram", ELECTION], /has 2 scenarios\. Choose one with --scenario:\n {2}"first election"/],
      [["explain", ELECTION], /^raftlab: explain takes exactly one of --event, --line, --no-leader/],
      [["explore", ELECTION], /^raftlab: explore comes later/],
      [["verify", "history.json"], /^raftlab: There is no file history\.json\./],
      [["bench"], /^raftlab: bench comes later/],
    ])("%j: a message, 2", async (args, message) => {
      const { code, out, err } = await cli.run(args);
      expect(err).toMatch(message);
      expect(out).toBe("");
      expect(code).toBe(2);
    });

    it.each([
      ["an empty file", "", /has no scenario\./],
      ["a binary file", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /is a binary file, not a scenario\./],
      ["another encoding", new Uint8Array([0x63, 0x6c, 0xe9, 0x20]), /is not UTF-8 text\. Save it as UTF-8/],
      ["50 MB", new Uint8Array(50_000_000).fill(0x20), /is too large for a scenario: the limit is 5 MB\./],
      ["nonsense", "}{ scenario ]] (( \n".repeat(2000), /error:[\s\S]*raftlab: /],
      ["itself", `cluster c { nodes c }\nscenario "c" { let c = c; await c == c; repeat 9 { let c = c.c } }`, /error:/],
      ["depth", `scenario "d" ${"{ repeat 2 ".repeat(5000)}`, /error:/],
    ])("%s is a message, 2, and no stack", async (_, content, message) => {
      const file = await write("bad.raftlab", content);
      for (const command of ["run", "check"]) {
        const { code, out, err } = await cli.run([command, file]);
        if (content.length > 0) expect(code).toBe(2);
        if (command === "run") expect(err).toMatch(message);
        expect(out + err).not.toMatch(/\n {4}at |unexpected error/);
      }
    });

    it("helps when asked", async () => {
      for (const args of [["help"], ["--help"], ["run", "--help"]]) {
        const { code, out } = await cli.run(args);
        expect(code).toBe(0);
        expect(out).toMatch(/^raftlab: write, run and check Raft clusters/);
      }
    });
  });

  describe("check", () => {
    it("prints diagnostics with their place; warnings pass, errors do not, one bad file hides no other", async () => {
      const warning = await write("w.raftlab", PASSING.replace("=> ok", '=> "blue"'));
      const error = await write("e.raftlab", PASSING.replace("await leader", "awiat leader"));
      const warned = await cli.run(["check", warning]);
      expect(warned.code).toBe(0);
      expect(warned.out).toMatch(/w\.raftlab:8:\d+: warning: .* \[RL\d+\]\n1 file: 0 errors, 1 warning\n$/);
      const all = await cli.run(["check", "missing.raftlab", warning, error]);
      expect(all.code).toBe(2);
      expect(all.err).toBe("raftlab: There is no file missing.raftlab.\n");
      expect((await cli.run(["check", "samples"])).err).toMatch(/^raftlab: samples is a folder/);
      expect(all.out).toMatch(/e\.raftlab:7:3: error: .*await/);
      const { diagnostics } = JSON.parse((await cli.run(["check", error, "--json"])).out);
      expect(diagnostics[0]).toMatchObject({ file: error, line: 7, column: 3, severity: "error" });
    });
  });

  describe("fmt", () => {
    it("formats in place, names what it changed, and tells with --check", async () => {
      const ugly = PASSING.replaceAll("  ", "     ");
      const file = await write("ugly.raftlab", ugly);
      expect(await cli.run(["fmt", "--check", file])).toEqual({ code: 1, out: `${file} is not formatted\n`, err: "" });
      expect(await readFile(file, "utf8")).toBe(ugly);
      expect(await cli.run(["fmt", file])).toEqual({ code: 0, out: `${file}\n`, err: "" });
      expect(await readFile(file, "utf8")).toBe(PASSING);
      expect(await cli.run(["fmt", file])).toEqual({ code: 0, out: "", err: "" });
      expect((await cli.run(["fmt", "--check", file])).code).toBe(0);
    });

    it("leaves broken syntax as it is, and says so", async () => {
      const broken = `${PASSING}\nscenario "x" { put }}}`;
      const file = await write("broken.raftlab", broken);
      const { code, err } = await cli.run(["fmt", file]);
      expect(code).toBe(2);
      expect(err).toMatch(/broken\.raftlab:11:\d+: what is broken here is not formatted: /);
    });
  });

  describe("report and export", () => {
    it("tells a run in Markdown, on standard output or into a file", async () => {
      const args = ["report", FIGURE_8, "--scenario", "without the rule a committed entry is lost", "--seed", "7"];
      const { code, out, err } = await cli.run(args);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(/^# without the rule a committed entry is lost\n/);
      expect(out).toContain("| Seed | 7 |");
      expect(out).toContain("### leader-completeness (asked for by the scenario)");
      const file = cli.file("report.md");
      expect(await cli.run([...args, "--out", file])).toEqual({ code: 0, out: "", err: "" });
      expect(await readFile(file, "utf8")).toBe(out);
    });

    it("writes a run as one file that holds its source and the player", async () => {
      const file = cli.file("run.html");
      const args = ["export", ELECTION, "--scenario", "first election", "--set", "heartbeat=20ms", "--html", file];
      const without = await cli.run(args);
      expect(without).toMatchObject({ code: 2 });
      expect(without.err).toMatch(/The player that goes into the file could not be read; install Raft Lab again\./);
      await cli.addPlayer();
      expect(await cli.run(args)).toEqual({ code: 0, out: "", err: "" });
      const html = await readFile(file, "utf8");
      expect(html.length).toBeLessThan(2_000_000);
      const data = /<script type="application\/json" id="run">(.*)<\/script>/.exec(html)?.[1] ?? "";
      expect(JSON.parse(data)).toMatchObject({
        kind: "run",
        title: "first election",
        file: "first-election.raftlab",
        text: await readFile(ELECTION, "utf8"),
        settings: ["heartbeat 20ms"],
        state: { kind: "finished", verdict: "pass" },
      });
      expect(html).toContain("connect-src 'none'");
      expect(html).not.toMatch(/raftlab-slot:/);
      // The same run gives the same file.
      const again = cli.file("again.html");
      await cli.run([...args.slice(0, -1), again]);
      expect(await readFile(again, "utf8")).toBe(html);
    });

    it("says what is missing", async () => {
      expect(await cli.run(["export", ELECTION])).toMatchObject({ code: 2 });
      expect((await cli.run(["report"])).err).toMatch(/report needs a file/);
      expect((await cli.run(["report", ELECTION])).err).toMatch(/Choose one with --scenario/);
    });
  });

  describe("diagram and explain", () => {
    it("draws a span of a run", async () => {
      const args = ["diagram", ELECTION, "--scenario", "first election", "--from", "190ms", "--to", "200ms"];
      const { code, out, err } = await cli.run(args);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(/sequenceDiagram/);
      expect(out).toMatch(/^ {2}n\d-+>>n\d: AppendEntries/m);
      expect(out).toMatch(/[^\n]\n$/);
      expect(out.length).toBeLessThan((await cli.run(args.slice(0, 4))).out.length);
    });

    it("draws a picture into a file", async () => {
      const file = cli.file("election.svg");
      const args = ["diagram", ELECTION, "--scenario", "first election", "--svg", file];
      expect(await cli.run(args)).toEqual({ code: 0, out: "", err: "" });
      const svg = await readFile(file, "utf8");
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
      expect(svg).toContain("RequestVote t1");
      const own = await cli.run([...args.slice(0, -1), ELECTION]);
      expect(own).toMatchObject({ code: 2, out: "" });
    });

    it("explains a line, in the scenario that contains it, or an event", async () => {
      const text = await readFile(ELECTION, "utf8");
      const line = text.split("\n").findIndex((each) => each.includes("await leader within")) + 1;
      const { code, out } = await cli.run(["explain", ELECTION, "--line", `${line}`]);
      expect(code).toBe(0);
      expect(out).toMatch(/^line \d+: leader s\d, term \d/);
      expect(out).toMatch(/\n {2}- because .*\[event \d+(, line \d+)?\]/);
      const event = await cli.run(["explain", ELECTION, "--scenario", "first election", "--event", "30"]);
      expect(event.out).toMatch(/\[event 30[,\]]/);
      const beyond = await cli.run(["explain", ELECTION, "--scenario", "first election", "--event", "99999999"]);
      expect(beyond).toMatchObject({ code: 2 });
      expect(beyond.err).toMatch(/There is no event 99999999: the run has events 0 to \d+\./);
      const nothing = await cli.run(["explain", ELECTION, "--scenario", "first election", "--line", "1"]);
      expect(nothing.err).toMatch(/Line 1 caused no event in "first election"\./);
    });

    it("explains what is, or is not, so at an instant", { timeout: 90_000 }, async () => {
      const ask = (...options: string[]) => cli.run(["explain", ELECTION, "--scenario", "first election", ...options]);
      expect((await ask("--no-leader", "--at", "50ms")).out).toMatch(
        /^Why is there no leader\?\nThere is no leader yet: no election timer has run out.*\(§5\.2\)\n {2}- s1 \(follower/,
      );
      expect((await ask("--no-leader")).out).toMatch(/^Why does s\d lead\?\n/);
      expect((await ask("--entry", "s1/99")).out).toMatch(/^Why is entry 99 not committed at s1\?\nNobody has asked/);
      expect((await ask("--key", "nothing")).out).toMatch(/^Why is there no key nothing at s\d\?/);
      expect(await ask("--entry", "s1")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/--entry takes SERVER\/INDEX/),
      });
      expect(await ask("--election", "s99")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/There is no server "s99" in ".+": it has s1, s2, s3, s4, s5\./),
      });
      expect((await ask("--entry", "s99/1")).err).toMatch(/no server "s99"/);
      expect((await ask("--client", "nobody")).err).toMatch(/There is no client "nobody" in ".+": it has /);
      expect((await ask("--event", "3", "--at", "1ms")).err).toMatch(/--at goes with a question about a moment/);
    });

    it("reads a file with Windows' line ends and a byte order mark", async () => {
      const file = await write("crlf.raftlab", `\ufeff${PASSING.replaceAll("\n", "\r\n")}`);
      expect((await cli.run(["run", file])).code).toBe(0);
      await copyFile(file, cli.file("copy.raftlab"));
      expect((await cli.run(["fmt", "--check", cli.file("copy.raftlab")])).code).toBe(0);
    });
  });
});
