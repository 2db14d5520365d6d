/** Which tests there are: the scenario files of the workspace's folders and the open documents, kept in step with both. */
import { t } from "../../l10n/text.js";
import type { TestFile, TestId, TestScenario } from "../../protocol/tests.js";
import type { Documents } from "../documents.js";
import type { Host } from "../host.js";
import type { Log } from "../log.js";
import { fileOfTest, type Scan, scanText, scanTree } from "./scan.js";

/** What the index needs. */
export interface TestIndexServices {
  readonly host: Pick<Host, "listScenarios" | "readDocument">;
  readonly documents: Pick<Documents, "uris" | "state">;
  readonly log: Log;
  /** Hears of what has changed: `raftlab/tests/changed`. */
  readonly changed: (files: readonly TestFile[], gone: readonly string[]) => void;
}

interface Entry {
  file: TestFile;
  /** It is in one of the folders; otherwise it goes when it is closed. */
  inFolder: boolean;
  /** What an open document's text was when it was looked at: its tree, which is new with each text. */
  tree: object | null;
}

/** A test to run; `null` for one that is not there any more. */
export interface TestTarget {
  readonly id: TestId;
  readonly uri: string;
  readonly scenario: TestScenario | null;
}

/** Knows all tests. Asks nothing of the disk before somebody wants to see tests. */
export class TestIndex {
  readonly #services: TestIndexServices;
  readonly #entries = new Map<string, Entry>();
  #folders: readonly string[] = [];
  /** Somebody has asked for the workspace's tests: from then on the files on disk are followed. */
  #wanted = false;
  readonly #waiting = new Set<string>();
  #scanning: Promise<void> | null = null;

  constructor(services: TestIndexServices) {
    this.#services = services;
  }

  /** The workspace's folders, as URIs. */
  async setFolders(folders: readonly string[]): Promise<void> {
    this.#folders = folders;
    if (this.#wanted) await this.#list();
  }

  /** Lists all files anew; those whose text has to be looked at first are told of later. */
  async discover(): Promise<readonly TestFile[]> {
    this.#wanted = true;
    await this.#list();
    return this.#sorted();
  }

  /** All files with all their tests. */
  async discoverAll(): Promise<readonly TestFile[]> {
    await this.discover();
    while (this.#scanning !== null) await this.#scanning;
    return this.#sorted();
  }

  /** One file, looked at now; `null` when there is no such file. */
  async discoverFile(uri: string): Promise<TestFile | null> {
    this.#waiting.delete(uri);
    if (!this.lookAtDocument(uri)) await this.#scanFile(uri, true);
    return this.#entries.get(uri)?.file ?? null;
  }

  /** The tests that are meant by ids of files and scenarios, by file and place in it; without ids, all. */
  async targets(ids: readonly TestId[], exclude: readonly TestId[]): Promise<readonly TestTarget[]> {
    const files = ids.length === 0 ? await this.discoverAll() : await this.#filesOf(ids);
    const wanted = new Set(ids);
    const left = new Set(exclude);
    const targets = files.flatMap(({ uri, scenarios }) => {
      if (left.has(uri)) return [];
      const all = ids.length === 0 || wanted.has(uri);
      return (scenarios ?? []).flatMap((scenario): TestTarget[] =>
        (all || wanted.has(scenario.id)) && !left.has(scenario.id) ? [{ id: scenario.id, uri, scenario }] : [],
      );
    });
    const found = new Set(targets.map(({ id }) => id));
    const known = new Set(files.map(({ uri }) => uri));
    const missing = ids.filter((id) => !(found.has(id) || known.has(id) || left.has(id) || left.has(fileOfTest(id))));
    return [...targets, ...missing.map((id) => ({ id, uri: fileOfTest(id), scenario: null }))];
  }

  async #filesOf(ids: readonly TestId[]): Promise<readonly TestFile[]> {
    const files: TestFile[] = [];
    for (const uri of new Set(ids.map(fileOfTest))) {
      const known = this.#entries.get(uri)?.file;
      const file = known === undefined || known.scenarios === null ? await this.discoverFile(uri) : known;
      if (file !== null) files.push(file);
    }
    return files;
  }

  /** A document was opened or edited: its text is what counts. False when it is not open, or cannot be read as a scenario file. */
  lookAtDocument(uri: string): boolean {
    const state = this.#services.documents.state(uri);
    if (state === undefined) return false;
    const entry = this.#entry(uri);
    if (state.kind !== "analysed") {
      const reason = state.kind === "unreadable" ? state.reason : t("Raft Lab failed to analyse this text.");
      this.#update(entry, { ...entry.file, scenarios: entry.file.scenarios ?? [], error: reason });
      return true;
    }
    const { tree, lines, diagnostics } = state.analysis;
    if (entry.tree === tree) return true;
    entry.tree = tree;
    this.#take(entry, scanTree(uri, tree, lines, diagnostics));
    return true;
  }

  /** A document was closed: what is on disk counts again. */
  documentClosed(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return;
    entry.tree = null;
    if (entry.inFolder) this.#scanLater(uri);
    else this.#drop([uri]);
  }

  /** Another program, or the editor, created or changed a file. */
  fileChanged(uri: string): void {
    if (!this.#wanted || isIgnored(uri)) return;
    this.#entry(uri).inFolder = true;
    if (!this.#isOpen(uri)) this.#scanLater(uri);
  }

  /** A file, or a folder of files, was deleted. */
  fileDeleted(uri: string): void {
    const below = `${uri}/`;
    const gone = [...this.#entries.keys()].filter((known) => known === uri || known.startsWith(below));
    for (const known of gone) this.#entry(known).inFolder = false;
    this.#drop(gone.filter((known) => !this.#isOpen(known)));
  }

  async #list(): Promise<void> {
    const listed = new Set<string>();
    for (const folder of this.#folders) {
      try {
        for (const uri of await this.#services.host.listScenarios(folder)) listed.add(uri);
      } catch (error) {
        this.#services.log.failed(`listing the scenario files of ${folder}`, error);
      }
    }
    const gone: string[] = [];
    for (const [uri, entry] of this.#entries) {
      if (!entry.inFolder || listed.has(uri)) continue;
      entry.inFolder = false;
      if (!this.#isOpen(uri)) gone.push(uri);
    }
    this.#drop(gone);
    for (const uri of listed) {
      this.#entry(uri).inFolder = true;
      if (!this.#isOpen(uri)) this.#scanLater(uri);
    }
    for (const uri of this.#services.documents.uris()) this.lookAtDocument(uri);
  }

  #scanLater(uri: string): void {
    this.#waiting.add(uri);
    this.#scanning ??= this.#scanWaiting().finally(() => {
      this.#scanning = null;
    });
  }

  async #scanWaiting(): Promise<void> {
    await pause();
    for (;;) {
      const [uri] = this.#waiting;
      if (uri === undefined) return;
      this.#waiting.delete(uri);
      try {
        await this.#scanFile(uri, false);
      } catch (error) {
        this.#services.log.failed(`looking for the scenarios of ${uri}`, error);
      }
      await pause();
    }
  }

  /** Looks at a file that is not open. `asked`: somebody named it, so that it may be new. */
  async #scanFile(uri: string, asked: boolean): Promise<void> {
    const read = await this.#services.host.readDocument(uri);
    if (!read.ok) {
      const entry = this.#entries.get(uri);
      if (entry !== undefined && !this.#isOpen(uri)) {
        this.#update(entry, { ...entry.file, scenarios: entry.file.scenarios ?? [], error: read.message });
      }
      return;
    }
    const scan = await scanText(uri, read.text, pause);
    // Opened or deleted meanwhile.
    if (this.#isOpen(uri) || !(asked || this.#entries.has(uri))) return;
    this.#take(this.#entry(uri), scan);
  }

  #take(entry: Entry, { scenarios, error }: Scan): void {
    const { uri, scenarios: known } = entry.file;
    const message = error === null ? null : t("line {0}: {1}", error.line, error.message);
    // In a broken text scenarios come and go with every keystroke.
    const kept = error === null || known === null || known.length === 0 ? scenarios : moved(known, scenarios);
    this.#update(entry, { uri, scenarios: kept, error: message });
  }

  #update(entry: Entry, file: TestFile): void {
    if (JSON.stringify(entry.file) === JSON.stringify(file)) return;
    entry.file = file;
    this.#services.changed([file], []);
  }

  #drop(uris: readonly string[]): void {
    const gone = uris.filter((uri) => this.#entries.delete(uri));
    for (const uri of gone) this.#waiting.delete(uri);
    if (gone.length > 0) this.#services.changed([], gone);
  }

  #entry(uri: string): Entry {
    let entry = this.#entries.get(uri);
    if (entry === undefined) {
      entry = { file: { uri, scenarios: null, error: null }, inFolder: false, tree: null };
      this.#entries.set(uri, entry);
    }
    return entry;
  }

  #isOpen(uri: string): boolean {
    return this.#services.documents.state(uri) !== undefined;
  }

  #sorted(): readonly TestFile[] {
    const files = [...this.#entries.values()].map(({ file }) => file);
    return files.sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
  }
}

/** The known scenarios where they are now, as far as they can be seen. */
function moved(known: readonly TestScenario[], now: readonly TestScenario[]): readonly TestScenario[] {
  const byId = new Map(now.map((scenario) => [scenario.id, scenario]));
  return known.map((scenario) => byId.get(scenario.id) ?? scenario);
}

/** Files below these folders are nobody's tests. */
function isIgnored(uri: string): boolean {
  return /\/(node_modules|[.]git)\//.test(uri);
}

/** Lets others have their turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
