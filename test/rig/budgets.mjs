// The budgets of the editor in a real VS Code: the last line is a JSON array of figures. `RAFTLAB_VSCODE` chooses the version.
// `npm run bench` asks for them where VS Code is installed already (`npm test` installs it).
import { existsSync } from "node:fs";
import { buildHostBench } from "../../scripts/build-tests.mjs";
import { build } from "../../scripts/lib/setup.mjs";
import { runHostTests } from "./host.mjs";
import { defaultVersion, vscodeOf } from "./versions.mjs";

const version = defaultVersion();
if (!existsSync(vscodeOf(version))) {
  console.log("[]");
} else {
  build();
  await buildHostBench();
  const { figures, failures } = await runHostTests({ version, suite: "host-bench", log: () => undefined });
  if (failures.length > 0) console.error(failures.join("\n"));
  console.log(JSON.stringify(figures));
}
