/** Questions about keys, values and the names of a live cluster's leases, locks, elections and watches. */
import * as vscode from "vscode";
import type { StepNameView } from "../../server/src/protocol/kv-views.js";
import { liveCheckRequest, liveNamesRequest } from "../../server/src/protocol/requests.js";
import type { SessionInfo } from "../../server/src/protocol/session.js";
import { freshName, isDuration, isName } from "../../server/src/protocol/steps/step-words.js";
import { ExpectedError, unwrap } from "./errors.js";
import { type Choice, choose, chooseOrType, knownKeys } from "./inputs.js";
import type { Services } from "./services.js";

/** Asks for a key: those that the cluster holds and those used lately are proposed. */
export async function askKey(services: Services, session: SessionInfo, title: string): Promise<string | undefined> {
  const keys = await knownKeys(services, session);
  return chooseOrType(title, vscode.l10n.t("A key, such as color or /config/color"), keys);
}

/** Whether one key is meant or all that begin with it; asks only where the key looks like a prefix. */
export async function askPrefix(key: string): Promise<boolean | undefined> {
  if (!key.endsWith("/")) return false;
  return choose(vscode.l10n.t("{0}: one key, or all that start with it?", key), [
    { label: vscode.l10n.t("All keys that start with it"), value: true },
    { label: vscode.l10n.t("This key only"), value: false },
  ]);
}

interface TextButton extends vscode.QuickInputButton {
  readonly text: () => Thenable<string | undefined>;
}

/**
 * Asks for a value, which may be empty. An input box has one line: the clipboard's text is taken with all of its lines by a button, and
 * shown with `⏎` between them. Another button gives the values used lately.
 */
export function askValue(services: Services, title: string, initial?: string): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  const lately = services.history.of("value");
  const buttons: readonly TextButton[] = [
    {
      iconPath: new vscode.ThemeIcon("clippy"),
      tooltip: vscode.l10n.t("Take the clipboard's text, with its lines"),
      text: () => vscode.env.clipboard.readText(),
    },
    {
      iconPath: new vscode.ThemeIcon("history"),
      tooltip: vscode.l10n.t("Values used lately"),
      text: () =>
        choose(
          vscode.l10n.t("Values used lately"),
          lately.map((value) => ({ label: oneLine(value), value })),
        ),
    },
    {
      iconPath: new vscode.ThemeIcon("clear-all"),
      tooltip: vscode.l10n.t("Clear"),
      text: () => Promise.resolve(""),
    },
  ];
  box.title = title;
  box.placeholder = vscode.l10n.t("Any text");
  box.value = oneLine(initial ?? lately[0] ?? "");
  box.ignoreFocusOut = true;
  box.buttons = buttons;
  // The text behind what the box shows, as long as nobody types.
  let whole = { shown: box.value, text: initial ?? lately[0] ?? "" };
  let elsewhere = false;
  return new Promise((resolve) => {
    box.onDidTriggerButton(async (pressed) => {
      const button = buttons.find((candidate) => candidate === pressed);
      elsewhere = true;
      try {
        const text = await button?.text();
        if (text !== undefined) {
          whole = { shown: oneLine(text), text };
          box.value = whole.shown;
        }
      } finally {
        elsewhere = false;
        box.show();
      }
    });
    box.onDidAccept(() => {
      const text = box.value === whole.shown ? whole.text : box.value;
      services.history.add("value", text);
      resolve(text);
      box.hide();
    });
    box.onDidHide(() => {
      // Another question in front of this one hides it for a while.
      if (elsewhere) return;
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function oneLine(text: string): string {
  return text.replace(/\r?\n/g, "⏎");
}

/** Asks for a text that has to be as `problem` wants it. */
async function askText(
  title: string,
  value: string,
  placeHolder: string,
  problem: (text: string) => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title,
    value,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) => problem(text.trim()),
  });
  return answer?.trim();
}

/** Asks for a revision. */
export async function askRevision(title: string, value = ""): Promise<number | undefined> {
  const answer = await askText(title, value, vscode.l10n.t("A revision, such as 3"), (text) =>
    /^[1-9][0-9]*$/.test(text) ? undefined : vscode.l10n.t("A revision is a whole number from 1 on."),
  );
  return answer === undefined ? undefined : Number(answer);
}

/** Asks for a time to live. */
export async function askTtl(services: Services, title: string): Promise<string | undefined> {
  const answer = await askText(title, services.history.of("ttl")[0] ?? "10s", vscode.l10n.t("Such as 10s"), (text) =>
    isDuration(text) ? undefined : vscode.l10n.t("Write a duration with its unit, such as 10s or 500ms."),
  );
  if (answer !== undefined) services.history.add("ttl", answer);
  return answer;
}

/** Asks for a text of one line, such as the name of a lock; those used lately are proposed. */
export async function askName(
  services: Services,
  kind: "lock" | "election",
  title: string,
): Promise<string | undefined> {
  const name = await chooseOrType(title, vscode.l10n.t("A name, such as jobs"), services.history.of(kind));
  if (name !== undefined) services.history.add(kind, name);
  return name;
}

/** The body of a transaction as the person writes it; the language says what is wrong with it. */
export async function askTxnBody(
  services: Services,
  session: SessionInfo,
  client: string,
): Promise<string | undefined> {
  const initial = services.history.of("txn")[0] ?? 'if color == "red" then put color "blue" else get color';
  const body = await askText(
    vscode.l10n.t("The transaction: if … then … else …"),
    initial,
    'if color == "red" and version(other) == 0 then put color "blue", delete other else get color',
    (text) => stepProblem(services, session, `${client} txn { ${text} }`),
  );
  if (body !== undefined) services.history.add("txn", body);
  return body;
}

/** What the language says against a step, or `undefined`. */
export async function stepProblem(services: Services, session: SessionInfo, step: string): Promise<string | undefined> {
  const { problems } = unwrap(await services.server.request(liveCheckRequest, { sessionId: session.id, step }));
  return problems[0];
}

/** The names that steps may use by now. */
export async function namesOf(services: Services, session: SessionInfo): Promise<readonly StepNameView[]> {
  return unwrap(await services.server.request(liveNamesRequest, { sessionId: session.id })).names;
}

/** A name for a new lease, lock, election or watch: the given one where it can be one, else a fresh one. */
export async function newName(
  services: Services,
  session: SessionInfo,
  letter: string,
  given: string | undefined,
): Promise<string> {
  if (given !== undefined && isName(given)) return given;
  const names = await namesOf(services, session);
  return freshName(
    letter,
    names.map(({ name }) => name),
  );
}

/** Lets the person choose a name of one of the kinds, those that are not over first. Tells what to do when there is none. */
export async function chooseName(
  services: Services,
  session: SessionInfo,
  kinds: readonly StepNameView["kind"][],
  title: string,
): Promise<string | undefined> {
  const names = (await namesOf(services, session)).filter(({ kind }) => kinds.includes(kind));
  if (names.length === 0) throw new ExpectedError(nothingNamed(kinds[0]));
  return choose(title, nameChoices(names));
}

/** The names as choices: what is over stands last and says so. */
export function nameChoices(names: readonly StepNameView[]): readonly Choice<string>[] {
  return [...names]
    .sort((a, b) => Number(a.over) - Number(b.over))
    .map(({ name, kind, over }) => ({
      label: name,
      description: over ? vscode.l10n.t("{0}, over", kindText(kind)) : kindText(kind),
      value: name,
    }));
}

function kindText(kind: StepNameView["kind"]): string {
  switch (kind) {
    case "lease":
      return vscode.l10n.t("lease");
    case "lock":
      return vscode.l10n.t("lock");
    case "campaign":
      return vscode.l10n.t("candidacy");
    case "watch":
      return vscode.l10n.t("watch");
    default:
      return kind;
  }
}

function nothingNamed(kind: StepNameView["kind"] | undefined): string {
  switch (kind) {
    case "lease":
      return vscode.l10n.t("There is no lease yet. Grant one first.");
    case "lock":
      return vscode.l10n.t("There is no lock yet. Acquire one first.");
    case "campaign":
      return vscode.l10n.t("There is no candidacy yet. Campaign first.");
    default:
      return vscode.l10n.t("There is no watch yet. Open one first.");
  }
}
