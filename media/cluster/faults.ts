/** Buttons that break and mend a live cluster, and a form for its clients. Each is a step of the language. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import {
  cutStep,
  dropNextStep,
  healStep,
  MESSAGE_TYPES,
  partitionOf,
  type ServerFault,
  serverStep,
} from "../../server/src/protocol/steps/fault-text.js";
import { clientStep } from "../../server/src/protocol/steps/operation-text.js";
import { shortened } from "../../server/src/view-model/phrases.js";
import { formatShortTime } from "../../server/src/view-model/time.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { type ClusterState, canAct } from "./model.js";

/** What the form's controls hold; kept outside the state, since nothing else depends on it. */
const form = {
  server: "",
  from: "",
  to: "",
  type: "AppendEntries",
  side: new Set<string>(),
  client: "",
  op: "put" as "put" | "get" | "delete",
  key: "color",
  value: "red",
};

/** The section's content. `redraw` shows a change of the form. */
export function faults(state: ClusterState, actions: Actions, redraw: () => void): TemplateResult {
  const { view } = state;
  if (view === null) return html``;
  const names = view.servers.map((server) => server.name);
  adopt(state, names, view);
  const able = canAct(state);
  return html`<div class="faults">
    ${able ? nothing : hint(state, actions)}
    ${inForce(view, able, actions)}
    ${serverFaults(view, names, able, actions, redraw)}
    ${linkFaults(names, able, actions, redraw)}
    ${partition(names, able, actions, redraw)}
    ${clientForm(view, able, actions, redraw)}
  </div>`;
}

/** Keeps the form in step with what is picked and with the servers there are. */
function adopt(state: ClusterState, names: readonly string[], view: ClusterView): void {
  const { selection } = state;
  if (selection?.kind === "server") form.server = selection.server;
  if (selection?.kind === "link") {
    form.from = selection.from;
    form.to = selection.to;
  }
  const [first = "", second = first] = names;
  if (!names.includes(form.server)) form.server = first;
  if (!names.includes(form.from)) form.from = first;
  if (!names.includes(form.to)) form.to = second;
  if (form.client !== "" && !view.clients.some((client) => client.name === form.client)) form.client = "";
  if (form.client === "") form.client = view.clients[0]?.name ?? "";
}

function hint(state: ClusterState, actions: Actions) {
  if (state.session?.kind === "live") return html`<p class="quiet">${t("This cluster has been stopped.")}</p>`;
  return html`<p class="hint">
    ${icon("info")}<span>${t("A recorded run cannot be changed.")}</span>
    <vscode-button @click=${actions.branch}>${t("Continue live from here")}</vscode-button>
    <vscode-button secondary @click=${actions.startLive}>${t("Start it as a live cluster")}</vscode-button>
  </p>`;
}

function inForce(view: ClusterView, able: boolean, actions: Actions) {
  if (view.faults.length === 0) return nothing;
  return html`<div class="in-force">
    <h3>${t("In force")}</h3>
    <ul class="chips">
      ${view.faults.map((fault) => html`<li class="chip">${icon("zap")}<span title=${fault.text}>${shortened(fault.text, 90)}</span><span class="quiet">${t("since {0}", formatShortTime(fault.sinceUs))}</span></li>`)}
    </ul>
    ${able ? html`<vscode-button secondary @click=${() => actions.act(healStep())}>${t("Heal the whole network")}</vscode-button>` : nothing}
  </div>`;
}

function serverFaults(
  view: ClusterView,
  names: readonly string[],
  able: boolean,
  actions: Actions,
  redraw: () => void,
) {
  const server = view.servers.find((each) => each.name === form.server);
  const button = (fault: ServerFault, text: string, sense: (server: ServerView) => boolean) => {
    const off = !able || server === undefined || !sense(server);
    return html`<vscode-button secondary ?disabled=${off} aria-disabled=${String(off)} @click=${() => !off && actions.act(serverStep(fault, form.server))}>${text}</vscode-button>`;
  };
  return html`<div class="fault-row" role="group" aria-label=${t("Faults at a server")}>
    ${select(t("At server"), form.server, names, able, (value) => actions.select({ kind: "server", server: value }), redraw)}
    <div class="buttons">
      ${button("crash", t("Crash"), (s) => s.status !== "down")} ${button("restart", t("Restart"), (s) => s.status === "down")}
      ${button("pause", t("Pause"), (s) => s.status === "up")} ${button("resume", t("Resume"), (s) => s.status === "paused")}
      ${button("isolate", t("Isolate"), () => true)} ${button("timeout", t("Time out now"), (s) => s.status === "up" && s.role !== "leader")}
    </div>
  </div>`;
}

function linkFaults(names: readonly string[], able: boolean, actions: Actions, redraw: () => void) {
  const off = !able || form.from === form.to;
  const button = (text: string, step: () => string) =>
    html`<vscode-button secondary ?disabled=${off} aria-disabled=${String(off)} @click=${() => !off && actions.act(step())}>${text}</vscode-button>`;
  const set = (end: "from" | "to") => (value: string) => {
    form[end] = value;
    actions.select({ kind: "link", from: form.from, to: form.to });
  };
  return html`<div class="fault-row" role="group" aria-label=${t("Faults on a link")}>
    ${select(t("On link from"), form.from, names, able, set("from"), redraw)} ${select(t("to"), form.to, names, able, set("to"), redraw)}
    <div class="buttons">
      ${button(t("Cut"), () => cutStep(form.from, form.to, false))} ${button(t("Heal"), () => healStep({ from: form.from, to: form.to }))}
    </div>
    ${select(
      t("Message"),
      form.type,
      MESSAGE_TYPES,
      able,
      (value) => {
        form.type = value;
      },
      redraw,
    )}
    <div class="buttons">${button(t("Drop next"), () => dropNextStep(form.type, form.from, form.to, 1))}</div>
  </div>`;
}

function partition(names: readonly string[], able: boolean, actions: Actions, redraw: () => void) {
  const step = partitionOf(names, form.side);
  const off = !able || step === null;
  return html`<fieldset class="fault-row" ?disabled=${!able}>
    <legend>${t("Part these from the others")}</legend>
    ${names.map(
      (name) =>
        html`<vscode-checkbox .checked=${form.side.has(name)} ?disabled=${!able} label=${name} @change=${() => {
          if (!form.side.delete(name)) form.side.add(name);
          redraw();
        }}></vscode-checkbox>`,
    )}
    <vscode-button secondary ?disabled=${off} aria-disabled=${String(off)} @click=${() => step !== null && able && actions.act(step)}>${t("Partition")}</vscode-button>
    ${step === null ? nothing : html`<code class="quiet">${step}</code>`}
  </fieldset>`;
}

function clientForm(view: ClusterView, able: boolean, actions: Actions, redraw: () => void) {
  const clients = view.clients.map((client) => client.name);
  const step = operationOf(clients.length > 0 ? form.client : null);
  const off = !able || step === null;
  const go = () => {
    if (step !== null && able) actions.act(step);
  };
  const label = (name: "key" | "value") => (name === "key" ? t("Key") : t("Value"));
  const text = (name: "key" | "value") =>
    html`<label class="field"><span>${label(name)}</span>
      <vscode-textfield label=${label(name)} .value=${form[name]} ?disabled=${!able}
        @input=${(event: Event) => {
          form[name] = chosenValue(event);
          redraw();
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter") go();
        }}></vscode-textfield></label>`;
  return html`<div class="fault-row" role="group" aria-label=${t("Client operation")}>
    ${
      clients.length > 1
        ? select(
            t("Client"),
            form.client,
            clients,
            able,
            (value) => {
              form.client = value;
            },
            redraw,
          )
        : nothing
    }
    ${select(
      t("Operation"),
      form.op,
      ["put", "get", "delete"],
      able,
      (value) => {
        form.op = value === "get" ? "get" : value === "delete" ? "delete" : "put";
      },
      redraw,
    )}
    ${text("key")} ${form.op === "put" ? text("value") : nothing}
    <vscode-button ?disabled=${off} aria-disabled=${String(off)} @click=${go}>${t("Send")}</vscode-button>
  </div>`;
}

/** The form's operation as a step; `null` while there is no key. A single client need not be named. */
function operationOf(client: string | null): string | null {
  const { op, key, value } = form;
  if (key === "") return null;
  return clientStep(client, op === "put" ? { kind: "put", key, value } : { kind: op, key, prefix: false });
}

function select(
  label: string,
  value: string,
  options: readonly string[],
  able: boolean,
  change: (value: string) => void,
  redraw: () => void,
) {
  return html`<label class="field"><span>${label}</span>
    <vscode-single-select label=${label} .value=${value} ?disabled=${!able} @change=${(event: Event) => {
      change(chosenValue(event));
      redraw();
    }}>
      ${options.map((option) => html`<vscode-option value=${option} ?selected=${option === value}>${option}</vscode-option>`)}
    </vscode-single-select>
  </label>`;
}

function chosenValue(event: Event): string {
  const { target } = event;
  return target instanceof HTMLElement && "value" in target ? String(target.value) : "";
}
