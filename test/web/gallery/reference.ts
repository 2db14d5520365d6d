/** Pictures kept as references: what a panel looked like when somebody looked at it and was content. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const folder = path.resolve(import.meta.dirname, "../references");
const out = path.resolve(import.meta.dirname, "../../out/web/references");

/** How different one pixel's colour may be, from 0 to 1: smoothing of letters differs from one build of the browser to the next. */
const COLOUR = 0.25;
/** The share of pixels that may be more different than that. */
const SHARE = 0.02;

/** `RAFTLAB_UPDATE_PICTURES=1` takes what is there as the new reference: look at it first. */
const update = process.env["RAFTLAB_UPDATE_PICTURES"] === "1";

/** How a picture compares with its reference. */
export type Comparison =
  | { readonly kind: "same" | "written" }
  | { readonly kind: "different"; readonly message: string };

/** Holds a picture against the reference of that name. A new one, and with {@link update} any, becomes the reference. */
export function compareWithReference(name: string, shot: Buffer): Comparison {
  const file = path.join(folder, `${name}.png`);
  if (update || !existsSync(file)) {
    if (!update && process.env["CI"] !== undefined) {
      return {
        kind: "different",
        message: `${name} has no reference: run with RAFTLAB_UPDATE_PICTURES=1 and look at it`,
      };
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, shot);
    return { kind: "written" };
  }
  const reference = readFileSync(file);
  // The same bytes are the same picture, without decoding both.
  if (reference.equals(shot)) return { kind: "same" };
  const [kept, now] = [PNG.sync.read(reference), PNG.sync.read(shot)];
  if (kept.width !== now.width || kept.height !== now.height) {
    keep(name, shot, null);
    return {
      kind: "different",
      message: `${name} is ${now.width}×${now.height}, its reference ${kept.width}×${kept.height}`,
    };
  }
  const difference = new PNG({ width: kept.width, height: kept.height });
  const different = pixelmatch(kept.data, now.data, difference.data, kept.width, kept.height, { threshold: COLOUR });
  const share = different / (kept.width * kept.height);
  if (share <= SHARE) return { kind: "same" };
  keep(name, shot, difference);
  return {
    kind: "different",
    message: `${name}: ${(share * 100).toFixed(1)} % of the pixels differ; see test/out/web/references`,
  };
}

function keep(name: string, shot: Buffer, difference: PNG | null): void {
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, `${name}.png`), shot);
  if (difference !== null) writeFileSync(path.join(out, `${name}.difference.png`), PNG.sync.write(difference));
}
