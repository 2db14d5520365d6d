/** What a task of type `raftlab` is to do, read from its definition in `tasks.json`. */
import type { TaskCommand } from "../../../server/src/protocol/tasks.js";
import { count, type Members, text } from "../arguments.js";

/** The commands, as the manifest's `taskDefinitions` has them. */
export const TASK_COMMANDS: readonly TaskCommand[] = ["run", "check", "format"];

/** A task's definition, read. */
export interface TaskPlan {
  readonly command: TaskCommand;
  /** Relative to the folder, or absolute; `null` for all files. */
  readonly file: string | null;
  readonly scenario: string | undefined;
  readonly seeds: readonly number[] | undefined;
}

/** A definition's members; `undefined` when its command is none of ours. */
export function readPlan(given: Members): TaskPlan | undefined {
  const command = TASK_COMMANDS.find((candidate) => candidate === given["command"]);
  if (command === undefined) return undefined;
  return { command, file: text(given, "file") ?? null, scenario: text(given, "scenario"), seeds: seedsOf(given) };
}

function seedsOf(given: Members): readonly number[] | undefined {
  const list: unknown = given["seeds"];
  if (Array.isArray(list)) return list.filter((each): each is number => Number.isSafeInteger(each) && each >= 0);
  const seed = count(given, "seed");
  return seed === undefined ? undefined : [seed];
}

/** What a task is called that has no name yet: `run samples/a.raftlab`. */
export function planName({ command, file, scenario }: TaskPlan): string {
  const words = [command === "format" ? "fmt --check" : command, file, scenario];
  return words.filter((word) => word !== null && word !== undefined).join(" ");
}
