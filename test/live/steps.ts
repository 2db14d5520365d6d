import type { LiveRun } from "../../server/src/scenario/live-run.js";
import type { RandomStream } from "../../server/src/sim/random.js";

/** Picks one of several values. */
export type Pick = <T>(values: readonly [T, ...T[]]) => T;

const OPERATIONS = [
  'CLIENT put KEY "VALUE"',
  'CLIENT put KEY "VALUE"',
  'CLIENT put KEY "VALUE" => ok',
  "CLIENT get KEY",
  "CLIENT get KEY",
  "CLIENT get KEY serializable at SERVER",
  "CLIENT get k prefix",
  "CLIENT get k prefix count-only",
  "CLIENT delete KEY",
  'CLIENT cas KEY "VALUE" -> "v2"',
  'CLIENT txn { if KEY == "VALUE" then put KEY "v1" else get KEY }',
  'CLIENT txn { if version(KEY) == 0 then put KEY "v1", put k9 "VALUE" else delete KEY }',
  "CLIENT compact rev FEW",
  "CLIENT get KEY rev FEW",
  'async CLIENT put KEY "VALUE" as NAME',
  "async CLIENT get KEY as NAME",
  "await NAME within SPAN",
  "CLIENT lease grant l1 ttl 2s",
  "CLIENT lease grant l2 ttl 5s",
  'CLIENT put KEY "VALUE" lease l1',
  "CLIENT lease keepalive l1",
  "CLIENT lease keepalive l2 every 1s",
  "CLIENT lease revoke l1",
  "CLIENT lease ttl l2 keys",
  "CLIENT lease list",
  "CLIENT lock m as LOCK ttl 3s within SPAN",
  "async CLIENT lock m as LOCK ttl 3s",
  "CLIENT unlock LOCK",
  'CLIENT campaign boss "VALUE" as c1 within SPAN',
  'CLIENT proclaim c1 "VALUE"',
  "CLIENT resign c1",
  "CLIENT elected boss",
  "CLIENT observe boss as o1",
  "CLIENT watch k prefix as WATCH",
  "CLIENT watch KEY from rev 1 as WATCH at SERVER",
  "CLIENT unwatch WATCH",
  "CLIENT progress WATCH",
  "CLIENT status at SERVER",
  "CLIENT members",
  "CLIENT hashkv at SERVER",
  "CLIENT alarm list",
  "let seen = CLIENT get KEY",
] as const;

const FAULTS = [
  "crash SERVER",
  "crash leader",
  "crash any follower for SPAN",
  "crash SERVER before fsync for SPAN",
  "crash any follower after send AppendEntriesReply",
  "restart down",
  "restart SERVER",
  "restart SERVER => ok",
  "pause SERVER for SPAN",
  "pause leader",
  "resume SERVER",
  "crash CLIENT for SPAN",
  "pause CLIENT for SPAN",
  "isolate leader for SPAN",
  "isolate any follower",
  "partition random for SPAN",
  "partition {s1} | {s2 s3}",
  "cut SERVER -> SERVER",
  "cut s1 <-> s2 for SPAN",
  "heal",
  "heal",
  "heal SERVER",
  "loss 20% for SPAN",
  "duplicate 10% for SPAN",
  "reorder 20% for SPAN",
  "latency 2ms..40ms for SPAN",
  "latency 20ms on SERVER -> all for SPAN",
  "drop next FEW AppendEntries leader -> any follower",
  "delay RequestVote SERVER -> all by 50ms for SPAN",
  "hold AppendEntriesReply all -> SERVER as h",
  "release h",
  "clock SERVER drift 10% for SPAN",
  "clock SERVER jump 300ms",
  "disk SERVER slow 30ms for SPAN",
  "disk SERVER ignore fsync for SPAN",
  "disk SERVER tear",
  "disk SERVER corrupt",
  "disk SERVER fail for SPAN",
  "wipe SERVER",
  "timeout SERVER",
  "timeout any follower",
  "transfer leadership to SERVER",
  "add voter s5",
  "add learner s6",
  "add voter s4",
  "promote s4",
  "remove SERVER",
  "reconfigure {s1 s2 s4}",
  "snapshot SERVER",
  "snapshot all",
] as const;

const OTHERS = [
  "wait SPAN",
  "await leader within SPAN",
  "await leader",
  "expect no leader",
  "expect leader for SPAN",
  "expect s1.term >= 1 within SPAN",
  "let old = leader",
  "crash old",
  "let t = s1.term",
  'note "here"',
  "mark",
  "always count(leaders) <= 1",
  "never s1.term > 40",
  "reach count(leaders) == 2",
  "expect violation of linearizability",
  'wait 3ms; CLIENT put KEY "VALUE"; crash SERVER',
  "expect no leader; restart down",
  'CLIENT put KEY "VALUE"; CLIENT get KEY',
  'repeat 3 { CLIENT put KEY "VALUE" }',
  "repeat 2 { crash any follower }",
  "every 40ms for SPAN { CLIENT get KEY }",
  'every 30ms for SPAN { CLIENT put KEY "VALUE"; timeout any follower }',
  'async { wait 20ms; CLIENT put KEY "VALUE" } as block',
  "await block within SPAN",
  "workload w for SPAN { clients 2; keys k1..k3; rate 100/s; mix put 50% get 50% }",
  "nemesis n for SPAN { every 40ms..90ms one of { crash any follower for 50ms; isolate leader for 80ms } }",
  "await w within SPAN",
  "at SPAN",
  "# nothing\nwait 1ms\n# and a comment",
] as const;

const BY_HAND = [
  "deliver all",
  "deliver all",
  "deliver all to SERVER",
  "deliver SERVER -> SERVER",
  "deliver first SERVER -> SERVER",
  "lose SERVER -> SERVER",
  "lose all SERVER -> SERVER",
  "duplicate SERVER -> SERVER",
  "stabilize",
  "stabilize {s1 s2}",
  "tick SERVER",
  "tick all for SPAN",
  "timeout SERVER",
] as const;

/** A step that a person might do: of every kind of the language, with servers and clients of this cluster. */
export function randomStep(live: LiveRun, random: RandomStream, pick: Pick): string {
  const { config } = live;
  const manual = config.network === "manual" || config.timers === "manual";
  const kind = random.integer(0, 9);
  const pattern =
    manual && kind < 4 ? pick(BY_HAND) : kind < 5 ? pick(OPERATIONS) : kind < 8 ? pick(FAULTS) : pick(OTHERS);
  const servers = [...config.nodes, ...config.learners, ...config.spares];
  const one = (names: readonly string[]): string => names[random.integer(0, names.length - 1)] ?? "s1";
  return pattern.replace(/[A-Z]{3,}/g, (word) => {
    switch (word) {
      case "CLIENT":
        return one(config.clients);
      case "SERVER":
        return one(servers);
      case "KEY":
        return `k${random.integer(1, 3)}`;
      case "VALUE":
        return pick(["v1", "v2", 'it\'s \\"so\\"']);
      case "SPAN":
        return `${pick([3, 20, 100, 450, 1500])}ms`;
      case "FEW":
        return String(random.integer(1, 6));
      case "NAME":
        return pick(["p", "q"]);
      case "LOCK":
        return pick(["lock1", "lock2"]);
      case "WATCH":
        return pick(["w1", "w2"]);
      default:
        return word;
    }
  });
}
