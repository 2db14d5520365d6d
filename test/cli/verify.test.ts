import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cli } from "./cli.js";

const operation = (client: string, op: object, call: number, end: number | null) => {
  return { client, ...op, call, return: end };
};
const FINE = JSON.stringify({
  format: "raftlab-history/1",
  model: "register",
  operations: [
    operation("a", { op: "write", value: 1 }, 0, 4),
    operation("b", { op: "read", response: "1" }, 1, 3),
    operation("c", { op: "cas", from: 1, to: 2 }, 2, null),
  ],
});
const STALE = JSON.stringify({
  model: "cas-register",
  events: [
    [0, 0, 1, "w", 1],
    [1, 0],
    [0, 1, 2, "r"],
    [1, 1, null],
  ],
});
const LEASE = JSON.stringify({
  format: "raftlab-history/1",
  model: "etcd",
  operations: [operation("a", { op: "lease-grant", ttl: 5, response: {} }, 0, 1)],
});

describe("raftlab verify", () => {
  let cli: Cli;
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(cli.file(name), content);
    return cli.file(name);
  };
  beforeAll(async () => {
    cli = await Cli.build();
  });
  afterAll(async () => cli.remove());

  it("says that a history is linearizable; 0", async () => {
    const file = await write("fine.json", FINE);
    const { code, out, err } = await cli.run(["verify", file]);
    expect([code, err]).toEqual([0, ""]);
    expect(out.replaceAll(file, "FILE")).toBe(
      "FILE: linearizable (register: 3 operations by 3 clients, 1 of unknown outcome)\n  the register: 3 operations, linearizable\n",
    );
  });

  it("draws the counterexample of one that is not; 1", async () => {
    const file = await write("stale.json", STALE);
    const { code, out } = await cli.run(["verify", file]);
    expect(code).toBe(1);
    expect(out).toContain("client 2 read => none is impossible");
    expect(out).toMatch(/ {4}client 1 {2}├───1────┤\n {4}client 2 {12}╞═══2════╡\n/);
    expect(out).toMatch(/2 {2}client 2 {2}read {7}=> none {2}\[2, 3\] {2}✗ impossible/);
  });

  it("reads what a run writes with --history, and agrees with it", async () => {
    const scenario = await write(
      "etcd.raftlab",
      `cluster { nodes s1..s3; clients alice bob }
scenario "leases" {
  await leader
  lease grant l ttl 1s
  alice put a "1" lease l
  bob txn { if create(a) > 0 then put b "2", get a else get b } => ok
  wait 3s
  bob get a => none
}`,
    );
    const run = await cli.run(["run", scenario, "--history", cli.file("history.ndjson")]);
    expect(run.code).toBe(0);
    const { code, out } = await cli.run(["verify", cli.file("history.ndjson")]);
    expect(out).toContain("linearizable (etcd: 5 operations by 3 clients, 1 of unknown outcome)");
    expect(code).toBe(0);
    const text = await readFile(cli.file("history.ndjson"), "utf8");
    const broken = await cli.run([
      "verify",
      await write("broken.ndjson", text.replace('"revision":3', '"revision":4')),
    ]);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain("not linearizable");
  });

  it("says what is unproven, and why; 3, and 1 where something else fails", async () => {
    const lease = await write("lease.json", LEASE);
    const { code, out } = await cli.run(["verify", lease]);
    expect(code).toBe(3);
    expect(out).toContain("Unproven: transactions, leases and ranges of more than a prefix are judged by revisions");
    const { code: small, out: smallOut } = await cli.run(["verify", await write("fine.json", FINE), "--budget", "1"]);
    expect(small).toBe(3);
    expect(smallOut).toMatch(/Unproven: undecided after \d+ steps?\./);
    const both = await cli.run(["verify", lease, await write("stale.json", STALE)]);
    expect(both.code).toBe(1);
    expect(both.out).toMatch(/\n2 histories: 0 linearizable, 1 not, 1 unproven\n$/);
  });

  it("checks the histories of an index against the verdicts stated there", async () => {
    await write("fine.json", FINE);
    await write("stale.json", STALE);
    const index = (stale: boolean): string =>
      JSON.stringify({
        format: "text",
        histories: [
          { file: "fine.json", model: "x", linearizable: true },
          { file: "stale.json", linearizable: stale, bytes: 1 },
        ],
      });
    const right = await cli.run(["verify", await write("index.json", index(false))]);
    expect(right.code).toBe(0);
    expect(right.out).toMatch(
      /stale\.json: as stated: not linearizable .*\n2 histories: 1 linearizable, 1 not; 2 of 2 as stated\n$/,
    );
    const wrong = await cli.run(["verify", await write("index.json", index(true))]);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(
      /stale\.json: NOT AS STATED: not linearizable .*, stated is linearizable\n.*1 of 2 as stated\n$/,
    );
  });

  it("prints JSON with the documented fields, the same each time", async () => {
    const file = await write("stale.json", STALE);
    const { code, out } = await cli.run(["verify", file, "--json"]);
    expect(code).toBe(1);
    expect((await cli.run(["verify", file, "--json"])).out).toBe(out);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      histories: [
        {
          file,
          model: "register",
          verdict: "not-linearizable",
          stated: null,
          operations: 2,
          unknown: 0,
          reservations: [],
          parts: [
            {
              keys: ["register"],
              operations: 2,
              steps: expect.any(Number),
              verdict: "not-linearizable",
              impossible: 1,
              counterexample: [
                { operation: 0, client: "1", title: 'write "1"', answer: "ok", call: 0, return: 1 },
                { operation: 1, client: "2", title: "read", answer: "none", call: 2, return: 3 },
              ],
            },
          ],
        },
      ],
    });
  });

  it("writes one history as a page whose policy allows its style sheet alone", async () => {
    const file = await write("stale.json", STALE);
    const html = cli.file("out.html");
    expect((await cli.run(["verify", file, "--html", html])).code).toBe(1);
    const page = await readFile(html, "utf8");
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    expect(page).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    const over = await cli.run(["verify", file, "--html", file]);
    expect([over.code, over.err]).toEqual([
      2,
      `raftlab: ${file} is the history itself. Name another file to write to.\n`,
    ]);
    const two = await cli.run(["verify", file, file, "--html", html]);
    expect([two.code, two.err]).toEqual([
      2,
      "raftlab: --html draws one history, and these are 2. Name the file of one.\n",
    ]);
  });

  it("refuses what is no history, with place and remedy and nothing on standard output; 2", async () => {
    const files: readonly (readonly [string | Uint8Array, RegExp])[] = [
      ["", /the file is empty\. .*docs\/histories\.md/],
      [new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /is a binary file, not a history/],
      [new Uint8Array([0x22, 0xff, 0x22]), /is not UTF-8 text/],
      ['{"events": [', /, line 1, column 13: the JSON ends too early/],
      [
        '{"format":"raftlab-history/1","model":"kv","operations":[{"client":"a"}]}',
        /, operations\[0\]\.call: a whole number/,
      ],
      ["cluster {\n", /, line 1, column 1: "c" cannot stand here/],
      [" ".repeat(50_000_000), /is too large for a history: the limit is 20 MB/],
    ];
    for (const [content, message] of files) {
      const { code, out, err } = await cli.run(["verify", await write("bad.json", content), "--json"]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/\n {4}at /);
    }
    expect(await cli.run(["verify"])).toMatchObject({ code: 2, out: "" });
    expect((await cli.run(["verify", cli.file("absent.json")])).err).toMatch(/There is no file/);
    expect((await cli.run(["verify", cli.folder])).err).toMatch(/is a folder\. Name the files of histories in it/);
    const index = await write("index.json", '{"histories":[{"file":"absent.json","linearizable":true}]}');
    expect((await cli.run(["verify", index])).err).toMatch(/There is no file .*absent\.json/);
  });
});
