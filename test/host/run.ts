import { appendFileSync } from "node:fs";
import Mocha from "mocha";

/** One line of the file that `RAFTLAB_HOST_RESULTS` names; whoever started the editor reads it. */
interface Result {
  readonly kind: "pass" | "fail" | "end";
  readonly title: string;
  readonly ms: number;
  readonly message?: string;
}

const resultFile = process.env["RAFTLAB_HOST_RESULTS"];

function report(result: Result): void {
  if (resultFile !== undefined) appendFileSync(resultFile, `${JSON.stringify(result)}\n`);
}

/** Runs the tests that `load` defines, and rejects when one has failed: that is what VS Code's test hosts ask for. */
export async function runMocha(load: () => Promise<unknown>): Promise<void> {
  const grep = process.env["RAFTLAB_HOST_GREP"];
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, color: false, ...(grep === undefined ? {} : { grep }) });
  mocha.reporter(resultFile === undefined ? "spec" : "min");
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "", mocha);
  await load();
  const started = Date.now();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, (test) => {
      report({ kind: "pass", title: test.fullTitle(), ms: test.duration ?? 0 });
    });
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      report({ kind: "fail", title: test.fullTitle(), ms: test.duration ?? 0, message });
    });
  });
  report({ kind: "end", title: "", ms: Date.now() - started });
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}
