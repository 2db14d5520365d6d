/** `raftlab/scenarios`: what a file offers to run. */
import { analyze } from "../language/check.js";

/** The scenarios of a text with their 1-based lines, in order. */
export function runnableScenarios(
  text: string,
): readonly { readonly title: string; readonly line: number; readonly runnable: boolean }[] {
  const { program, runnable } = analyze(text);
  return program.scenarios.map(({ title, line }) => ({ title, line, runnable: runnable.has(title) }));
}
