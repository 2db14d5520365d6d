import { behaves } from "./behaves.js";

behaves("crash and restart", {
  "a crashed server is down until it is restarted": `
    await leader
    crash s1                 # gives: s1
    expect s1 in down
    expect count(all) == 2
    expect count(down) == 1
    crash s1                 # fails: s1 is down already
    restart s1
    restart s1               # fails: s1 is not down
    expect s1.role == follower
  `,
  "sets may be empty": `
    restart down             # gives: nobody
    crash candidates         # gives: nobody
    expect count(all) == 3
  `,
  "all, down and sets": `
    await leader
    crash all                # gives: s1 s2 s3
    expect count(down) == 3
    restart {s1 s3}          # gives: s1 s3
    restart down             # gives: s2
    await leader within 3s
  `,
  "a set of which some are down crashes the others, and says so": `
    crash s2
    crash {s1 s2}            # fails: s2 is down already
    expect count(down) == 2
  `,
  "any follower is one, chosen by the seed": `
    await leader
    crash any follower
    expect count(down) == 1
    expect leader
  `,
  "any follower except some is one of the others": `
    await leader
    let a = any follower
    let b = any follower except a
    let c = any {all except leader} except {a s1 s2 s3}   # fails: there is nobody to choose from
    expect count(b) == 1     # not reached
  `,
  "any follower except one leaves the other": `
    await leader
    let a = any follower
    let b = any follower except a
    crash {a b}
    expect count(down) == 2
  `,
  "a crash loses what was not durable, and nothing else": `
    cluster { fsync 20ms; latency 1ms; election-timeout 400ms..800ms }
    await leader
    put color "red" => ok
    await all.commit == leader.commit
    let f = any follower
    async put color "blue"
    await f.last-index == 3
    crash f
    restart f
    expect f.last-index == 2
    expect f.commit == 0
    await f["color"] == "blue" within 2s
  `,
  "term and vote survive": `
    await leader
    put color "red" => ok
    await all.commit == 2
    let t = leader.term
    crash all
    restart all except s1    # gives: nobody
    restart {s1 s2 s3}
    expect all.term == t
    expect all.log == [1 1]
    expect all.commit == 0
    expect all["color"] == none
    await all["color"] == "red" within 3s
  `,
  "for restarts by itself": `
    await leader
    crash s1 for 300ms
    wait 299ms
    expect s1 in down
    wait 2ms
    expect s1 in all
    restart s1               # fails: s1 is not down
  `,
  "for does nothing to a server that was restarted and crashed again": `
    at 1s
    crash s1 for 300ms
    restart s1
    crash s1
    at 2s
    expect s1 in down
  `,
  "for does nothing to a server that was restarted by hand": `
    at 1s
    crash s1 for 300ms
    wait 100ms
    restart s1
    wait 300ms
    expect s1 in all
  `,
});

behaves("pause and resume", {
  "a paused server stands still and loses nothing": `
    await leader
    let f = any follower
    await all.commit == 1
    pause f
    expect f in all
    put color "red" => ok
    wait 100ms
    expect f.last-index == 1
    resume f
    expect f.last-index == 2
    await f["color"] == "red" within 500ms
  `,
  "a paused leader is no live leader, but still in its role": `
    await leader
    let old = leader
    pause old
    expect no leader
    expect count(leaders) == 1
    await leader within 2s
    expect count(leaders) == 2
    resume old
    await old.role == follower within 200ms
  `,
  "only what is up can be paused, only what is paused resumed": `
    pause s1
    pause s1                 # fails: s1 is paused
    resume s2                # fails: s2 is not paused
    crash s2
    pause s2                 # fails: s2 is down
    resume s1
    resume s1                # fails: s1 is not paused
  `,
  "a paused server can crash": `
    pause s1
    crash s1
    resume s1                # fails: s1 is not paused
    restart s1
    await leader
  `,
  "for goes on by itself": `
    pause s1 for 100ms
    wait 99ms
    resume s1
    pause s1                 # gives: s1
  `,
  "for does nothing to a server that was resumed and paused again": `
    at 1s
    pause s1 for 300ms
    wait 100ms
    resume s1
    pause s1
    at 2s
    resume s1                # gives: s1
  `,
  "for does nothing to a server that crashed and was paused again": `
    at 1s
    pause s1 for 300ms
    crash s1
    restart s1
    pause s1
    at 2s
    resume s1                # gives: s1
  `,
  "the disk does not pause: what was written is durable after fsync": `
    cluster { fsync 20ms; latency 1ms; election-timeout 900ms..999ms }
    await leader
    await all.commit == 1
    let f = any follower
    async put color "red"
    await f.last-index == 2
    pause f for 100ms
    wait 50ms
    crash f
    restart f
    expect f.last-index == 2
  `,
  "what arrived while it was paused is not lost when its links are cut": `
    cluster { latency 1ms }
    await leader
    await all.commit == 1
    let f = any follower
    pause f
    put color "red" => ok
    wait 10ms
    isolate f
    resume f
    expect f.last-index == 2
  `,
});

behaves("wipe", {
  "forgets everything, and leaves the server down": `
    await leader
    put color "red" => ok
    await all["color"] == "red"
    let f = any follower
    wipe f
    expect f in down
    restart f
    expect f.log == []
    expect f.term == 0
    expect f.vote == none
  `,
  "a leader that knows what a server acknowledged cannot bring it up to date after a wipe; the next leader can": `
    await leader
    put color "red" => ok
    await all["color"] == "red"
    let f = any follower
    let old = leader
    wipe f
    restart f
    wait 1s
    expect f.last-index == 0
    crash old for 2s
    await leader != old within 2s
    await f["color"] == "red" within 3s
  `,
  "of a server that is down": `
    await leader
    crash s1
    wipe s1
    restart s1
    expect s1.last-index == 0
  `,
});

behaves("timeout", {
  "a follower stands for election at once": `
    cluster { pre-vote off }
    timeout s3
    expect s3.role == candidate
    expect s3.vote == s3
    await leader
    expect leader == s3
  `,
  "with pre-vote it asks first, in its old term": `
    timeout s3
    expect s3.role == pre-candidate
    expect s3 in candidates
    expect s3.term == 0
    await leader == s3 within 100ms
  `,
  "of what is not up fails": `
    crash s1
    pause s2
    timeout s1               # fails: s1 is down
    timeout s2               # fails: s2 is paused
    timeout {s1 s3}          # fails: s1 is down
    expect s3 in candidates
  `,
  "a leader has no election timer": `
    await leader
    timeout leader           # fails: leads
    expect leader
  `,
});
