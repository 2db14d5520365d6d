import { checkSteps, EMPTY_SCOPE, type StepScope } from "../language/check.js";
import type { ClusterConfig, Step } from "../language/program.js";
import type { Scope } from "./scope.js";

/** The text of steps that follow each other in `source`; `""` for none. */
export function stepsText(source: string, steps: readonly Step[]): string {
  const [first] = steps;
  const last = steps.at(-1);
  return first === undefined || last === undefined ? "" : source.slice(first.span.start, last.span.end);
}

/** The names that steps of `source` have bound by now, with what they are: those that further steps may use. */
export function boundNames(source: string, steps: readonly Step[], config: ClusterConfig, scope: Scope): StepScope {
  const named = checkSteps(stepsText(source, steps), config, EMPTY_SCOPE).scope;
  return {
    variables: new Map([...named.variables].filter(([name]) => scope.bindings.has(name))),
    handles: new Map([...named.handles].filter(([name]) => scope.handles.has(name))),
  };
}
