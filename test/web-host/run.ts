import "mocha/mocha.js";

/** One line of the log of the window; whoever opened it reads it there: a web worker can write no file. */
function report(result: { kind: "pass" | "fail" | "end"; title: string; ms: number; message?: string }): void {
  // biome-ignore lint/suspicious/noConsole: the log is this suite's only way out.
  console.log(`raftlab-result ${JSON.stringify(result)}`);
}

/** Runs the tests that `load` defines, in the web worker in which VS Code for the Web runs extensions. */
export async function runMocha(load: () => void): Promise<void> {
  mocha.setup({ ui: "bdd", timeout: 30_000, reporter: class {} as never });
  load();
  const started = performance.now();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => report({ kind: "pass", title: test.fullTitle(), ms: test.duration ?? 0 }));
    runner.on("fail", (test, error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      report({ kind: "fail", title: test.fullTitle(), ms: test.duration ?? 0, message });
    });
  });
  report({ kind: "end", title: "", ms: Math.round(performance.now() - started) });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
