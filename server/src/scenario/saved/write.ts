import { INVARIANTS } from "../../check/invariants/invariant.js";
import { analyze } from "../../language/check.js";
import { format } from "../../language/format/format.js";
import { clusterSettings, givenLines } from "../../language/print/cluster-text.js";
import { stringText } from "../../language/print/string-text.js";
import { PROPERTY_NAMES } from "../../language/vocabulary/properties.js";
import type { RunPlace } from "../instant.js";
import type { LiveRun } from "../live-run.js";
import { stepsText } from "../story-names.js";
import type { RunViolation } from "../verdict.js";
import { type SavedDeed, type SavedPart, tellDeed } from "./deed-lines.js";
import { placeText, samePlace } from "./place-text.js";

/** How a saved session is introduced. */
export interface SavedHead {
  /** The scenario's title. */
  readonly title: string;
  /** Where it comes from: the comment above the scenario, line by line, without `#`. */
  readonly about: readonly string[];
}

/** Lines of the scenario that belong together; `idle`: they are only told. */
interface Item {
  readonly lines: readonly string[];
  /** They stand in a block that begins with `until event`: as many events since then. */
  readonly until?: number;
  idle: boolean;
}

const START: RunPlace = { timeUs: 0, position: 0, items: 0, byItem: false };
const INVARIANT_NAMES: ReadonlySet<string> = new Set(INVARIANTS);
/** How often steps are taken out that do not check in a file; each time there are fewer. */
const MOST_ROUNDS = 50;

/**
 * Writes a live session as a scenario whose run gives the same trace up to where the session stands. The session itself must not
 * go on: its history is judged.
 */
export function saveSession(live: LiveRun, head: SavedHead): string {
  const place = live.place;
  const { violations } = live.judge();
  const items = itemsOf(live, place, new Set(violations.map(({ property }) => property)));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { text, starts } = fileText(live, head, violations, items);
    const wrong = analyze(text).diagnostics.filter(({ severity }) => severity === "error");
    let dropped = false;
    for (const { span } of wrong) {
      const item = items[starts.findLastIndex((start) => start <= span.start)];
      if (item === undefined || item.idle) continue;
      item.idle = true;
      dropped = true;
    }
    if (!dropped) return format(text);
  }
  return format(fileText(live, head, violations, items).text);
}

/** The steps in order, with the places where they began. */
function itemsOf(live: LiveRun, end: RunPlace, broken: ReadonlySet<string>): Item[] {
  const items: Item[] = [];
  const { begun, story } = live;
  let at = begun?.to ?? START;
  if (story !== null && begun !== null && begun.steps.length > 0) {
    items.push({ lines: [stepsText(story.source, begun.steps), "}"], until: begun.events, idle: false });
  }
  /** Whether a block was begun just before, which has its first turn when the steps wait. */
  let afterBlock = false;
  const add = (lines: readonly string[], idle: boolean): void => {
    items.push({ lines, idle });
  };
  const goTo = (place: RunPlace, always: boolean): void => {
    if (!samePlace(at, place) || always || afterBlock) add([placeText(at, place)], false);
    at = place;
    afterBlock = false;
  };
  for (const deed of live.deeds) {
    const saved = tellDeed(deed, broken);
    if (saved.form !== "steps") {
      goTo(deed.from, deed.beside);
      add(besideLines(saved), false);
      afterBlock = true;
      continue;
    }
    let placed = false;
    for (const [index, part] of saved.parts.entries()) {
      if (part.idle !== null) {
        add(idleLines(part.text, part.idle), true);
        placed = false;
        continue;
      }
      if (!placed) goTo(part.from, deed.beside);
      placed = true;
      add([part.text], false);
      // The next one began where this one ended.
      at = saved.parts[index + 1]?.from ?? deed.to ?? at;
    }
  }
  goTo(end, live.busy);
  if (live.busy) add(["end"], false);
  return items;
}

function besideLines({ parts, form }: SavedDeed): readonly string[] {
  const [only] = parts;
  if (form === "operation" && only !== undefined) return [`async ${only.text}`];
  if (parts.length === 1 && only !== undefined && !/[\n#]/.test(only.text)) return [`async { ${only.text} }`];
  return ["async {", ...parts.map(blockLine), "}"];
}

function blockLine({ text, idle }: SavedPart): string {
  return idle === null ? text : idleLines(text, idle).join("\n");
}

/** A step that is only told, with what it gave in a line of its own. */
function idleLines(text: string, result: string): string[] {
  const lines = text.split("\n").map((line) => `# ${line.trim()}`);
  return result === "" ? lines : [...lines, `#   ${result.replaceAll(/\s+/g, " ")}`];
}

interface FileText {
  readonly text: string;
  /** Where each item begins. */
  readonly starts: readonly number[];
}

function fileText(
  live: LiveRun,
  head: SavedHead,
  violations: readonly RunViolation[],
  items: readonly Item[],
): FileText {
  const opening = [
    "cluster {",
    ...clusterSettings(live.config),
    "}",
    "",
    ...head.about.map((line) => `# ${line}`.trimEnd()),
    `scenario ${stringText(head.title)} {`,
    `seed ${live.seed}`,
    ...(live.given.length === 0 ? [] : ["given {", ...givenLines(live.given), "}"]),
    ...expectedViolations(violations).map((property) => `expect violation of ${property}`),
  ];
  let text = `${opening.join("\n")}\n`;
  const starts = items.map(({ lines, until, idle }) => {
    const start = text.length;
    if (until !== undefined) text += `until event ${until} {\n`;
    const shown = idle ? lines.flatMap((line) => line.split("\n")).map(commented) : lines;
    text += `${shown.join("\n")}\n`;
    return start;
  });
  return { text: `${text}}\n`, starts };
}

function commented(line: string): string {
  return line.startsWith("#") ? line : `# ${line}`;
}

/** What a scenario has to expect so that the session's violations do not fail it. */
function expectedViolations(violations: readonly RunViolation[]): readonly string[] {
  const found = [...new Set(violations.filter(({ expected }) => !expected).map(({ property }) => property))];
  const known = found.filter((property) => PROPERTY_NAMES.includes(property));
  // Who expects a safety property to fall expects the invariants on the way there to fall as well.
  const main = known.filter((property) => !INVARIANT_NAMES.has(property));
  return main.some((property) => property !== "progress") ? main : known;
}
