/** Figures of the panels, printed as they come and kept as JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FrameFigures } from "./measure.js";

const file = path.resolve(import.meta.dirname, "../../out/panels.json");

/** One figure. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "MiB" | "frames/s";
  readonly aim: string;
}

const figures: Figure[] = [];

/** Prints a figure and keeps it. */
export function tell(name: string, value: number, unit: Figure["unit"], aim = ""): void {
  figures.push({ name, value, unit, aim });
  process.stdout.write(`${name.padEnd(64)}${value.toFixed(1).padStart(9)} ${unit.padEnd(9)} ${aim}\n`);
}

/** Prints what was measured of frames. */
export function tellFrames(name: string, { median, p95, p99, longest, frames }: FrameFigures): void {
  tell(`${name}: frames`, frames === 0 ? 0 : 1000 / Math.max(median, 1), "frames/s", "60");
  tell(`${name}: from frame to frame, 95th percentile`, p95, "ms", "20");
  tell(`${name}: from frame to frame, 99th percentile`, p99, "ms");
  tell(`${name}: from frame to frame, longest of ${frames}`, longest, "ms");
}

/** Writes all figures to test/out/panels.json. */
export function keepFigures(): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
