import type { CreateLab } from "./contract.js";
import { NodeLab } from "./node-lab.js";
import { SessionStore } from "./store.js";

/** Starts a lab in Node. The worker's bundle, `worker.js`, lies beside the bundle that calls this. */
export const createLab: CreateLab = async ({ storageFolder, log }) => {
  const { store, message } = await SessionStore.open(storageFolder);
  const lab = new NodeLab(store, new URL("./worker.js", import.meta.url), log);
  if (message !== null) {
    log("warn", message);
    lab.announce(message);
  }
  return lab;
};
