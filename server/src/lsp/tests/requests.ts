/** `raftlab/tests/…`: wires discovery and running to the connection. */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
} from "vscode-languageserver";
import * as protocol from "../../protocol/tests.js";
import { answering, signalOf } from "../answering.js";
import type { Documents } from "../documents.js";
import { type Fields, given } from "../fields.js";
import type { Host } from "../host.js";
import type { LabAccess } from "../lab-access.js";
import type { Notify } from "../lab-events.js";
import type { Log } from "../log.js";
import { ContinuousRuns } from "./continuous.js";
import { TestIndex } from "./index.js";
import { runTests } from "./runner.js";

/** What tests need of the server. */
export interface TestServices {
  readonly connection: Connection;
  readonly host: Host;
  readonly documents: Documents;
  readonly lab: LabAccess;
  readonly log: Log;
  readonly notify: Notify;
}

/** What the server tells its tests. */
export interface Tests {
  readonly index: TestIndex;
  /** The editor's folders and what it can watch; to be called with the parameters of `initialize`. */
  readonly initialize: (params: InitializeParams) => void;
  /** To be called once the editor has been answered. */
  readonly initialized: () => void;
  readonly documentChanged: (uri: string) => void;
  readonly documentClosed: (uri: string) => void;
  readonly documentSaved: (uri: string) => void;
}

/** Registers the requests of `protocol/tests.ts`. */
export function registerTests({ connection, host, documents, lab, log, notify }: TestServices): Tests {
  const readText: Documents["readText"] = (uri) => documents.readText(uri);
  const index = new TestIndex({
    host,
    documents,
    log,
    changed: (files, gone) => notify(protocol.testsChangedNotification, { files, gone }),
  });
  const continuous = new ContinuousRuns(index, readText);
  const folders = new Set<string>();
  let client: InitializeParams["capabilities"] = {};
  const inBackground = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.failed(what, error));
  };
  const saved = (uri: string): void => inBackground(`looking for tests to run again in ${uri}`, continuous.saved(uri));
  const foldersChanged = (): void => inBackground("listing the tests of the folders", index.setFolders([...folders]));

  const on = answering(connection, log);
  on(protocol.testsDiscoverRequest, readDiscover, async ({ uri }) => {
    if (uri === undefined) return { ok: true, files: await index.discover() };
    const file = await index.discoverFile(uri);
    return { ok: true, files: file === null ? [] : [file] };
  });
  on(protocol.testsRunRequest, readRun, async ({ runId, ids, exclude = [], seed, continuous: stays }, token) => {
    const signal = signalOf(token);
    const tell = (event: protocol.TestEvent): void => notify(protocol.testsEventNotification, { runId, event });
    if (stays === true) {
      await continuous.watch({ ids, exclude, tell }, signal);
      return { ok: true, counts: { passed: 0, failed: 0, errored: 0, skipped: 0 } };
    }
    const targets = await index.targets(ids, exclude);
    const services = { lab: () => lab.get(), readText, now: host.now };
    return { ok: true, counts: await runTests(services, targets, { seed, signal, tell }) };
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      if (type === FileChangeType.Deleted) index.fileDeleted(uri);
      else {
        index.fileChanged(uri);
        saved(uri);
      }
    }
  });

  return {
    index,
    initialize: (params) => {
      client = params.capabilities;
      for (const { uri } of params.workspaceFolders ?? []) folders.add(withoutSlash(uri));
      foldersChanged();
    },
    initialized: () => {
      if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
        const watchers = [{ globPattern: "**/*.raftlab" }];
        inBackground(
          "asking for changes of files",
          connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
        );
      }
      if (client.workspace?.workspaceFolders !== true) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of added) folders.add(withoutSlash(uri));
        for (const { uri } of removed) folders.delete(withoutSlash(uri));
        foldersChanged();
      });
    },
    documentChanged: (uri) => void index.lookAtDocument(uri),
    documentClosed: (uri) => index.documentClosed(uri),
    documentSaved: saved,
  };
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/$/, "");
}

function readDiscover(f: Fields): { readonly uri?: string } {
  return { ...given("uri", f.optionalString("uri")) };
}

function readRun(f: Fields): RunParams {
  return {
    runId: f.string("runId"),
    ids: f.optionalStrings("ids") ?? [],
    ...given("exclude", f.optionalStrings("exclude")),
    ...given("seed", f.optionalInteger("seed", 0)),
    ...given("continuous", f.optionalBoolean("continuous")),
  };
}

type RunParams = NonNullable<(typeof protocol.testsRunRequest)["params"]>;
