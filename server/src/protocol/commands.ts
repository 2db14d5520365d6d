/**
 * Commands of the extension that the language server refers to in code lenses, code actions and hovers, with
 * the one argument each takes. The extension checks the argument's shape; every member may be left out, then
 * the person is asked or the caret decides.
 */

/** Ids of the commands, as declared in the manifest. */
export const COMMANDS = {
  /** Argument: {@link RunArgument}. Lens "Run". */
  runScenario: "raftlab.runScenario",
  /** Argument: {@link RunArgument} without `scenario`. Lens "Run All" on top of the file. */
  runAll: "raftlab.runAll",
  /** Argument: {@link RunArgument}. Lens "Live". */
  startLive: "raftlab.startLive",
  /** Argument: {@link SessionArgument}. Lens with the last verdict. */
  openClusterPanel: "raftlab.openClusterPanel",
  /** Argument: {@link SessionArgument}, or {@link RunArgument}, which runs it first when it has not run. Lens "Diagram". */
  openDiagram: "raftlab.openMessageDiagram",
  /** Argument: {@link SessionArgument}. What clients saw. */
  openHistory: "raftlab.openHistory",
  /** Argument: {@link SessionArgument} with `eventId`. Link in hovers: why this happened. */
  showWhy: "raftlab.showWhy",
  /** Argument: {@link SessionArgument} with `eventId`, and `title`, the question to ask instead of choosing one. */
  askWhy: "raftlab.askWhy",
  /** Argument: {@link SessionArgument} with `eventId`. Link in hovers: moves the cursor there. */
  goToEvent: "raftlab.goToEvent",
  /** Argument: {@link KeyArgument}. Link in hovers: the event that wrote a revision of a key. */
  goToWriter: "raftlab.goToWriter",
} as const;

/** Which scenario of which document. */
export interface RunArgument {
  /** Document URI. */
  readonly uri?: string;
  /** Scenario title. */
  readonly scenario?: string;
  readonly seed?: number;
}

/** Which session, and where in it. */
export interface SessionArgument {
  readonly sessionId?: string;
  readonly eventId?: number;
}

/** Which revision of which key of a session. */
export interface KeyArgument {
  readonly sessionId?: string;
  readonly key?: string;
  readonly revision?: number;
}
