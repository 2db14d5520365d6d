import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RecordedStore } from "./store.js";
import { readRecording } from "./translate.js";

const CORPUS = join(import.meta.dirname, "../../../shared/data/etcd-oracle/corpus");
const recordings = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => name.endsWith(".jsonl")) : [];

describe.skipIf(recordings.length === 0)(
  "a recorded etcd 3.4.23 and this store give the same (needs the recordings, shared/data/etcd-oracle)",
  () => {
    it.each(recordings)("%s", (name) => {
      const store = new RecordedStore();
      for (const step of readRecording(readFileSync(join(CORPUS, name), "utf8"))) {
        const { i, op, req, res, err } = step;
        const expected = res === undefined ? { err } : { res };
        expect({ i, op, req, ...store.answer(step) }).toEqual({ i, op, req, ...expected });
      }
    });

    it("there are 150 of them", () => {
      expect(recordings).toHaveLength(150);
    });
  },
);
