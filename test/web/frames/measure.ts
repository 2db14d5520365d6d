/** Frame timings of a page while something is done to it. */
import type { Page } from "playwright-core";

/** Milliseconds from one animation frame to the next. */
export interface FrameFigures {
  readonly frames: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

/** Records every frame while `action` runs. */
export async function framesOf(page: Page, action: () => Promise<void>): Promise<FrameFigures> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times });
    const note = (now: number) => {
      if (Reflect.get(window, "frameTimes") !== times) return;
      times.push(now);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await action();
  const times: number[] = await page.evaluate(() => {
    const noted: unknown = Reflect.get(window, "frameTimes");
    Reflect.set(window, "frameTimes", null);
    return Array.isArray(noted) ? noted.map(Number) : [];
  });
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  gaps.sort((a, b) => a - b);
  const at = (share: number) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? 0;
  return { frames: gaps.length, median: at(0.5), p95: at(0.95), p99: at(0.99), longest: gaps.at(-1) ?? 0 };
}

/** Moves the pointer step by step for a while, as a hand does: some 60 moves a second. */
export async function drag(
  page: Page,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  ms: number,
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const end = performance.now() + ms;
  const start = performance.now();
  for (let now = start; now < end; now = performance.now()) {
    const share = (now - start) / ms;
    await page.mouse.move(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
    await page.waitForTimeout(14);
  }
  await page.mouse.up();
}

/** Turns the wheel for a while, in steps of a notch. */
export async function wheel(page: Page, by: number, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(14);
  }
}
