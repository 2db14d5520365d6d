/** Asks which setting or rule of a run to flip, and to what. */
import * as vscode from "vscode";
import { runSettingsRequest, type SettingView } from "../../../server/src/protocol/comparison.js";
import type { SessionInfo } from "../../../server/src/protocol/session.js";
import { unwrap } from "../errors.js";
import { type Choice, choose } from "../inputs.js";
import type { Services } from "../services.js";

/** What a person may choose: a setting with its other value, or one whose value is to be typed. */
type Flip =
  | { readonly kind: "setting"; readonly setting: string }
  | { readonly kind: "type"; readonly of: SettingView };

/** The setting as a line of a `cluster` block, e.g. `check-quorum off`; `undefined` when nothing was chosen. */
export async function askSetting(services: Services, session: SessionInfo): Promise<string | undefined> {
  const { settings } = unwrap(await services.server.request(runSettingsRequest, { sessionId: session.id }));
  const chosen = await choose(
    vscode.l10n.t("Flip which setting of “{0}”?", session.title),
    settings.flatMap((each) => choicesOf(each)),
  );
  if (chosen === undefined) return undefined;
  return chosen.kind === "setting" ? chosen.setting : typeValue(services, session, chosen.of);
}

function choicesOf(setting: SettingView): readonly Choice<Flip>[] {
  const { name, now, others, open, says } = setting;
  const description = now === "" ? "" : vscode.l10n.t("now {0}", now);
  const detail = firstSentence(says);
  const closed = others.map(
    (other): Choice<Flip> => ({
      label: `${name} ${other}`,
      description,
      detail,
      value: { kind: "setting", setting: `${name} ${other}` },
    }),
  );
  if (!open) return closed;
  return [...closed, { label: `${name} …`, description, detail, value: { kind: "type", of: setting } }];
}

async function typeValue(services: Services, session: SessionInfo, setting: SettingView): Promise<string | undefined> {
  const { name, now, values } = setting;
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("{0}: which value instead of {1}?", name, now),
    prompt: vscode.l10n.t("It takes {0}.", values.replaceAll("`", "")),
    value: now,
    ignoreFocusOut: true,
    validateInput: async (value) => {
      const asked = { sessionId: session.id, setting: `${name} ${value.trim()}` };
      const answer = await services.server.request(runSettingsRequest, asked);
      return answer.ok ? answer.problem : answer.message;
    },
  });
  return typed === undefined ? undefined : `${name} ${typed.trim()}`;
}

/** Enough to know what is meant; without the marks of Markdown. */
function firstSentence(says: string): string {
  const plain = says.replaceAll("`", "");
  const end = /[.。](?:\s|$)|。/.exec(plain);
  return end === null ? plain : plain.slice(0, end.index + 1);
}
