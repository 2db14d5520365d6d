import { describe, expect, it } from "vitest";
import { Crc32c } from "./crc32c.js";
import { KvStateMachine } from "./state-machine.js";
import { MvccStore } from "./store.js";
import { utf8 } from "./utf8.js";

describe("HashKV", () => {
  it("computes CRC-32C", () => {
    const crc = new Crc32c();
    crc.bytes(utf8("123456789"));
    expect(crc.value).toBe(0xe3069283);
  });

  it("hashes the bytes that etcd writes", () => {
    const store = new MvccStore();
    store.put("é", "", 0);
    store.commit();
    store.remove({ key: "é" });
    store.commit();
    const bytes = [
      ...utf8("key"),
      ...[0, 0, 0, 0, 0, 0, 0, 2, 0x5f, 0, 0, 0, 0, 0, 0, 0, 0],
      ...[0x0a, 2, 0xc3, 0xa9, 0x10, 2, 0x18, 2, 0x20, 1],
      ...[0, 0, 0, 0, 0, 0, 0, 3, 0x5f, 0, 0, 0, 0, 0, 0, 0, 0, 0x74],
      ...[0x0a, 2, 0xc3, 0xa9],
    ];
    const crc = new Crc32c();
    crc.bytes(Uint8Array.from(bytes));
    expect(store.hashKv(0)).toEqual({ hash: crc.value, compactRevision: -1 });
    expect(store.hashKv(3)).toEqual(store.hashKv(0));
    expect(store.hashKv(2)).not.toEqual(store.hashKv(0));
  });

  it("refuses what is compacted and what is still to come", () => {
    const machine = new KvStateMachine();
    const apply = (operation: Parameters<KvStateMachine["apply"]>[0]["operation"]): unknown =>
      machine.apply({ client: 0, sequence: 0, operation });
    for (const value of ["1", "2", "3"]) apply({ kind: "put", key: "k", value });
    apply({ kind: "compact", revision: 3 });
    expect(machine.store.hashKv(3)).toBe("compacted");
    expect(machine.store.hashKv(5)).toBe("future-revision");
    expect(machine.store.hashKv(4)).toMatchObject({ compactRevision: 3 });
  });

  it("covers leases beyond 32 bits", () => {
    const hashWith = (lease: number): unknown => {
      const machine = new KvStateMachine();
      machine.apply({ client: 0, sequence: 0, operation: { kind: "lease-grant", id: lease, ttl: 10 } });
      machine.apply({ client: 0, sequence: 0, operation: { kind: "put", key: "k", value: "", lease } });
      return [machine.store.hash, machine.store.hashKv(0)];
    };
    expect(hashWith(2 ** 40 + 1)).not.toEqual(hashWith(2 ** 41 + 1));
    expect(hashWith(1)).not.toEqual(hashWith(2));
  });
});
