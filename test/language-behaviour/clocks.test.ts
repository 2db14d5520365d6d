import { behaves } from "./behaves.js";

/** A quiet cluster in which s1 leads: every timer is known to the millisecond. */
const QUIET = `
    cluster { latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 50ms; check-quorum off; clients alice bob }
    timeout s1
    await leader == s1
    await all.commit == 1
    wait 40ms`;

behaves("clock drift", {
  "a leader whose clock is slow is overthrown: its heartbeats come too late": `${QUIET}
    clock s1 drift -90%      # gives: clock s1 drift -90%
    await leader != s1 within 1s
  `,
  "a leader whose clock is a little slow is not": `${QUIET}
    clock s1 drift -10%
    expect leader == s1 for 3s
  `,
  "a follower whose clock is fast starts an election against a leader that is alive": `
    cluster { latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 200ms; pre-vote off; check-quorum off }
    timeout s1
    await leader == s1
    expect leader == s1 for 2s
    clock s3 drift 100%
    await leader == s3 within 1s
  `,
  "pre-vote keeps such a follower from deposing its leader": `
    cluster { latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 200ms }
    timeout s1
    await leader == s1
    let t = s1.term
    clock s3 drift 100%
    expect leader == s1 and s1.term == t for 3s
  `,
  "a timer that runs when the clock changes keeps what it has counted": `${QUIET}
    crash s1
    wait 10ms
    clock s2 drift 100%
    clock s3 drift -50%
    wait 110ms
    expect s2.role == follower
    await s2.role != follower within 40ms
    expect s3.role == follower for 200ms
  `,
  "for ends it, and the timer goes on at the right speed": `${QUIET}
    clock s1 drift -90% for 60ms
    expect leader == s1 for 3s
  `,
  "drifts add up, and end one by one": `${QUIET}
    crash s1
    crash s2
    restart {s1 s2}
    clock {s1 s2} drift -50%
    clock s3 drift 60% for 100ms
    clock s3 drift 40%
    wait 115ms
    expect no leader
    # 100 ms at double speed and 65 at 1.4 make 291; s3's timer had run for some 40 ms before.
    await leader == s3 within 60ms
  `,
});

behaves("clock jump", {
  "a jump brings deadlines nearer by that: an early election": `${QUIET}
    clock s2 jump 300ms
    expect s2.role == pre-candidate within 1ms
    expect leader == s1 for 1s
  `,
  "a jump without pre-vote deposes a leader that is alive": `
    cluster { latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 50ms; pre-vote off; check-quorum off }
    timeout s1
    await leader == s1
    wait 200ms
    expect leader == s1
    clock s2 jump 300ms
    await leader == s2 within 20ms
  `,
  "a short jump does not fire what has time": `${QUIET}
    clock s2 jump 200ms
    wait 1ms
    expect s2.role == follower
    expect leader == s1 for 2s
  `,
  "a jump back makes a leader silent for as long": `${QUIET}
    clock s1 jump -1s
    await leader != s1 within 400ms
  `,
  "for jumps back at the end": `${QUIET}
    clock s1 jump -1s for 100ms
    expect leader == s1 for 3s
  `,
  "heal jumps back what has a for, and ends a drift": `${QUIET}
    clock s1 jump -10s for 1min
    clock s1 drift -90%
    wait 100ms
    heal s1
    expect leader == s1 for 3s
  `,
});

behaves("a paused server's clock", {
  "goes on: what came due fires when the server does": `${QUIET}
    cut s1 -> s2
    wait 10ms
    pause s2
    wait 1s
    expect s2.role == follower
    resume s2
    await s2.role == pre-candidate within 1ms
  `,
  "can jump": `${QUIET}
    cut s1 -> s2
    wait 10ms
    pause s2
    clock s2 jump 300ms
    wait 10ms
    expect s2.role == follower
    resume s2
    await s2.role == pre-candidate within 1ms
  `,
});

behaves("the clock of a server that is down", {
  "drifts too, and its timers run by it after the restart": `${QUIET}
    crash {s2 s3}
    clock s2 drift -90%
    crash s1
    restart {s2 s3}
    wait 290ms
    expect {s2 s3}.role == follower
    await leader == s3 within 30ms
  `,
});

behaves("clocks of a world with manual timers", {
  "stand still but for ticks and jumps": `
    cluster { timers manual; latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 50ms; pre-vote off }
    wait 10s
    expect no leader
    clock s2 jump 290ms
    wait 1s
    expect s2.role == follower
    tick s2
    await leader == s2 within 10ms
    clock s3 jump 1s
    tick s1
    expect s1.role == follower
    tick s3
    await s3.role == candidate within 1ms
  `,
  "drift has nothing to make faster": `
    cluster { timers manual; latency 1ms; fsync 1ms; election-timeout 300ms..300ms; heartbeat 50ms; pre-vote off }
    clock s2 drift 100%
    repeat 5 { tick s2 }
    expect s2.role == follower
    tick s2
    await leader == s2 within 10ms
  `,
});
