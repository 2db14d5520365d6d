import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { perform } from "../../../test/raft/transcript.js";

// The transcripts follow the paper, one passage for each statement; test/raft/transcript.ts tells how to read them. With
// UPDATE_TRANSCRIPTS=1 in the environment they are written anew: read the difference before keeping it.

const folder = fileURLToPath(new URL("transcripts/", import.meta.url));
const update = process.env["UPDATE_TRANSCRIPTS"] === "1";

for (const file of readdirSync(folder).sort()) {
  const path = `${folder}${file}`;
  const passages = readFileSync(path, "utf8").split(/^(?=## )/m);
  describe(file.replace(".txt", ""), () => {
    if (update) writeFileSync(path, passages.map(perform).join(""));
    for (const passage of passages) {
      const title = /^## (.*)/.exec(passage)?.[1];
      if (title !== undefined) test(title, () => expect(perform(passage)).toBe(update ? perform(passage) : passage));
    }
  });
}
