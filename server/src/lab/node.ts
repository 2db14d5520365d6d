import type { CreateLab } from "./contract.js";
import { NodeLab } from "./node-lab.js";

/** Starts a lab in Node. The worker's bundle, `worker.js`, lies beside the bundle that calls this. */
export const createLab: CreateLab = async (options) =>
  NodeLab.start({ ...options, script: new URL("./worker.js", import.meta.url) });
