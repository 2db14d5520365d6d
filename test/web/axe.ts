/** Runs axe in a page: what it finds, one line each. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** All violations of axe's standard rules and best practices. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await source);
  const violations = await page.evaluate(async () => {
    const axe: { run(context: Document, options: object): Promise<{ violations: Finding[] }> } = Reflect.get(
      window,
      "axe",
    );
    const { violations: found } = await axe.run(document, { resultTypes: ["violations"] });
    return found.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map((node) => ({ target: node.target.map(String), failureSummary: node.failureSummary ?? "" })),
    }));
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
  );
}
