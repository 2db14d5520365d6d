import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyze } from "../../server/src/language/check.js";
import { fileOf } from "../../server/src/language/fixtures/design-examples.js";
import { format } from "../../server/src/language/format/format.js";
import type { Entry } from "../../server/src/language/vocabulary/entry.js";
import { VOCABULARY } from "../../server/src/language/vocabulary/vocabulary.js";
import { completion } from "../../server/src/lsp/completion.js";
import type { OpenDocument } from "../../server/src/lsp/documents.js";
import { hover } from "../../server/src/lsp/hover.js";
import { RunResults } from "../../server/src/lsp/run-results.js";

/** A file with the entry's example, and where its word stands in it. */
function example(entry: Entry): { readonly open: OpenDocument; readonly offset: number } {
  const setting = entry.kind === "setting" || entry.kind === "rule";
  const text = setting ? `cluster {\n  ${entry.example}\n}\n` : fileOf([entry.example]);
  const document = TextDocument.create("file:///a.raftlab", "raftlab", 1, text);
  const offset = text.indexOf(entry.name, text.indexOf(entry.example));
  return { open: { document, analysis: analyze(text) }, offset };
}

function hoverText(entry: Entry): string {
  const { open, offset } = example(entry);
  const found = hover(open, open.document.positionAt(offset + 1), new RunResults());
  return found === null ? "" : JSON.stringify(found.contents);
}

function labels(entry: Entry): readonly string[] {
  const { open, offset } = example(entry);
  // As while it is typed: the rest of the file is not there yet.
  const text = open.analysis.text.slice(0, offset);
  const document = TextDocument.create("file:///a.raftlab", "raftlab", 1, text);
  const list = completion({ document, analysis: analyze(text) }, document.positionAt(offset));
  return (list?.items ?? []).map(({ label }) => label);
}

// Those whose syntax does not hold their name describe a notation, such as a set.
const WORDS = VOCABULARY.filter(({ syntax, name }) => syntax.includes(name)).filter(
  ({ kind, name }) => /^[a-zA-Z-]+$/.test(name) && kind !== "error" && kind !== "result",
);

describe("every word of the language", () => {
  it.each(WORDS.map((entry) => [`${entry.kind} ${entry.name}`, entry] as const))(
    "%s is explained under the pointer, with an example",
    (_, entry) => {
      expect(entry.example).not.toBe("");
      expect(hoverText(entry)).toContain(JSON.stringify(entry.says.slice(0, 40)).slice(1, -1));
    },
  );

  it.each(WORDS.map((entry) => [`${entry.kind} ${entry.name}`, entry] as const))(
    "%s is offered where its example has it",
    (_, entry) => {
      expect(labels(entry).map((label) => label.split(/[ (]/)[0])).toContain(entry.name);
    },
  );

  it("has examples that the formatter leaves as they are", () => {
    for (const entry of WORDS) {
      const { open } = example(entry);
      expect(format(open.analysis.text).includes(entry.example), entry.example).toBe(true);
    }
  });
});

/** The words offered at the end of a scenario or, for settings, of a cluster that is being typed. */
function offered(typed: string): readonly string[] {
  const head = "cluster {\n  nodes s1..s3\n  clients alice\n";
  const text = typed.startsWith("|") ? `${head}  ${typed.slice(1)}` : `${head}}\n\nscenario "x" {\n  ${typed}`;
  const document = TextDocument.create("file:///a.raftlab", "raftlab", 1, text);
  const list = completion({ document, analysis: analyze(text) }, document.positionAt(text.length));
  return (list?.items ?? []).map(({ label }) => label);
}

describe("names are offered where they fit", () => {
  const before = [
    "lease grant l1 ttl 5s",
    "lock m as k1",
    'campaign boss "alice" as c1',
    "watch a as w",
    "observe boss as o",
    'async put a "1" as p',
  ].join("\n  ");
  const names = ["l1", "k1", "c1", "w", "o", "p"];
  it.each([
    ["lease revoke ", ["l1"]],
    ['put a "1" lease ', ["l1", "k1", "c1"]],
    ["txn { if owner ", ["k1", "c1"]],
    ["unlock ", ["k1"]],
    ["resign ", ["c1"]],
    ["unwatch ", ["w"]],
    ["progress ", ["w"]],
    ["expect k1.", []],
  ])("%s", (typed, fitting) => {
    const labels = offered(`${before}\n  ${typed}`);
    expect(labels.filter((label) => names.includes(label)).sort()).toEqual([...fitting].sort());
  });

  it("and the words that fit them", () => {
    expect(offered(`${before}\n  expect w `)).toEqual(expect.arrayContaining(["saw", "canceled", "progress"]));
    expect(offered(`${before}\n  expect o `)).toContain("saw");
    expect(offered(`${before}\n  expect o `)).not.toContain("canceled");
    expect(offered(`${before}\n  expect k1.`)).toEqual(["token", "held"]);
    expect(offered(`${before}\n  expect s1["a"].`)).toEqual(["rev", "create", "version", "lease"]);
  });
});

describe("the parts of steps and settings are offered where they belong", () => {
  it.each([
    ["|snapshot ", ["every", "off"]],
    ["|snapshot every 10 entries ", ["keep", "chunk"]],
    ["|membership ", ["joint", "single", "naive"]],
    ["|reads ", ["lease", "read-index", "log", "local"]],
    ["|network ", ["manual"]],
    ["|timers ", ["manual"]],
    ["|rule ", ["snapshot-keeps-suffix", "lease-bounded-by-drift"]],
    ["given {\n    ", ["s1"]],
    ["given {\n    s1 ", ["term", "log", "commit", "vote"]],
    ["crash s1 ", ["before", "after", "for"]],
    ["crash s1 before ", ["fsync", "send", "apply", "install"]],
    ["crash s1 after send ", ["AppendEntries", "InstallSnapshot", "TimeoutNow"]],
    ["clock s1 ", ["drift", "jump"]],
    ["clock s1 drift 5% ", ["for"]],
    ["disk s1 ", ["slow", "ignore", "tear", "corrupt", "fail"]],
    ["disk s1 ignore ", ["fsync"]],
    ["transfer ", ["leadership"]],
    ["transfer leadership to ", ["s2", "any follower"]],
    ["transfer leadership to s2 ", ["at"]],
    ["add ", ["voter", "learner"]],
    ["reconfigure {s1 s2} ", ["explicit", "at"]],
    ["leave ", ["joint"]],
    ["remove s1 ", ["at", "=>"]],
    ["deliver ", ["all", "second", "third", "last", "nth", "s1"]],
    ["deliver all ", ["to", "s1"]],
    ["deliver s1 -> s2 ", ["AppendEntries"]],
    ["tick s1 ", ["for"]],
    ["expect s1.", ["config", "outgoing", "learners", "snapshot"]],
    ["expect violation of ", ["progress", "linearizability"]],
    ["|retries ", ["all", "reads"]],
    ["|lease-checkpoint ", ["off"]],
    ["lease ", ["grant", "keepalive", "stop", "revoke", "ttl", "list"]],
    ["lease grant l1 ttl 5s\n  lease grant l2 ttl 5s\n  lease keepalive ", ["l2", "l1"]],
    ['lease grant l1 ttl 5s\n  lock m as k1\n  put a "1" lease ', ["l1", "k1"]],
    ["get a ", ["prefix", "to", "from-key", "serializable", "rev", "limit", "order", "by", "count-only", "at", "=>"]],
    ["get a order ", ["ascend", "descend"]],
    ["get a by ", ["key", "version", "create", "mod", "value"]],
    ['put a "1" ', ["lease", "ignore-lease", "prev-kv"]],
    ['get a => "1" ', ["rev", "create", "version"]],
    ["txn { ", ["if", "then"]],
    ["txn { if ", ["version", "owner"]],
    ["txn { if version(a) ", ["==", "!=", "<", ">"]],
    ["txn { then ", ["put", "get", "delete", "txn"]],
    ["watch a ", ["prefix", "from", "without", "progress", "require-leader", "as"]],
    ["alarm ", ["list", "disarm"]],
    ["expect s1.", ["revision", "compacted", "keys", "leases", "hash"]],
    ["workload w for 1s { mix ", ["put", "txn", "lease", "stale"]],
  ])("%s", (typed, words) => {
    expect(offered(typed).map((label) => label.split(/[ (]/)[0])).toEqual(
      expect.arrayContaining(words.map((word) => word.split(" ")[0])),
    );
  });
});
