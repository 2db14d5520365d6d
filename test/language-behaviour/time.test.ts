import { expect, it } from "vitest";
import { behaves, tell } from "./behaves.js";

behaves("wait and at", {
  "time passes only where a step waits": `
    note "nothing has happened yet"
    expect all.term == 0
    wait 1s
    at 1s
    expect leader
    at 1500ms
    at 1500ms
  `,
  "a scenario goes on after an instant that is past": `
    await leader
    at 10ms           # fails: that instant is past: it is
    put color "red" => ok
  `,
});

behaves("repeat and every", {
  "repeat runs its steps so many times, one after another": `
    repeat 3 {
      put color "red" => ok
    }
    get color rev 4 => "red"
    get color rev 5 => error future-revision
  `,
  "repeat of nothing and repeats in repeats": `
    repeat 2 { repeat 2 { put a "1" } }
    get a rev 5 => "1"
    get a rev 6 => error future-revision
  `,
  "every begins a round every so often, and lasts as long as it says": `
    await leader
    wait 1ms
    let before = leader.last-index
    every 100ms for 1s { put color "red" }
    expect leader.last-index == 11
  `,
  "a round that takes longer than the period delays the next ones and loses none": `
    at 1s
    every 100ms for 300ms { wait 150ms }
    at 1450ms
  `,
  "every lasts as long as it says also when the last round is short": `
    at 1s
    every 100ms for 250ms { note "round" }
    at 1250ms
    put color "red" => ok
    at 1251ms         # fails: past
  `,
});

behaves("await", {
  "waits until a condition holds, and says what it found": `
    await leader            # gives: leader s
    await s1.commit >= 1 within 1s
  `,
  "without its condition ends the scenario": `
    crash {s1 s2}
    await leader within 2s  # fails: leader did not come true within 2000 ms: s1 down, s2 down, s3
    put color "red"         # not reached
  `,
  "without within has a minute of patience": `
    crash {s1 s2}
    await leader            # fails: leader did not come true within a minute
    note "never"            # not reached
  `,
  "within counts from the step, its end included": `
    at 1s
    pause all
    await s1.term > 99 within 500ms  # fails: within 500 ms: s1.term is
  `,
  "a condition that holds already takes no time": `
    at 1s
    await all.term >= 1
    at 1s
  `,
});

behaves("let", {
  "binds servers as they are now": `
    await leader
    let old = leader
    crash old
    await leader within 3s
    expect leader != old
    expect old in down
    restart old
    expect old.term >= 1
  `,
  "binds values": `
    await leader
    let t = leader.term
    let name = "red"
    put color name => ok
    get color => name
    put term t => ok
    let old = leader
    crash old
    await leader within 3s
    expect leader.term > t
    get color => "red"
  `,
  "a number stands for its digits": `
    put count 7 => ok
    get count => 7
    get count => "7"
    await s1["count"] == "7"
  `,
  "binds what an operation answers": `
    put color "red"
    let c = get color
    put copy c => ok
    get copy => "red"
    let nothing = get shape
    expect nothing == none
  `,
  "binds a list for a prefix": `
    put p/a "1"
    put p/b "2"
    let both = get p/ prefix
    expect both == ["1" "2"]
  `,
  "may bind a name again": `
    let x = "one"
    let x = "two"
    put color x
    get color => "two"
  `,
  "of a leader that is not there ends the scenario": `
    let old = leader    # fails: there is no leader: s1 follower (term 0), s2 follower (term 0)
    crash old           # not reached
  `,
});

it("mark and note take no time and need no server", () => {
  const run = tell(`mark\n note "dark"\n wait 1ms`);
  expect(run.recording.world.nowUs).toBe(1000);
  expect(run.report?.verdict).toBe("pass");
});
