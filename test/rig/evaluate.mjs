// The tests' side of test/rig/evaluate/extension.cjs.
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./versions.mjs";

/** The helper extension's folder. */
export const evaluateExtension = path.join(root, "test/rig/evaluate");

/** Runs functions in the extension host of one window. */
export class Evaluator {
  #portFile;

  /** @param {string} portFile where the helper extension writes its port, handed to it as `RAFTLAB_EVALUATE` */
  constructor(portFile) {
    this.#portFile = portFile;
  }

  /**
   * Runs a function in the extension host and returns what it returns. Only its text gets there: it sees nothing of the test but
   * `argument`, and what both hand over must survive JSON.
   * @template [A=undefined]
   * @template [R=unknown]
   * @param {(vscode: typeof import("vscode"), argument: A) => R} fn
   * @param {A} [argument]
   * @returns {Promise<Awaited<R>>}
   */
  async evaluate(fn, argument) {
    const response = await fetch(`http://127.0.0.1:${await this.#port()}/`, {
      method: "POST",
      body: JSON.stringify({ code: String(fn), argument }),
    });
    const answer = /** @type {{ value?: Awaited<R>, error?: string }} */ (await response.json());
    if (answer.error !== undefined) throw new Error(`in the extension host: ${answer.error}`);
    return /** @type {Awaited<R>} */ (answer.value);
  }

  /** The window is about to be loaded anew: what answers next must be its new extension host, not the one that ends. */
  forget() {
    rmSync(this.#portFile, { force: true });
  }

  async #port() {
    const deadline = Date.now() + 30_000;
    while (!existsSync(this.#portFile) || readFileSync(this.#portFile, "utf8") === "") {
      if (Date.now() > deadline) throw new Error("the helper extension has not started");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return readFileSync(this.#portFile, "utf8");
  }
}
