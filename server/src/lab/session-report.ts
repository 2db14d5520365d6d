import type { RunSource } from "../protocol/exports.js";
import type { OpenSession } from "./open-session.js";
import { reportOf } from "./report/report.js";
import { RunSession } from "./run-session.js";

/** A session as it stands, as a report. */
export function sessionReport(session: OpenSession, source: RunSource): string {
  const { recording, violations } = session;
  const steps = session instanceof RunSession ? (session.result?.steps ?? []) : [];
  return reportOf({ source, recording, violations, steps });
}
