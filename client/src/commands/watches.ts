/** Watches on a live cluster. */
import * as vscode from "vscode";
import type { StepOutcome } from "../../../server/src/protocol/session.js";
import { count, flag, text } from "../arguments.js";
import { askRevision, chooseName, newName } from "../kv-inputs.js";
import type { Services } from "../services.js";
import { operate } from "./operate.js";
import { chooseOptions, keyOf, prefixOf } from "./operations.js";

type Done = Promise<StepOutcome | undefined>;

/** `Raft Lab: Watch`. Argument: `key`, `prefix`, `fromRev`, `prevKv`, `client`, `name`. Its events go to the Watches view and the results channel. */
export function watch(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const { session, given } = asking;
    const key = await keyOf(asking, vscode.l10n.t("Watch: which key?"));
    if (key === undefined) return undefined;
    const prefix = await prefixOf(asking, key);
    if (prefix === undefined) return undefined;
    const name = await newName(services, session, "w", text(given, "name"));
    services.results.show();
    const [fromRev, prevKv] = [count(given, "fromRev"), flag(given, "prevKv")];
    return { kind: "watch", key, prefix, name, fromRev, prevKv };
  });
}

/** `Raft Lab: Watch with Options`: a prefix, from a revision, with the values before. */
export function watchWithOptions(services: Services, argument: unknown): Done {
  return operate(services, argument, ["key"], async (asking) => {
    const key = await keyOf(asking, vscode.l10n.t("Watch: which key?"));
    if (key === undefined) return undefined;
    const options = await chooseOptions(vscode.l10n.t("Watch {0}: how?", key), [
      { label: "prefix", description: vscode.l10n.t("all keys that start with it"), picked: key.endsWith("/") },
      { label: "from rev", description: vscode.l10n.t("beginning with an old revision") },
      { label: "prev-kv", description: vscode.l10n.t("each change with the value before") },
    ]);
    if (options === undefined) return undefined;
    const past = options.has("from rev");
    const fromRev = past ? await askRevision(vscode.l10n.t("Watch {0}: from which revision on?", key)) : undefined;
    if (past && fromRev === undefined) return undefined;
    const name = await newName(services, asking.session, "w", undefined);
    return { kind: "watch", key, prefix: options.has("prefix"), name, fromRev, prevKv: options.has("prev-kv") };
  });
}

/** `Raft Lab: Unwatch` and `Raft Lab: Ask a Watch for Its Progress`. Argument: `watch`, its name. */
export function onWatch(kind: "unwatch" | "progress"): (services: Services, argument: unknown) => Done {
  return (services, argument) =>
    operate(services, argument, ["watch"], async ({ session, given }) => {
      const title = kind === "unwatch" ? vscode.l10n.t("End which watch?") : vscode.l10n.t("Ask which watch?");
      const name = text(given, "watch") ?? (await chooseName(services, session, ["watch"], title));
      return name === undefined ? undefined : { kind, name };
    });
}
