/** Lecture mode by command. */
import type { Services } from "../services.js";

/** `Raft Lab: Lecture Mode`: the cluster panel in large type, note by note; once more leaves it. */
export async function lectureMode(services: Services): Promise<void> {
  services.panels.open("cluster", true);
  services.panels.tell("cluster", { kind: "lecture" });
}
