import { describe, expect, it } from "vitest";
import { check } from "../../server/src/language/check.js";
import { format } from "../../server/src/language/format/format.js";
import { behaves, tell, textOf } from "./behaves.js";

behaves("at with after", {
  "goes on once so many things have happened at that very instant": `
    cluster { latency 5ms; fsync 1ms }
    timeout s1
    at 5ms after 1 event
    expect s1.role == pre-candidate
    expect messages(PreVoteReply) == 1
    at 5ms after 2 events
    expect messages(PreVoteReply) == 2
  `,
  "fails when fewer things happen then": `
    cluster { latency 5ms; fsync 1ms }
    timeout s1
    at 5ms after 9 events   # fails: only 2 events happened at 5 ms, not 9
    note "and the scenario goes on"
  `,
  "fails when more have happened already": `
    cluster { latency 5ms; fsync 1ms }
    timeout s1
    at 5ms after 2 events
    at 5ms after 1 event    # fails: that place is past: at 5 ms 2 events have happened already
  `,
  "lets whatever else is due at the instant go first": `
    at 1s
    async { wait 100ms; put color "red" => ok }
    at 1100ms
    expect messages(ClientRequest) == 1
  `,
});

behaves("blocks beside the steps", {
  "go on while the steps that follow are done, and the scenario ends with them": `
    await leader
    async { wait 100ms; put color "red" => ok; note "late" }
    get color => none
    wait 200ms
    get color => "red"
  `,
  "can be awaited by their name": `
    await leader
    async { wait 100ms; put color "red" => ok } as later
    get color => none
    await later             # gives: later ended
    get color => "red"
  `,
  "stop alone when one of their steps gives up": `
    async { crash leader; note "not reached" }  # fails: there is no leader
    await leader
    put color "red" => ok
  `,
  "that fail let the scenario fail": `
    async { await leader; put color "red" => timeout }  # fails: expected timeout
    await leader
  `,
});

behaves("end", {
  "ends the scenario, whatever goes on beside it": `
    await leader
    async { wait 10min; note "never" }
    workload w for 10min { clients 1; keys k1; rate 10/s; mix put 100% }
    wait 1s
    end
    note "behind it"        # not reached
  `,
  "in a block ends it as well": `
    async { wait 1s; end }
    wait 10min
    note "behind it"        # not reached
  `,
});

behaves("faults that must fail", {
  "are met when they have no effect": `
    restart s1 => failed
    crash leader => failed
    crash s1 => ok
    crash s1 => failed
  `,
  "fail when they have one": `
    crash s1 => failed      # fails: expected it to fail, but: s1 down
    expect s1.term >= 0 or not leader
  `,
});

describe("places, blocks and ends in a file", () => {
  const problems = (steps: string): string[] =>
    check(textOf(steps)).diagnostics.map(({ code, message }) => `${code} ${message}`);

  it("are checked", () => {
    expect(problems("at 1s after 0 events").join()).toMatch(/RL\d+ .*a number from 1 on/);
    expect(problems("at 1s after 3").join()).toMatch(/`events`/);
    expect(problems("at 1s after 1 event")).toEqual([]);
    expect(problems("async { crash s9 }").join()).toMatch(/RL1001/);
    expect(problems("await b").join()).toMatch(/RL/);
    expect(problems("end\nawait leader").join()).toMatch(/RL2018 .*never done/);
    expect(problems("crash s1 => timeout").join()).toMatch(/`ok` or `failed`/);
  });

  it("are formatted like other steps", () => {
    const steps = "at   412.5ms  after 3   events\nasync  {crash s1;wait 1ms}  as b\ncrash s1=>failed\nend";
    const text = format(textOf(steps));
    expect(text).toContain("  at 412.5ms after 3 events\n  async { crash s1; wait 1ms } as b\n");
    expect(text).toMatch(/ {2}crash s1 +=> failed\n {2}end\n/);
    expect(format(text)).toBe(text);
  });

  it("leave the trace's hash alone where they do nothing to the cluster", () => {
    const plain = tell("at 2s");
    const told = tell('# A comment.\nnote "now"\n\nat 1s\nexpect leader\nasync { await leader }\nat 2s');
    expect(told.recording.log.hash).toBe(plain.recording.log.hash);
    expect(tell("crash s1; at 2s").recording.log.hash).not.toBe(plain.recording.log.hash);
  });
});
