/** A panel that stands open, looked at in every theme. */
import { expect } from "vitest";
import { axeFindings } from "./axe.js";
import { changeTheme, type OpenPanel } from "./page.js";
import { THEMES } from "./themes.js";

/**
 * In every theme axe finds nothing, nothing sticks out sideways, and nothing was in trouble; a picture of each is taken, whose name
 * begins with `name` and ends with the theme. What no theme changes is looked at once.
 */
export async function soundInEveryTheme(
  open: OpenPanel,
  name: string,
  options: { readonly full?: boolean } = {},
): Promise<void> {
  for (const [at, { name: theme }] of THEMES.entries()) {
    await changeTheme(open.page, theme);
    await open.shot(`${name}-${theme}`, options);
    const findings = await axeFindings(open.page, at === 0 ? "all" : "colours");
    expect({ theme, findings }).toEqual({ theme, findings: [] });
    const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await open.page.evaluate(over)).toBeLessThanOrEqual(0);
  }
  expect(open.trouble).toEqual([]);
}
