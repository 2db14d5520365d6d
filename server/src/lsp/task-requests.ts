/** Registers `raftlab/task`. */

import { t } from "../l10n/text.js";
import * as protocol from "../protocol/tasks.js";
import { answering, signalOf } from "./answering.js";
import { readTask, runTask } from "./tasks.js";
import type { TestIndex } from "./tests/index.js";
import type { TestServices } from "./tests/requests.js";

/** Registers the request of `protocol/tasks.ts`. */
export function registerTasks({
  connection,
  documents,
  lab,
  log,
  notify,
  index,
}: Omit<TestServices, "host"> & { readonly index: TestIndex }): void {
  answering(connection, log)(protocol.taskRequest, readTask, async (params, token) => {
    const { taskId } = params;
    const services = {
      lab: () => lab.get(),
      readText: (uri: string) => documents.readText(uri),
      allFiles: async () => (await index.discover()).map(({ uri }) => uri),
      tell: (lines: readonly string[]) => {
        if (lines.length > 0) notify(protocol.taskOutputNotification, { taskId, lines });
      },
    };
    const exitCode = await runTask(services, params, signalOf(token));
    return exitCode === null ? { ok: false, message: t("The task was cancelled.") } : { ok: true, exitCode };
  });
}
