/**
 * The server's log, and the guard that keeps one feature's defect from hurting anything else.
 *
 * Whatever is logged reaches the person's "Raft Lab" output channel through `window/logMessage`, so it is written
 * for somebody who has to report it: what was asked, of which document and version, and the whole stack.
 */

/** Where log lines go. */
export interface Log {
  /** Something worth knowing when reading the log later. */
  info(message: string): void;
  /** Something expected to be rare that the server coped with. */
  warn(message: string): void;
  /** A defect: `what` was being done when `error` was thrown. */
  failed(what: string, error: unknown): void;
}

/** The part of a connection's console that the log needs. */
export interface LogSink {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * A log that writes to the connection's console.
 *
 * @param onDefect hears of defects besides, for a report: `what` without the parameters that the log has
 */
export function createLog(sink: LogSink, onDefect: (what: string, error: string) => void = () => undefined): Log {
  // An editor that is gone reads no log: what is written to it throws, and there is nobody left to tell.
  const write = (line: () => void): void => {
    try {
      line();
    } catch {
      return;
    }
  };
  return {
    info: (message) => write(() => sink.info(message)),
    warn: (message) => write(() => sink.warn(message)),
    failed: (what, error) => {
      const described = describeError(error);
      write(() => sink.error(`${what} failed: ${described}`));
      write(() => onDefect(withoutParameters(what), described));
    },
  };
}

/** What was being done without what it was asked of: that may be a person's own. */
function withoutParameters(what: string): string {
  return what
    .replace(/\{.*/s, "")
    .replace(/\S+:\/\S*/g, "…")
    .trim();
}

/** An error with its stack and causes; anything else that was thrown as text. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${describeError(error.cause)}`;
}

/**
 * Runs a piece of work so that an exception is logged with its context and answered with the fallback.
 *
 * @param what names the work and what it was asked of, for the log; called only on failure
 */
export function guarded<T>(log: Log, what: () => string, fallback: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    log.failed(what(), error);
    return fallback;
  }
}
