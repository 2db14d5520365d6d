// docs/paper.md: what the Raft paper and the dissertation state, and the test that shows it.
//
// A statement is a heading (`## §5.1 …`) or a comment (`# §5.1 …`) of a transcript, the title of a test in test/paper/,
// or a line of `elsewhere` below: shown by a test that is not there for its sake, or not a matter of this engine.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Statement
 * @property {string} mark `§5.1`, `§8, D §6.4` or `§5.4.2 Figure 8 (c)`
 * @property {string} text in our words
 * @property {string | null} file where its test is, from the root; `null`: not a matter of this engine
 * @property {string} title the test's title in that file; without a file, why there is none
 */

const TRANSCRIPTS = "server/src/raft/transcripts";
const STORIES = "test/paper";
const MARK =
  /^((?:(?:D )?§[0-9.]+|Figure [0-9.]+)(?:(?:, | )(?:(?:D )?§[0-9.]+|Figure [0-9.]+))*(?: \([a-e]\))?) (.+)$/;

/** Sections in the order of the texts, with what they are about. @type {readonly (readonly [string, string])[]} */
const SECTIONS = [
  ["Figure 2", "Figure 2: state, RPCs, rules"],
  ["Figure 3", "Figure 3: properties"],
  ["§5.1", "§5.1 Raft basics"],
  ["§5.2", "§5.2 Leader election"],
  ["§5.3", "§5.3 Log replication"],
  ["Figure 7", "Figure 7"],
  ["§5.4", "§5.4 Safety"],
  ["Figure 8", "Figure 8"],
  ["§5.5", "§5.5 Follower and candidate crashes"],
  ["§5.6", "§5.6 Timing and availability"],
  ["§6", "§6 Cluster membership changes"],
  ["Figure 10", "Figure 10"],
  ["§7", "§7 Log compaction"],
  ["§8", "§8 Client interaction"],
  ["D §3", "D §3 Leadership transfer"],
  ["D §4", "D §4 Cluster membership changes"],
  ["D §5", "D §5 Log compaction"],
  ["D §6", "D §6 Client interaction"],
  ["D §9", "D §9 Leader election"],
  ["D §10", "D §10 Performance"],
];

/**
 * What is shown elsewhere, or is not a matter of this engine.
 * @type {readonly Statement[]}
 */
const elsewhere = [
  ...[
    [
      "Whatever is lost, late, doubled or crashed: the five properties hold",
      "server/src/raft/safety.test.ts",
      "the properties of Figure 3 hold, reads are fresh, and afterwards the logs become one",
    ],
    [
      "Election safety: a second leader of a term is noticed",
      "server/src/check/safety.test.ts",
      "two leaders in one term, over the whole history",
    ],
    [
      "Leader append-only: a leader that removes of its log is noticed",
      "server/src/check/safety.test.ts",
      "a leader that removes an entry of its log",
    ],
    [
      "Log matching: two commands with one index and term are noticed, and different pasts",
      "server/src/check/safety.test.ts",
      "two commands under one index and term",
    ],
    [
      "Leader completeness: a leader without a committed entry is noticed",
      "server/src/check/safety.test.ts",
      "a leader elected without a committed entry",
    ],
    [
      "State machine safety: two commands applied at one index are noticed",
      "server/src/check/safety.test.ts",
      "two commands applied at one index",
    ],
  ].map(([text = "", file = "", title = ""]) => ({ mark: "Figure 3", text, file, title })),
  {
    mark: "D §6.3",
    text: "A request older than the newest of its session changes nothing, and is answered so",
    file: "server/src/kv/state-machine.test.ts",
    title: "do not execute a request older than the client's newest",
  },
  {
    mark: "D §6.3",
    text: "A session remembers the answer of a failed request too",
    file: "server/src/kv/state-machine.test.ts",
    title: "remember the answers of reads and of failed writes too",
  },
  {
    mark: "D §5.1.1",
    text: "A snapshot is taken without stopping the server: it shares with the machine what does not change any more",
    file: "server/src/kv/state-machine.test.ts",
    title: "are cloned independently",
  },
  none(
    "D §4.2.1",
    "New servers catch up in rounds before they vote",
    "learners and `promote` do that here, as in etcd",
  ),
  none("D §4.4", "A system around Raft decides when to change its members", "scenarios do"),
  none("D §6.3", "Clients register their sessions first", "a session begins with its first request, whose number is 1"),
  none(
    "D §6.3",
    "Sessions end when too many are open, everywhere at the same entry",
    "scenarios are short: all are kept",
  ),
  none(
    "D §5.2",
    "Instead of snapshots, logs may be cleaned or kept as trees",
    "another design: here machines are snapshotted whole",
  ),
  none(
    "D §6.1",
    "Clients find the servers by broadcast or by a directory",
    "a client knows the servers of its scenario",
  ),
  none(
    "D §9.1",
    "How long elections take, in theory and in practice",
    "measured there, and no rule: §5.6 has the consequence",
  ),
];

/** @param {string} mark @param {string} text @param {string} title */
function none(mark, text, title) {
  return { mark, text, file: null, title: `none: ${title}` };
}

const intro = `# The paper, statement by statement

What the Raft paper (extended version; "§") and the dissertation ("D §") ask of an implementation, in our words, and the test that
shows it. Transcripts are texts to read: commands at the margin, what came of them indented below. This page is
generated from them, from the titles of the tests in \`test/paper/\`, and from a short list in
\`scripts/lib/paper-page.mjs\`: \`node scripts/generate-docs.mjs\`.
`;

/**
 * All statements, in the order of the texts.
 * @param {string} root the repository
 * @returns {readonly Statement[]}
 */
export function statements(root) {
  /** @type {Statement[]} */
  const found = [];
  /** @type {(file: string, text: string, title: string) => void} */
  const add = (file, text, title) => {
    const [, mark, statement] = MARK.exec(text) ?? [];
    if (mark !== undefined && statement !== undefined) found.push({ mark, text: statement, file, title });
    else if (/^(?:D )?§|^Figure /.test(text)) throw new Error(`${file}: which section is this of? ${text}`);
  };
  for (const file of listed(root, TRANSCRIPTS, ".txt")) {
    let title = "";
    for (const line of readFileSync(path.join(root, file), "utf8").split("\n")) {
      if (line.startsWith("## ")) title = line.slice(3);
      if (line.startsWith("#")) add(file, line.replace(/^#+ /, ""), title);
    }
  }
  for (const file of listed(root, STORIES, ".test.ts")) {
    const text = readFileSync(path.join(root, file), "utf8");
    for (const [, title = ""] of text.matchAll(/^\s*(?:it\()?"((?:[^"\\]|\\.)+)"[:,]/gm)) add(file, title, title);
  }
  return [...found, ...elsewhere].sort((a, b) => place(a) - place(b) || subsection(a) - subsection(b));
}

/**
 * The whole page.
 * @param {readonly Statement[]} all
 */
export function paperPage(all) {
  const parts = SECTIONS.flatMap(([, title], section) => {
    const here = all.filter((statement) => place(statement) === section);
    return here.length === 0
      ? []
      : [`## ${title}\n\n| | statement | test |\n|---|---|---|\n${here.map(row).join("\n")}`];
  });
  return `${[intro.trimEnd(), ...parts].join("\n\n")}\n`;
}

/** @param {Statement} statement */
function row({ mark, text, file, title }) {
  const shown = file === null ? title : `[${name(file)}](../${file})${title.includes(text) ? "" : `: ${title}`}`;
  return `| ${mark} | ${escaped(text)} | ${escaped(shown)} |`;
}

/** @param {string} file */
function name(file) {
  return file.startsWith(TRANSCRIPTS) ? path.basename(file, ".txt") : path.basename(file);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("|", "\\|");
}

/** The section that a statement's first mark names: the most exact one. @param {Statement} statement */
function place({ mark }) {
  const first = mark.split(", ")[0] ?? mark;
  let best = -1;
  for (const [position, [section]] of SECTIONS.entries()) {
    const within = first === section || (first.startsWith(section) && !/[0-9]/.test(first.charAt(section.length)));
    if (within && (best < 0 || section.length >= (SECTIONS[best]?.[0].length ?? 0))) best = position;
  }
  if (best < 0) throw new Error(`no section for ${mark}`);
  return best;
}

/** `§5.4.2`: 2; without a third number: 0. @param {Statement} statement */
function subsection({ mark }) {
  return Number(/^(?:D )?§[0-9]+[.]([0-9.]+)/.exec(mark)?.[1] ?? 0);
}

/** @param {string} root @param {string} folder @param {string} ending */
function listed(root, folder, ending) {
  return readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => `${folder}/${file}`);
}
