/** Runs axe in a page: what it finds, one line each. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe judges by colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/**
 * All violations of axe's standard rules and best practices; or of those alone that a change of the theme may break, where all
 * were looked at in another theme.
 */
export async function axeFindings(page: Page, rules: "all" | "colours" = "all"): Promise<readonly string[]> {
  if (!(await page.evaluate(() => Reflect.has(window, "axe")))) await page.evaluate(await source);
  const violations = await page.evaluate(
    async (runOnly) => {
      const axe: { run(context: Document, options: object): Promise<{ violations: Finding[] }> } = Reflect.get(
        window,
        "axe",
      );
      const { violations: found } = await axe.run(document, {
        resultTypes: ["violations"],
        ...(runOnly === null ? {} : { runOnly }),
      });
      return found.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map((node) => ({ target: node.target.map(String), failureSummary: node.failureSummary ?? "" })),
      }));
    },
    rules === "all" ? null : COLOUR_RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
  );
}
