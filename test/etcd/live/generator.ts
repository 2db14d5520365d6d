/** Random requests in the words of the recordings (translate.ts), each chosen with an eye on the state before it. */
import { RandomStream } from "../../../server/src/sim/random.js";
import type { RecordedStore } from "../store.js";
import type { Json, JsonObject, Step } from "../translate.js";

/** What a sequence dwells on. */
export const PROFILES = ["kv", "txn", "lease", "compact", "errors"] as const;
/** The name of one of {@link PROFILES}. */
export type Profile = (typeof PROFILES)[number];

/** Twelve, so that what a sort leaves equal has a defined order in etcd. Binary strings: a character is a byte. */
const KEYS = ["\0", "\0\0", "a", "a\0", "a/1", "a/ÿ", "b", "b/", "c", "þÿ", "ÿ", "ÿÿ"] as const;
const VALUES = ["", "\0", "x", "xy", "ÿ", "\x80\xc3"] as const;
const LEASES = [7, 8, 9, 2 ** 40 + 1] as const;
const UNKNOWN_LEASE = 99;
const SHORT_LEASE = 5;
/** More than etcd takes, and less than gRPC does. */
const TOO_MANY_BYTES = 1_600_000;
const MAX_OPERATIONS = 128;

type Kind = "put" | "range" | "delete" | "txn" | "compact" | "lease" | "expire" | "wrong";
const WEIGHTS: Readonly<Record<Profile, Readonly<Record<Kind, number>>>> = {
  kv: { put: 40, range: 30, delete: 12, txn: 10, compact: 3, lease: 4, expire: 0, wrong: 1 },
  txn: { put: 18, range: 8, delete: 4, txn: 62, compact: 3, lease: 4, expire: 0, wrong: 1 },
  lease: { put: 30, range: 6, delete: 6, txn: 14, compact: 2, lease: 40, expire: 1, wrong: 1 },
  compact: { put: 34, range: 22, delete: 14, txn: 12, compact: 15, lease: 2, expire: 0, wrong: 1 },
  errors: { put: 20, range: 10, delete: 6, txn: 20, compact: 8, lease: 12, expire: 0, wrong: 24 },
};

/** Makes the steps of one sequence. The same seed and the same answers before give the same step. */
export class Generator {
  readonly #random: RandomStream;
  readonly #weights: Readonly<Record<Kind, number>>;
  readonly #store: RecordedStore;
  /** Requests that belong together with one made before. */
  readonly #planned: (readonly [op: string, req: JsonObject])[] = [];
  /**
   * Whether puts may keep something of their key. Not in a transaction with an open-ended delete: etcd panics when the
   * key is gone by then, since it does not see that the two overlap ("unexpected error during txn: etcdserver: key not found").
   */
  #ignoring = true;
  #made = 0;

  constructor(seed: number, profile: Profile, store: RecordedStore) {
    this.#random = RandomStream.of(seed, `etcd ${profile}`);
    this.#weights = WEIGHTS[profile];
    this.#store = store;
  }

  /** The next request. */
  next(): Step {
    const i = this.#made;
    this.#made += 1;
    const [op, req] = this.#planned.shift() ?? this.#request();
    return { i, op, req };
  }

  /** Watches to be opened after the last request. */
  watches(): readonly JsonObject[] {
    const { revision, compactRevision } = this.#store.machine.store;
    const first = Math.max(1, compactRevision + 1);
    const all = { key: "\0", range_end: "\0" };
    return [
      { ...all, start_revision: 1 },
      { ...all, start_revision: first, prev_kv: true },
      { ...all, start_revision: revision + 1, prev_kv: true },
      ...Array.from({ length: 4 }, (): JsonObject => {
        const start = this.#random.integer(first, revision + 1);
        const filters = this.#one([[], [], ["NOPUT"], ["NODELETE"]]);
        return { ...this.#watchedRange(), start_revision: start, prev_kv: this.#chance(0.5), filters };
      }),
    ];
  }

  #request(): readonly [op: string, req: JsonObject] {
    switch (this.#kind()) {
      case "put":
        return ["put", this.#put()];
      case "range":
        return ["range", this.#range(false)];
      case "delete":
        return ["delete", this.#delete()];
      case "txn":
        return ["txn", this.#wholeTxn()];
      case "compact":
        return ["compact", { revision: this.#revision(), physical: true }];
      case "lease":
        return this.#lease();
      case "expire":
        return this.#expire();
      case "wrong":
        return this.#wrong();
    }
  }

  #kind(): Kind {
    const kinds = Object.keys(this.#weights).filter((kind): kind is Kind => kind in this.#weights);
    const bag = kinds.flatMap((kind) => Array.from({ length: this.#weights[kind] }, () => kind));
    return this.#one(bag);
  }

  #put(): JsonObject {
    const ignoreValue = this.#ignoring && this.#chance(0.06);
    const ignoreLease = this.#ignoring && this.#chance(0.06);
    const lease = ignoreLease || this.#chance(0.7) ? 0 : this.#leaseId();
    return {
      key: this.#key(),
      ...(ignoreValue ? { ignore_value: true } : { value: this.#value() }),
      ...(lease === 0 ? {} : { lease }),
      ...(ignoreLease ? { ignore_lease: true } : {}),
      ...(this.#chance(0.4) ? { prev_kv: true } : {}),
    };
  }

  #range(inTxn: boolean): JsonObject {
    const bound = (name: string): JsonObject => (this.#chance(0.08) ? { [name]: this.#revision() } : {});
    return {
      ...this.#keyRange(0.3),
      ...(this.#chance(inTxn ? 0.1 : 0.35) ? { revision: this.#revision() } : {}),
      ...(this.#chance(0.3) ? { limit: this.#random.integer(-1, 5) } : {}),
      ...(this.#chance(0.4) ? { sort_order: this.#one(["NONE", "ASCEND", "DESCEND"]) } : {}),
      ...(this.#chance(0.4) ? { sort_target: this.#one(["KEY", "VERSION", "CREATE", "MOD", "VALUE"]) } : {}),
      ...(this.#chance(0.1) ? { serializable: true } : {}),
      ...(this.#chance(0.1) ? { keys_only: true } : {}),
      ...(this.#chance(0.1) ? { count_only: true } : {}),
      ...bound("min_mod_revision"),
      ...bound("max_mod_revision"),
      ...bound("min_create_revision"),
      ...bound("max_create_revision"),
    };
  }

  #delete(): JsonObject {
    return { ...this.#keyRange(0.6), ...(this.#chance(0.5) ? { prev_kv: true } : {}) };
  }

  #deleteInTxn(): JsonObject {
    const made = this.#delete();
    return this.#ignoring && made["range_end"] === "\0" ? { key: this.#key() } : made;
  }

  #wholeTxn(): JsonObject {
    this.#ignoring = this.#chance(0.4);
    const made = this.#txn(2);
    this.#ignoring = true;
    return made;
  }

  #txn(depth: number): JsonObject {
    const compare = this.#list(0, 3, () => this.#compare());
    const branch = (): readonly Json[] => this.#list(0, 4, () => this.#operation(depth));
    return { compare, success: branch(), failure: branch() };
  }

  #operation(depth: number): JsonObject {
    const drawn = this.#random.fraction();
    if (drawn < 0.45) return { request_put: this.#put() };
    if (drawn < 0.7) return { request_range: this.#range(true) };
    if (drawn < 0.85 || depth === 0) return { request_delete_range: this.#deleteInTxn() };
    return { request_txn: this.#txn(depth - 1) };
  }

  #compare(): JsonObject {
    const target = this.#one(["VERSION", "CREATE", "MOD", "VALUE", "LEASE"]);
    const fields: Readonly<Record<string, JsonObject>> = {
      VERSION: { version: this.#random.integer(0, 3) },
      CREATE: { create_revision: this.#chance(0.4) ? 0 : this.#revision() },
      MOD: { mod_revision: this.#revision() },
      VALUE: { value: this.#value() },
      LEASE: { lease: this.#chance(0.5) ? 0 : this.#one(LEASES) },
    };
    // Now and then the operand of another target, which then counts as zero or empty.
    const operand = fields[this.#chance(0.05) ? this.#one(Object.keys(fields)) : target] ?? {};
    return { result: this.#one(["EQUAL", "GREATER", "LESS", "NOT_EQUAL"]), target, ...this.#keyRange(0.7), ...operand };
  }

  #lease(): readonly [string, JsonObject] {
    const ID = this.#chance(0.1) ? UNKNOWN_LEASE : this.#one(LEASES);
    switch (this.#random.integer(0, 6)) {
      case 0:
      case 1:
        return ["lease_grant", { ID: this.#one(LEASES), TTL: this.#one([60, 600, 3600, 9_000_000_000]) }];
      case 2:
        return ["lease_revoke", { ID }];
      case 3:
        return ["lease_keepalive", { ID }];
      case 4:
        return ["lease_list", {}];
      default:
        return ["lease_ttl", { ID, keys: this.#chance(0.7) }];
    }
  }

  /** A lease as short as can be: a key is put on it, and its end waited for. The others are too long to end meanwhile. */
  #expire(): readonly [string, JsonObject] {
    const key = this.#key();
    const ID = SHORT_LEASE;
    this.#planned.push(
      ["put", { key, value: "short", lease: ID }],
      ["lease_ttl", { ID, keys: true }],
      ["expire", { ID }],
    );
    return ["lease_grant", { ID, TTL: 0 }];
  }

  /** What etcd refuses, for the most part before it looks at its store. */
  #wrong(): readonly [string, JsonObject] {
    const key = this.#key();
    const put = { request_put: { key, value: "v" } };
    const one = { request_range: { key } };
    const nested = (inner: number): JsonObject => ({
      request_txn: { compare: [], success: Array.from({ length: inner }, () => one), failure: [] },
    });
    switch (this.#random.integer(0, 15)) {
      case 0:
        return ["put", { key: "", value: "v" }];
      case 1:
        return ["put", { key, value: "v", ignore_value: true }];
      case 2:
        return ["put", { key, value: "v", lease: this.#one(LEASES), ignore_lease: true }];
      case 3:
        return ["put", { key, value: "v", lease: UNKNOWN_LEASE }];
      case 4:
        return ["range", { key: "" }];
      case 5:
        return ["delete", { key: "", range_end: "\0" }];
      case 6:
        return ["txn", txn([], [{}], [])];
      case 7:
        return ["txn", txn([], [put, put], [])];
      case 8:
        return [
          "txn",
          txn([], [{ request_delete_range: { key, range_end: this.#one(["\0", `${key}\0`]) } }], [put, put]),
        ];
      case 9:
        return ["txn", txn([], [{ request_delete_range: { key, range_end: this.#one(["\0", `${key}\0`]) } }, put], [])];
      case 10:
        return ["txn", txn([], repeated(this.#random.integer(MAX_OPERATIONS, MAX_OPERATIONS + 1), one), [])];
      case 11:
        return ["txn", txn([], [...repeated(99, one), nested(this.#random.integer(27, 29))], [])];
      case 12:
        return ["put", { key, value: "x".repeat(TOO_MANY_BYTES) }];
      case 13:
        return ["lease_grant", { ID: this.#one(LEASES), TTL: 9_000_000_001 }];
      case 14:
        return ["txn", txn([{ key: "", target: "VERSION", result: "EQUAL", version: 0 }], [], [])];
      default: {
        const branches = txn([], [put], [{ request_put: { key, value: "w" } }]);
        return ["txn", txn([], [{ request_txn: branches }, ...(this.#chance(0.5) ? [put] : [])], [])];
      }
    }
  }

  /** Ranges that hold something for the most part; now and then one that ends before it begins. */
  #keyRange(single: number): JsonObject {
    const key = this.#key();
    if (this.#chance(single)) return { key };
    const drawn = this.#random.fraction();
    if (drawn < 0.2) return { key, range_end: "\0" };
    if (drawn < 0.4) return { key: "\0", range_end: "\0" };
    if (drawn < 0.7) return { key, range_end: prefixEnd(key) };
    return { key, range_end: this.#key() };
  }

  #watchedRange(): JsonObject {
    const range = this.#keyRange(0.3);
    const { key, range_end: end } = range;
    const empty = typeof key === "string" && typeof end === "string" && end !== "\0" && end <= key;
    return empty ? { key } : range;
  }

  /** Near what there is: past, present and a little beyond, the compacted one's neighbours, and what is no revision. */
  #revision(): number {
    const { revision, compactRevision } = this.#store.machine.store;
    const drawn = this.#random.fraction();
    if (drawn < 0.1) return compactRevision + this.#random.integer(-1, 1);
    if (drawn < 0.16) return revision + this.#random.integer(0, 2);
    if (drawn < 0.2) return this.#random.integer(-2, 0);
    return this.#random.integer(Math.max(1, compactRevision), revision);
  }

  #leaseId(): number {
    const known = this.#store.machine.leases.list();
    return known.length === 0 || this.#chance(0.1) ? this.#one([...LEASES, UNKNOWN_LEASE]) : this.#one(known).id;
  }

  #key(): string {
    return this.#one(KEYS);
  }

  #value(): string {
    return this.#chance(0.5) ? this.#one(VALUES) : `v${this.#made}`;
  }

  #chance(chance: number): boolean {
    return this.#random.chance(chance);
  }

  #one<T>(all: readonly T[]): T {
    const chosen = all[this.#random.integer(0, all.length - 1)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  }

  #list(least: number, most: number, make: () => JsonObject): readonly JsonObject[] {
    return Array.from({ length: this.#random.integer(least, most) }, make);
  }
}

function txn(compare: readonly Json[], success: readonly Json[], failure: readonly Json[]): JsonObject {
  return { compare, success, failure };
}

function repeated(times: number, operation: JsonObject): readonly JsonObject[] {
  return Array.from({ length: times }, () => operation);
}

/** The end of the keys that begin with the bytes of `prefix` (clientv3/op.go, getPrefix). */
function prefixEnd(prefix: string): string {
  for (let last = prefix.length - 1; last >= 0; last -= 1) {
    const byte = prefix.charCodeAt(last);
    if (byte < 0xff) return prefix.slice(0, last) + String.fromCharCode(byte + 1);
  }
  return "\0";
}
