import { RULES_BY_NAME } from "../../server/src/language/vocabulary/rules.js";
import { RandomStream } from "../../server/src/sim/random.js";

/** What a program is about; each has its settings, and steps that the others cannot have. */
export type Flavour = "plain" | "members" | "clients" | "by-hand" | "rules-off";

/** All flavours. */
export const FLAVOURS: readonly Flavour[] = ["plain", "members", "clients", "by-hand", "rules-off"];

const SPANS = ["50ms", "100ms", "300ms", "700ms", "1s", "3s"] as const;
const WAITS = ["5ms", "50ms", "120ms", "300ms", "700ms", "2s"] as const;
const KEYS = ["a", "b", "/c/x", "/c/y"] as const;
const VALUES = ["1", "2", "red"] as const;
const MESSAGES = ["AppendEntries", "RequestVote", "Heartbeat", "AppendEntriesReply", "PreVote"] as const;
const FIELDS = ["term", "commit", "applied", "last-index", "last-term", "snapshot", "revision", "keys"] as const;
const ROLES = ["leader", "follower", "candidate", "learner", "pre-candidate"] as const;
const OPERATORS = ["==", "!=", "<", "<=", ">", ">="] as const;

/**
 * Writes whole scenario files at random, one step to a line, with every kind of step there is. Names are defined before they are
 * used, so that a program has no error but those about what cannot be (an instant already past).
 */
class Writer {
  readonly #random: RandomStream;
  readonly #flavour: Flavour;
  readonly #lines: string[] = [];
  readonly #voters: number;
  readonly #servers: number;
  readonly #manualNetwork: boolean;
  readonly #names: Readonly<Record<"watch" | "lease" | "lock" | "candidacy" | "hold", string[]>> = {
    watch: [],
    lease: [],
    lock: [],
    candidacy: [],
    hold: [],
  };
  readonly #variables: string[] = [];
  readonly #started: string[] = [];
  #count = 0;
  #depth = 1;

  constructor(seed: number, flavour: Flavour) {
    this.#random = RandomStream.of(seed, "program");
    this.#flavour = flavour;
    this.#voters = this.#pick([1, 2, 3, 3, 3, 5, 5]);
    this.#servers = this.#voters + (flavour === "members" || this.#chance(0.15) ? 3 : 0);
    this.#manualNetwork = flavour === "by-hand" && this.#chance(0.7);
  }

  #pick<const T>(choices: readonly [T, ...T[]]): T {
    return choices[this.#random.integer(0, choices.length - 1)] ?? choices[0];
  }

  #chance(chance: number): boolean {
    return this.#random.chance(chance);
  }

  write(): string {
    const settings = this.#settings();
    for (let left = this.#random.integer(3, 14); left > 0; left -= 1) this.#step();
    return `cluster {\n${settings.map((line) => `  ${line}\n`).join("")}}\n\nscenario "x" {\n${this.#lines.join("\n")}\n}\n`;
  }

  #settings(): string[] {
    const onOff = (): string => this.#pick(["on", "on", "off"]);
    const settings = [
      `nodes s1..s${this.#voters}`,
      "clients alice bob",
      `check-quorum ${onOff()}`,
      `pre-vote ${onOff()}`,
      `reads ${this.#pick(["read-index", "read-index", "lease", "log", "local"])}`,
      `sessions ${onOff()}`,
      `client-timeout ${this.#pick(["300ms", "1s"])}`,
      `snapshot ${this.#pick(["off", "every 5 entries keep 1", "every 1000 entries"])}`,
    ];
    if (this.#servers > this.#voters) {
      settings.push(`spares s${this.#voters + 1} s${this.#voters + 2}`, `learners s${this.#voters + 3}`);
    }
    if (this.#chance(0.3)) settings.push(`loss ${this.#pick([1, 10, 60])}%`);
    if (this.#chance(0.2)) settings.push("latency 20ms..60ms");
    if (this.#flavour === "members") settings.push(`membership ${this.#pick(["joint", "single", "naive"])}`);
    if (this.#flavour === "by-hand") {
      if (this.#manualNetwork) settings.push("network manual");
      if (!this.#manualNetwork || this.#chance(0.5)) settings.push("timers manual");
    }
    if (this.#flavour === "rules-off") {
      const rules = [...RULES_BY_NAME.keys()];
      for (let left = this.#random.integer(1, 2); left > 0; left -= 1) {
        const rule = rules[this.#random.integer(0, rules.length - 1)];
        const line = `rule ${rule} off`;
        if (!settings.includes(line)) settings.push(line);
      }
    }
    return settings;
  }

  #line(text: string): void {
    this.#lines.push(`${"  ".repeat(this.#depth)}${text}`);
  }

  #fresh(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  #voter(): string {
    return `s${this.#random.integer(1, this.#voters)}`;
  }

  #node(): string {
    return this.#chance(0.2) ? `s${this.#random.integer(1, this.#servers)}` : this.#voter();
  }

  /** A server that surely is one. */
  #one(): string {
    const variable = this.#oneOf(this.#variables);
    return this.#pick([this.#node(), this.#node(), this.#node(), "leader", "any follower", variable ?? this.#node()]);
  }

  #some(): string {
    return this.#pick([
      this.#one(),
      this.#one(),
      this.#one(),
      this.#one(),
      "all",
      "followers",
      "voters",
      "all except leader",
      `all except ${this.#node()}`,
      `{${[...new Set([this.#node(), this.#node()])].join(" ")}}`,
      `any follower except ${this.#voter()}`,
    ]);
  }

  #lasting(): string {
    return this.#chance(0.4) ? ` for ${this.#pick(SPANS)}` : "";
  }

  #link(): string {
    const from = this.#voter();
    return `${from} ${this.#pick(["->", "<->"])} ${this.#pick([this.#node(), "all", "leader", "others"])}`;
  }

  #oneOf(names: readonly string[]): string | undefined {
    return names[this.#random.integer(0, Math.max(0, names.length - 1))];
  }

  #step(): void {
    const kinds: readonly [() => void, ...(() => void)[]] = [
      () => this.#time(),
      () => this.#time(),
      () => this.#expectation(),
      () => this.#expectation(),
      () => this.#expectation(),
      () => this.#fault(),
      () => this.#fault(),
      () => this.#fault(),
      () => this.#network(),
      () => this.#network(),
      () => this.#machine(),
      () => this.#key(),
      () => this.#key(),
      () => this.#binding(),
      ...(this.#depth < 3 && this.#chance(0.3) ? [() => this.#block()] : []),
      ...(this.#flavour === "members" ? [() => this.#members(), () => this.#members(), () => this.#members()] : []),
      ...(this.#flavour === "clients" ? [() => this.#client(), () => this.#client(), () => this.#client()] : []),
      ...(this.#flavour === "by-hand" ? [() => this.#byHand(), () => this.#byHand(), () => this.#byHand()] : []),
      ...(this.#chance(0.1) ? [() => this.#members(), () => this.#client(), () => this.#load()] : []),
    ];
    this.#pick(kinds)();
  }

  #time(): void {
    this.#line(
      this.#pick([
        `wait ${this.#pick(WAITS)}`,
        `wait ${this.#pick(WAITS)}`,
        `at ${this.#pick(["100ms", "1s", "2s", "5s"])}${this.#pick(["", "", " after 1 event", " after 3 events"])}`,
        `await leader within ${this.#pick(["20ms", "100ms", "500ms", "5s"])}`,
        "await leader within 5s",
        this.#pick(['note "here"', "mark"]),
      ]),
    );
  }

  #operand(): string {
    const node = this.#pick([this.#node(), this.#node(), "leader", "followers", "all", "any followers"]);
    return this.#pick([
      `${node}.${this.#pick(FIELDS)}`,
      `${node}.${this.#pick(FIELDS)}`,
      `count(${this.#pick(["leaders", "followers", "candidates", "all", "down", "voters"])})`,
      "messages(AppendEntries)",
    ]);
  }

  #comparison(): string {
    return this.#pick([
      "leader",
      "no leader",
      "converged",
      `leader ${this.#pick(["==", "==", "!="])} ${this.#one()}`,
      `leader in {${[...new Set([this.#node(), this.#node()])].join(" ")}}`,
      `${this.#node()}.role ${this.#pick(["==", "==", "!="])} ${this.#pick(ROLES)}`,
      `${this.#operand()} ${this.#pick(OPERATORS)} ${this.#random.integer(0, 4)}`,
      `${this.#operand()} ${this.#pick(OPERATORS)} ${this.#random.integer(0, 4)}`,
      `${this.#node()}.vote ${this.#pick(["==", "!="])} ${this.#pick(["none", this.#node()])}`,
      `${this.#node()}["${this.#pick(KEYS)}"] ${this.#pick(["==", "!="])} ${this.#pick(['"1"', '"red"', '"blue"', "none"])}`,
      `${this.#node()} in ${this.#pick(["down", "followers", "all", "voters"])}`,
      `${this.#node()}.log == [${this.#pick(["1", "1 1", "2 1", "1 2"])}]`,
      `leader.${this.#pick(["next", "match"])}[${this.#node()}] ${this.#pick(OPERATORS)} ${this.#random.integer(0, 3)}`,
    ]);
  }

  #condition(): string {
    const one = (): string => (this.#chance(0.15) ? `not (${this.#comparison()})` : this.#comparison());
    if (this.#chance(0.65)) return one();
    if (this.#chance(0.25)) {
      const operand = this.#operand();
      const side = (): string => `${operand} ${this.#pick(OPERATORS)} ${this.#random.integer(0, 4)}`;
      return `${side()} and ${side()}`;
    }
    return `${one()} ${this.#pick(["and", "or"])} ${one()}`;
  }

  #expectation(): void {
    const condition = this.#condition();
    this.#line(
      this.#pick([
        `expect ${condition}`,
        `expect ${condition}`,
        `expect ${condition} within ${this.#pick(WAITS)}`,
        `expect ${condition} within ${this.#pick(WAITS)}`,
        `expect ${condition} for ${this.#pick(WAITS)}`,
        `expect ${condition} within ${this.#pick(WAITS)} for ${this.#pick(WAITS)}`,
        `await ${condition} within ${this.#pick(WAITS)}`,
        `${this.#pick(["always", "never", "reach"])} ${condition}`,
      ]),
    );
  }

  #fault(): void {
    const client = this.#chance(0.05);
    this.#line(
      this.#pick([
        `crash ${client ? "bob" : this.#some()}${this.#lasting()}`,
        `crash ${this.#some()}${this.#lasting()}`,
        `pause ${client ? "bob" : this.#some()}${this.#lasting()}`,
        `restart ${client ? "bob" : this.#pick([this.#node(), this.#node(), "down", this.#some()])}`,
        `resume ${client ? "bob" : this.#pick([this.#node(), this.#node(), this.#some()])}`,
        this.#pick([`timeout ${this.#one()}`, `snapshot ${this.#some()}`, `wipe ${this.#node()}`]),
      ]),
    );
  }

  #network(): void {
    const names = Array.from({ length: this.#servers }, (_, index) => `s${index + 1}`);
    const at = this.#random.integer(1, Math.max(1, names.length - 1));
    const sides = [names.slice(0, at), names.slice(at)].filter((side) => side.length > 0);
    const hold = this.#oneOf(this.#names.hold);
    const choices: readonly [string, ...string[]] = [
      `isolate ${this.#some()}${this.#lasting()}`,
      `partition ${sides.map((side) => `{${side.join(" ")}}`).join(" | ")}${this.#lasting()}`,
      `partition ${this.#pick(["leader | others", "random", "{leader any follower}", `{${this.#voter()} leader}`])}${this.#lasting()}`,
      `cut ${this.#link()}${this.#lasting()}`,
      `cut ${this.#link()}${this.#lasting()}`,
      this.#pick(["heal", "heal", `heal ${this.#node()}`, `heal ${this.#voter()} <-> ${this.#node()}`]),
      `${this.#pick(["loss", "duplicate", "reorder"])} ${this.#pick([0, 20, 100])}%${this.#chance(0.5) ? ` on ${this.#link()}` : ""}${this.#lasting()}`,
      `latency ${this.#pick(["1ms", "100ms", "20ms..50ms"])}${this.#lasting()}`,
      `drop ${this.#pick(["", "next ", "next 2 "])}${this.#pick(["", `${this.#pick(MESSAGES)} `])}${this.#link()}`,
      `delay ${this.#pick(MESSAGES)} ${this.#link()} by ${this.#pick(SPANS)}${this.#lasting()}`,
      hold === undefined ? "heal" : `release ${hold}`,
    ];
    const chosen = this.#pick(choices);
    if (this.#chance(0.12) && this.#depth === 1) {
      const name = this.#fresh("h");
      this.#names.hold.push(name);
      this.#line(`hold ${this.#pick(MESSAGES)} ${this.#link()} as ${name}${this.#lasting()}`);
      return;
    }
    this.#line(chosen);
  }

  #machine(): void {
    this.#line(
      this.#pick([
        `clock ${this.#some()} ${this.#pick(["drift 50%", "drift -50%", "drift 5%", "jump 300ms", "jump -300ms"])}${this.#lasting()}`,
        `disk ${this.#some()} ${this.#pick(["slow 20ms", "fail", "ignore fsync"])}${this.#lasting()}`,
        `disk ${this.#some()} ${this.#pick(["tear", "corrupt"])}`,
        `crash ${this.#some()} ${this.#pick(["before fsync", "after fsync", "before send", "after apply"])}${this.#lasting()}`,
      ]),
    );
  }

  #at(): string {
    return this.#chance(0.25) ? ` at ${this.#one()}` : "";
  }

  #key(): void {
    const key = this.#pick(KEYS);
    const value = `"${this.#pick(VALUES)}"`;
    const client = this.#pick(["", "alice ", "bob "]);
    const expected = (choices: readonly [string, ...string[]]): string =>
      this.#chance(0.6) ? ` => ${this.#pick(choices)}` : "";
    const read = ['"1"', '"red"', '"blue"', "none", "timeout", `${value} | none`, '"1" | timeout'] as const;
    this.#line(
      this.#pick([
        `${client}put ${key} ${value}${this.#at()}${expected(["ok", "ok", "timeout", "ok | timeout"])}`,
        `${client}put ${key} ${value}${this.#at()}${expected(["ok", "ok", "timeout", "ok | timeout"])}`,
        `${client}get ${key}${this.#pick(["", "", " serializable"])}${this.#at()}${expected(read)}`,
        `${client}get ${key}${this.#pick(["", "", " serializable"])}${this.#at()}${expected(read)}`,
        `${client}delete ${key}${expected(["ok", "none", "timeout"])}`,
        `${client}cas ${key} "1" -> ${value}${expected(["ok", "failed"])}`,
        `${client}async put ${key} ${value}`.replace(/^(alice|bob) async /, "async $1 "),
      ]),
    );
  }

  #binding(): void {
    // Inside a block the name may come to mean something else from round to round: that is wanted too.
    const name = this.#chance(0.5) ? (this.#oneOf(this.#variables) ?? this.#fresh("v")) : this.#fresh("v");
    if (!this.#variables.includes(name) && this.#depth === 1) this.#variables.push(name);
    this.#line(`let ${name} = ${this.#pick(["leader", "leader", "any follower", this.#node()])}`);
  }

  #block(): void {
    this.#line(
      this.#pick([
        `repeat ${this.#pick([2, 3, 5])} {`,
        `every ${this.#pick(["100ms", "300ms"])} for ${this.#pick(["300ms", "1s"])} {`,
        "async {",
      ]),
    );
    this.#depth += 1;
    for (let left = this.#random.integer(1, 3); left > 0; left -= 1) this.#step();
    this.#depth -= 1;
    this.#line("}");
  }

  #members(): void {
    const other = (): string =>
      this.#pick([this.#voter(), `s${this.#servers}`, `s${Math.min(this.#servers, this.#voters + 1)}`, "leader"]);
    const asked = this.#pick(["", "", "", ` at ${this.#node()}`]) + this.#pick(["", "", " => failed"]);
    this.#line(
      this.#pick([
        `add ${this.#pick(["voter", "learner"])} ${other()}${asked}`,
        `promote ${other()}${asked}`,
        `remove ${other()}${asked}`,
        `reconfigure {${[...new Set([other(), this.#voter(), other()])].join(" ")}}${this.#pick(["", " explicit"])}${asked}`,
        `leave joint${asked}`,
        `transfer leadership to ${this.#pick([this.#node(), this.#node(), "any follower"])}${asked}`,
        `transfer leadership to ${this.#pick([this.#node(), this.#node(), "any follower"])}${asked}`,
      ]),
    );
    if (this.#chance(0.4)) this.#line("await leader.commit == leader.last-index within 1s");
  }

  #client(): void {
    const { watch, lease, lock, candidacy } = this.#names;
    const known = this.#pick(["watch", "lease", "lock", "candidacy"]);
    const name = this.#oneOf(this.#names[known]);
    if (name !== undefined && this.#chance(0.65)) {
      this.#line(this.#useOf(known, name));
      return;
    }
    if (this.#depth > 1) {
      this.#line(
        this.#pick([
          "compact rev 3",
          "status",
          "members",
          'txn { then put a "1", get b }',
          "get a rev 2",
          "get / prefix count-only",
          "hashkv",
          "alarm list",
        ]),
      );
      return;
    }
    const fresh = this.#fresh("n");
    switch (this.#pick(["watch", "lease", "lock", "campaign", "observe", "other"])) {
      case "watch":
        watch.push(fresh);
        this.#line(`watch ${this.#pick(KEYS)}${this.#pick(["", " prefix", " from rev 2"])} as ${fresh}`);
        break;
      case "lease":
        lease.push(fresh);
        this.#line(`lease grant ${fresh} ttl ${this.#pick(["1s", "5s", "60s"])}`);
        break;
      case "lock":
        lock.push(fresh);
        this.#line(`${this.#pick(["alice ", "bob "])}lock m as ${fresh}`);
        break;
      case "campaign":
        candidacy.push(fresh);
        this.#line(`campaign boss "${fresh}" as ${fresh}`);
        break;
      case "observe":
        this.#line(`observe boss as ${fresh}`);
        break;
      default:
        this.#line(
          this.#pick([
            "compact rev 3",
            "get a rev 2",
            'txn { if a == "1" then put b "2" else get a }',
            'txn { then put a "1", put a "2" }',
            "elected boss",
            "alarm disarm",
            "defragment at s1",
          ]),
        );
    }
  }

  #useOf(kind: "watch" | "lease" | "lock" | "candidacy", name: string): string {
    switch (kind) {
      case "watch":
        return this.#pick([
          `unwatch ${name}`,
          `unwatch ${name}`,
          `progress ${name}`,
          `expect ${name} saw [put a "${this.#pick(["1", "red", "blue"])}"] within 300ms`,
          `expect ${name} canceled within 300ms`,
        ]);
      case "lease":
        return this.#pick([
          `lease revoke ${name}`,
          `put a "1" lease ${name}`,
          `lease keepalive ${name}`,
          `lease keepalive ${name} every 300ms`,
          `lease stop ${name}`,
          `lease ttl ${name}`,
        ]);
      case "candidacy":
        return this.#pick([`resign ${name}`, `proclaim ${name} "red"`, `expect ${name}.held`]);
      case "lock":
        return this.#pick([`unlock ${name}`, `expect ${name}.held`, `expect ${name}.token > 1 within 1s`]);
    }
  }

  #byHand(): void {
    const message = this.#pick(["", ` ${this.#pick(MESSAGES)}`]);
    const choices: readonly [string, ...string[]] = [
      `timeout ${this.#voter()}`,
      `tick ${this.#voter()}${this.#pick(["", " for 400ms", " for 1s"])}`,
      ...(this.#manualNetwork
        ? [
            "stabilize",
            "deliver all",
            "stabilize",
            `${this.#pick(["deliver", "lose", "duplicate"])} ${this.#voter()} -> ${this.#voter()}${message}`,
            `${this.#pick(["deliver", "lose"])} all to ${this.#voter()}`,
          ]
        : []),
    ];
    this.#line(this.#pick(choices));
  }

  #load(): void {
    const waiting = this.#oneOf(this.#started);
    if (waiting !== undefined && this.#chance(0.5)) {
      this.#line(`await ${waiting} within ${this.#pick(["300ms", "5s"])}`);
      return;
    }
    if (this.#depth > 1) {
      this.#time();
      return;
    }
    const name = this.#fresh("l");
    this.#started.push(name);
    this.#line(
      this.#chance(0.5)
        ? `workload ${name} for ${this.#pick(["300ms", "1s"])} { clients 2; keys a b; rate 20/s }`
        : `nemesis ${name} for ${this.#pick(["300ms", "1s"])} { every 100ms..200ms one of { crash any follower for 200ms; restart down; partition random for 100ms; heal } }`,
    );
  }
}

/** The program of a seed. */
export function programOf(seed: number, flavour: Flavour = FLAVOURS[seed % FLAVOURS.length] ?? "plain"): string {
  return new Writer(seed, flavour).write();
}
