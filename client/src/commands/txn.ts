/** Transactions on a live cluster: put together question by question, or written. */
import * as vscode from "vscode";
import type { StepOutcome } from "../../../server/src/protocol/session.js";
import { type TxnCompare, type TxnOperation, txnBody } from "../../../server/src/protocol/steps/operation-text.js";
import { text } from "../arguments.js";
import { choose } from "../inputs.js";
import { askKey, askPrefix, askTxnBody, askValue, nameChoices, namesOf } from "../kv-inputs.js";
import type { Services } from "../services.js";
import { type Asking, operate } from "./operate.js";

/** `Raft Lab: Transaction`. Argument: `body`, what stands between the braces; `client`. */
export function txn(services: Services, argument: unknown): Promise<StepOutcome | undefined> {
  return operate(services, argument, ["body"], async (asking) => {
    const body = text(asking.given, "body") ?? (await askBody(asking));
    return body === undefined ? undefined : { kind: "txn", body };
  });
}

async function askBody(asking: Asking): Promise<string | undefined> {
  const how = await choose(vscode.l10n.t("The transaction"), [
    {
      label: vscode.l10n.t("Put together"),
      description: vscode.l10n.t("compares, then operations, question by question"),
      value: "guided" as const,
    },
    {
      label: vscode.l10n.t("Write"),
      description: 'if color == "red" then put color "blue" else get color',
      value: "text" as const,
    },
  ]);
  if (how === undefined) return undefined;
  return how === "text" ? askTxnBody(asking.services, asking.session, asking.client) : guided(asking);
}

async function guided(asking: Asking): Promise<string | undefined> {
  const compares: TxnCompare[] = [];
  for (;;) {
    const title =
      compares.length === 0
        ? vscode.l10n.t("Transaction: if…")
        : vscode.l10n.t("Transaction: if all of these hold, and…");
    const more = await choose(title, [
      { label: vscode.l10n.t("Compare a key"), value: true },
      { label: vscode.l10n.t("No more compares"), description: txnBody(compares, [], []), value: false },
    ]);
    if (more === undefined) return undefined;
    if (!more) break;
    const compare = await askCompare(asking);
    if (compare === undefined) return undefined;
    compares.push(compare);
  }
  const success = await askBranch(asking, (done) => txnBody(compares, done, []), vscode.l10n.t("Transaction: then…"));
  if (success === undefined) return undefined;
  // Without compares the other branch never runs.
  if (compares.length === 0) return txnBody([], success, []);
  const title = vscode.l10n.t("Transaction: otherwise…");
  const failure = await askBranch(asking, (done) => txnBody(compares, success, done), title);
  return failure === undefined ? undefined : txnBody(compares, success, failure);
}

async function askCompare({ services, session }: Asking): Promise<TxnCompare | undefined> {
  const key = await askKey(services, session, vscode.l10n.t("Compare: which key?"));
  if (key === undefined) return undefined;
  services.history.add("key", key);
  const target = await choose<TxnCompare["target"]>(vscode.l10n.t("Compare what of {0}?", key), [
    { label: "value", description: vscode.l10n.t("never holds for a key that is not there"), value: "value" },
    { label: "version", description: vscode.l10n.t("puts since it was created; 0: not there"), value: "version" },
    { label: "create", description: vscode.l10n.t("the revision that created it; 0: not there"), value: "create" },
    { label: "mod", description: vscode.l10n.t("the revision of its last put; 0: not there"), value: "mod" },
    { label: "lease", description: vscode.l10n.t("the lease that it hangs on; 0: none"), value: "lease" },
  ]);
  if (target === undefined) return undefined;
  const operator = await choose<TxnCompare["operator"]>(vscode.l10n.t("How is it to compare?"), [
    { label: "==", value: "==" },
    { label: "!=", value: "!=" },
    { label: ">", value: ">" },
    { label: "<", value: "<" },
  ]);
  if (operator === undefined) return undefined;
  const operand = await askOperand(services, session, key, target);
  return operand === undefined ? undefined : { key, target, operator, operand };
}

async function askOperand(
  services: Services,
  session: Asking["session"],
  key: string,
  target: TxnCompare["target"],
): Promise<string | undefined> {
  const title = vscode.l10n.t("Compare {0} of {1} with what?", target, key);
  if (target === "value") return askValue(services, title);
  if (target === "lease") {
    const leases = (await namesOf(services, session)).filter(({ kind }) => kind === "lease");
    return choose(title, [{ label: "0", description: vscode.l10n.t("No lease"), value: "0" }, ...nameChoices(leases)]);
  }
  return vscode.window.showInputBox({
    title,
    value: "0",
    ignoreFocusOut: true,
    validateInput: (typed) => (/^[0-9]+$/.test(typed) ? undefined : vscode.l10n.t("Write a whole number from 0 on.")),
  });
}

/** The operations of one branch, asked for until there are no more; `preview` shows the transaction so far. */
async function askBranch(
  asking: Asking,
  preview: (done: readonly TxnOperation[]) => string,
  title: string,
): Promise<readonly TxnOperation[] | undefined> {
  const operations: TxnOperation[] = [];
  for (;;) {
    const kind = await choose<TxnOperation["kind"] | "done">(title, [
      { label: "put", value: "put" },
      { label: "get", value: "get" },
      { label: "delete", value: "delete" },
      { label: vscode.l10n.t("Nothing more"), description: preview(operations), value: "done" },
    ]);
    if (kind === undefined) return undefined;
    if (kind === "done") return operations;
    const operation = await askOperation(asking, kind);
    if (operation === undefined) return undefined;
    operations.push(operation);
  }
}

async function askOperation(
  { services, session }: Asking,
  kind: TxnOperation["kind"],
): Promise<TxnOperation | undefined> {
  const key = await askKey(services, session, vscode.l10n.t("{0}: which key?", kind));
  if (key === undefined) return undefined;
  services.history.add("key", key);
  if (kind === "put") {
    const value = await askValue(services, vscode.l10n.t("Put: which value for {0}?", key));
    return value === undefined ? undefined : { kind, key, value };
  }
  const prefix = await askPrefix(key);
  return prefix === undefined ? undefined : { kind, key, prefix };
}
