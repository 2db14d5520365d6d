/** Leases, locks and elections on a live cluster. */
import * as vscode from "vscode";
import type { StepNameView } from "../../../server/src/protocol/kv-views.js";
import type { StepOutcome } from "../../../server/src/protocol/session.js";
import { text } from "../arguments.js";
import { askName, askTtl, askValue, chooseName, newName } from "../kv-inputs.js";
import type { Services } from "../services.js";
import { operate } from "./operate.js";

type Done = Promise<StepOutcome | undefined>;

/** `Raft Lab: Grant Lease`. Argument: `ttl`, `name`, `client`. */
export function grant(services: Services, argument: unknown): Done {
  return operate(services, argument, ["ttl"], async ({ session, given }) => {
    const ttl = text(given, "ttl") ?? (await askTtl(services, vscode.l10n.t("Lease: for how long?")));
    if (ttl === undefined) return undefined;
    return { kind: "lease-grant", name: await newName(services, session, "l", text(given, "name")), ttl };
  });
}

/** What is done with a lease, a lock or a candidacy that has a name. Argument: `name`, `client`. */
export function onName(
  kind: "lease-keepalive" | "lease-revoke" | "lease-ttl" | "unlock" | "resign",
): (services: Services, argument: unknown) => Done {
  return (services, argument) =>
    operate(services, argument, ["name"], async ({ session, given }) => {
      const { kinds, title } = question(kind);
      const name = text(given, "name") ?? (await chooseName(services, session, kinds, title));
      return name === undefined ? undefined : { kind, name };
    });
}

function question(kind: string): { readonly kinds: readonly StepNameView["kind"][]; readonly title: string } {
  switch (kind) {
    case "unlock":
      return { kinds: ["lock"], title: vscode.l10n.t("Release which lock?") };
    case "resign":
      return { kinds: ["campaign"], title: vscode.l10n.t("Resign from which election?") };
    default:
      return { kinds: ["lease", "lock", "campaign"], title: vscode.l10n.t("Which lease?") };
  }
}

/** `Raft Lab: Lock`. Argument: `lock`, `ttl`, `name`, `client`. */
export function lock(services: Services, argument: unknown): Done {
  return operate(services, argument, ["lock"], async ({ session, given }) => {
    const wanted = text(given, "lock") ?? (await askName(services, "lock", vscode.l10n.t("Acquire which lock?")));
    if (!wanted) return undefined;
    const name = await newName(services, session, "k", text(given, "name"));
    return { kind: "lock", lock: wanted, name, ttl: text(given, "ttl") };
  });
}

/** `Raft Lab: Campaign`. Argument: `election`, `value`, `ttl`, `name`, `client`. */
export function campaign(services: Services, argument: unknown): Done {
  return operate(services, argument, ["election"], async ({ session, given, client }) => {
    const title = vscode.l10n.t("Be a candidate in which election?");
    const election = text(given, "election") ?? (await askName(services, "election", title));
    if (!election) return undefined;
    const asked = vscode.l10n.t("Which value, should {0} win?", client);
    const value = text(given, "value") ?? (await askValue(services, asked, client));
    if (value === undefined) return undefined;
    const name = await newName(services, session, "c", text(given, "name"));
    return { kind: "campaign", election, value, name, ttl: text(given, "ttl") };
  });
}
