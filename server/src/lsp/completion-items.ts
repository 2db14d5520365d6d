/** What fills each place that the grammar leaves open. */

import { CompletionItemKind, InsertTextFormat } from "vscode-languageserver";
import { t } from "../l10n/text.js";
import { KEY_FIELDS } from "../language/checker/conditions.js";
import { HANDLE_FIELDS } from "../language/checker/values.js";
import { TXN_OPERATION_WORDS } from "../language/grammar/words.js";
import type { Expectations, Slot } from "../language/syntax/parser.js";
import type { EntryKind } from "../language/vocabulary/entry.js";
import { entriesOf, lookUp } from "../language/vocabulary/vocabulary.js";
import { entryItem, type Item, named, plain, snippet, variable } from "./completion-item.js";
import { type CompletionScope, handlesOf } from "./completion-scope.js";
import {
  CONDITION_SNIPPETS,
  NEMESIS_SNIPPETS,
  SCENARIO_SNIPPETS,
  SET_SNIPPETS,
  STEP_SNIPPETS,
  TITLE_SNIPPETS,
  TXN_COMPARE_SNIPPETS,
  WORKLOAD_SNIPPETS,
} from "./snippets.js";

/** The items for what the grammar expects; the likeliest first, a label perhaps more than once. */
export function completionItems(
  words: Expectations["words"],
  slots: Expectations["slots"],
  scope: CompletionScope,
): Item[] {
  const special = itemsOfSurroundings(words, slots, scope);
  if (special !== null) return special;
  // A client's name alone is not yet known to begin an operation, but nothing else can follow it.
  if (isClientAlone(scope)) return SLOTS.operation(scope);
  // The end of an unclosed block is the end of the file as well, but nobody means that while inside it.
  const inside = words.size > 0 || slots.size > 1;
  const open = ORDER.filter((slot) => slots.has(slot) && !(inside && slot === "top-level"));
  const items = open.flatMap((slot) => SLOTS[slot](scope));
  // Where an operand is missing, what could follow it does not fit yet.
  const complete = !OPERANDS.some((slot) => slots.has(slot));
  // Words that begin a step or an operation are already there with their documentation.
  const fixed = [...words].filter((word) => /^\w/.test(word) || !slots.has("step"));
  const fitting = fixed.filter((word) => (complete || !CONTINUATIONS.has(word)) && fits(word, scope));
  return [...items, ...fitting.map((word) => fixedWord(word, scope))];
}

/** Whether a word that the grammar expects makes sense behind the names before it. */
function fits(word: string, scope: CompletionScope): boolean {
  const { lineWords } = scope;
  if (lineWords[0] !== "expect" || lineWords.length !== 2) return true;
  const detail = handlesOf(scope, "watch", "observe").find(({ name }) => name === lineWords[1])?.detail;
  if (word === "saw") return detail !== undefined;
  return word === "canceled" || word === "progress" ? detail === "watch" : true;
}

/** Slots of which one has to be filled before a step can go on. */
const OPERANDS: readonly Slot[] = [
  "selector",
  "key",
  "value",
  "operation",
  "txn-operation",
  "compare",
  "condition",
  "duration",
  "percent",
  "number",
  "result",
  "handle",
  "lease",
  "lease-or-session",
  "watch",
  "lock",
  "candidacy",
  "session",
  "hold",
  "cluster",
  "field",
  "key-field",
  "handle-field",
  "property",
  "error-name",
  "message-type",
  "new-name",
  "title",
];

/** Words and marks that follow an operand. */
const CONTINUATIONS: ReadonlySet<string> = new Set(
  "for within before after at as => except and or in on by -> <-> == != < <= > >= lease rev prefix serializable from".split(
    " ",
  ),
);

/** At the end of an unclosed block the grammar expects what fits any of the blocks around; people mean the innermost. */
function itemsOfSurroundings(
  words: Expectations["words"],
  slots: Expectations["slots"],
  scope: CompletionScope,
): Item[] | null {
  const newStatement = slots.has("step") || slots.has("workload-setting");
  switch (scope.surroundings) {
    case "set":
      return selectors(scope);
    case "given":
      return newStatement ? scope.nodes.map((name) => named(name, t("server"), CompletionItemKind.Class)) : null;
    case "workload":
      return newStatement ? SLOTS["workload-setting"](scope) : null;
    case "nemesis":
      return newStatement && words.has("every") ? NEMESIS_SNIPPETS.map(snippet) : null;
    case "other":
      return null;
  }
}

/** Whether only a client's name, perhaps after `async`, stands before the caret. */
export function isClientAlone({ lineWords, clients }: CompletionScope): boolean {
  const words = lineWords[0] === "async" ? lineWords.slice(1) : lineWords;
  return words.length === 1 && clients.includes(words[0] ?? "");
}

/** Most specific first: names a person chose before words of the language. */
const ORDER: readonly Slot[] = [
  "top-level",
  "setting-value",
  "rule",
  "field",
  "key-field",
  "handle-field",
  "property",
  "error-name",
  "message-type",
  "cluster",
  "node",
  "result",
  "handle",
  "lease",
  "lease-or-session",
  "watch",
  "lock",
  "candidacy",
  "session",
  "watcher",
  "hold",
  "client",
  "compare",
  "txn-operation",
  "condition",
  "selector",
  "role",
  "operation",
  "setting",
  "workload-setting",
  "step",
  "nemesis-action",
  "key",
  "value",
  "duration",
  "percent",
  "number",
  "title",
  "new-name",
];

const SLOTS: Readonly<Record<Slot, (scope: CompletionScope) => Item[]>> = {
  "top-level": () => SCENARIO_SNIPPETS.map(snippet),
  step: (scope) => [...steps(), ...SLOTS.client(scope)],
  "nemesis-action": () => steps(),
  setting: () => documented("setting", CompletionItemKind.Property, true),
  "setting-value": ({ lineWords }) => settingValues(lineWords).map((value) => plain(value, CompletionItemKind.Value)),
  selector: selectors,
  role: () => documented("selector", CompletionItemKind.EnumMember),
  client: ({ clients }) => clients.map((name) => named(name, t("client"), CompletionItemKind.Interface)),
  operation: () => documented("operation", CompletionItemKind.Function, true),
  key: ({ keys }) => keys.map((key) => named(key, t("key used in this file"), CompletionItemKind.Text)),
  "txn-operation": () =>
    documented("operation", CompletionItemKind.Function, true).filter(({ label }) => TXN_OPERATION_WORDS.has(label)),
  compare: (scope) => [
    ...TXN_COMPARE_SNIPPETS.map(snippet),
    ...documented("part", CompletionItemKind.Keyword).filter(({ label }) => label === "owner"),
    ...SLOTS.key(scope),
  ],
  value: ({ variables }) => variables.map(variable),
  result: () => documented("result", CompletionItemKind.Value),
  condition: (scope) => [
    ...["leader", "no leader", "converged"].map((text) => plain(text, CompletionItemKind.Event)),
    ...CONDITION_SNIPPETS.map(snippet),
    ...selectors(scope),
    ...handlesOf(scope, "lock", "campaign").map(variable),
  ],
  field: (scope) => {
    const ofHandle = SLOTS["handle-field"](scope);
    const name = scope.lineWords[scope.lineWords.length - 1]?.replace(/^[^\w]*|\.$/g, "");
    if (handlesOf(scope, "lock", "campaign").some((handle) => handle.name === name)) return ofHandle;
    const ofNode = [...documented("field", CompletionItemKind.Field), ...["next", "match"].flatMap(progress)];
    return [...ofNode, ...ofHandle];
  },
  "key-field": () => conditionFields(KEY_FIELDS),
  "handle-field": () => conditionFields(HANDLE_FIELDS),
  duration: () => ["10ms", "100ms", "500ms", "1s", "2s"].map((text) => plain(text, CompletionItemKind.Unit)),
  percent: () => ["1%", "5%", "20%", "50%"].map((text) => plain(text, CompletionItemKind.Unit)),
  number: () => [],
  title: () => TITLE_SNIPPETS.map(snippet),
  "message-type": () => documented("message", CompletionItemKind.Class),
  rule: () => documented("rule", CompletionItemKind.Constant),
  property: () => documented("property", CompletionItemKind.Constant),
  cluster: ({ clusters }) =>
    clusters.filter((name) => name !== "").map((name) => named(name, t("cluster"), CompletionItemKind.Module)),
  node: ({ nodes }) => nodes.map((name) => named(name, t("server"), CompletionItemKind.Class)),
  handle: (scope) => handlesOf(scope, "operation", "block", "workload", "nemesis", "lock", "campaign").map(variable),
  lease: (scope) => handlesOf(scope, "lease").map(variable),
  "lease-or-session": (scope) => handlesOf(scope, "lease", "lock", "campaign").map(variable),
  watch: (scope) => handlesOf(scope, "watch").map(variable),
  lock: (scope) => handlesOf(scope, "lock").map(variable),
  candidacy: (scope) => handlesOf(scope, "campaign").map(variable),
  session: (scope) => handlesOf(scope, "lock", "campaign").map(variable),
  watcher: (scope) => handlesOf(scope, "watch", "observe").map(variable),
  hold: (scope) => handlesOf(scope, "hold").map(variable),
  "new-name": () => [],
  "error-name": () => documented("error", CompletionItemKind.Constant),
  "workload-setting": () => WORKLOAD_SNIPPETS.map(snippet),
};

function selectors({ nodes, variables, partitioning }: CompletionScope): Item[] {
  const roles = documented("selector", CompletionItemKind.EnumMember).filter(
    ({ label }) => label !== "except" && (label !== "random" || partitioning),
  );
  return [
    ...nodes.map((name) => named(name, t("server"), CompletionItemKind.Class)),
    ...variables.map(variable),
    ...roles,
    plain("any follower", CompletionItemKind.EnumMember),
    plain("all except leader", CompletionItemKind.EnumMember),
    ...SET_SNIPPETS.map(snippet),
  ];
}

/** Fields of keys and of locks, which the vocabulary lists among what conditions compare. */
function conditionFields(names: readonly string[]): Item[] {
  return names.flatMap((name) => {
    const entry = lookUp("condition", name);
    return entry === undefined ? [] : [entryItem(entry, CompletionItemKind.Field, false)];
  });
}

/** What a leader knows of another server: a field with that server behind it. */
function progress(word: string): Item[] {
  const entry = lookUp("condition", word);
  if (entry === undefined) return [];
  const item = entryItem(entry, CompletionItemKind.Field, false);
  return [{ ...item, insertText: `${word}[$0]`, insertTextFormat: InsertTextFormat.Snippet }];
}

function steps(): Item[] {
  return [
    ...documented("step", CompletionItemKind.Keyword, true),
    ...documented("operation", CompletionItemKind.Function, true),
    ...STEP_SNIPPETS.map(snippet),
  ];
}

/** The words of a kind. Those that only describe a notation, such as `set`, are no words to write. */
function documented(kind: EntryKind, itemKind: CompletionItemKind, takesMore = false): Item[] {
  return entriesOf(kind)
    .filter((entry) => entry.syntax.includes(entry.name))
    .map((entry) => entryItem(entry, itemKind, takesMore));
}

function fixedWord(text: string, { lineWords }: CompletionScope): Item {
  // `grant` is `lease grant`, `saw` is `expect saw`.
  const outer = lineWords.find((word) => PART_OWNERS.has(word));
  const entry =
    (outer === undefined ? undefined : lookUp("part", `${outer} ${text}`)) ??
    FIXED_KINDS.map((kind) => lookUp(kind, text)).find((found) => found !== undefined);
  // What a person types is the word alone, whatever the part is called.
  if (entry !== undefined && entry.name !== text) {
    return { ...entryItem(entry, CompletionItemKind.Keyword, false), label: text };
  }
  return entry === undefined
    ? plain(text, CompletionItemKind.Keyword)
    : entryItem(entry, CompletionItemKind.Keyword, false);
}

const PART_OWNERS: ReadonlySet<string> = new Set(["lease", "alarm", "expect"]);

const FIXED_KINDS: readonly EntryKind[] = ["part", "step", "operation", "result", "selector", "condition"];

/** The values that fit after the words of a line: those of its setting, or, for `rule NAME`, its switch. */
function settingValues(words: readonly string[]): readonly string[] {
  const [setting, second] = words;
  if (setting === "snapshot" && second === "every" && words.length >= 4) {
    return ["keep 100", "chunk 64KiB"].filter((part) => !words.includes(part.replace(/ .*/, "")));
  }
  if (setting === "rule") return second === undefined ? [] : ["on", "off"];
  const entry = lookUp("setting", setting ?? "");
  if (entry === undefined || second !== undefined) return [];
  return entry.choices ?? [entry.example.slice(entry.name.length).trim()];
}
