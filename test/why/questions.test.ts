import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClusterView } from "../../server/src/protocol/cluster-view.js";
import type { WhyQuestion } from "../../server/src/protocol/why.js";
import { clusterAt } from "../../server/src/trace/cluster-view.js";
import type { Recording } from "../../server/src/trace/recording.js";
import { watchesAt } from "../../server/src/trace/watches-view.js";
import { answer, type WhyAnswer } from "../../server/src/trace/why/answer.js";
import { type Askable, questionsOf } from "../../server/src/view-model/questions.js";
import { sectionWords } from "../../server/src/view-model/why/paper.js";
import { answerLines } from "../../server/src/view-model/why/text.js";
import { samples } from "../support/samples.js";
import { finished } from "../support/scenarios.js";
import { churn } from "../trace/runs.js";

/** At which part of a sample it is asked: another one for each neighbour. */
const MOMENTS = [0.05, 0.6, 0.3, 0.9, 1];

/** Everything that can be picked in a view. */
function askables(recording: Recording, view: ClusterView): readonly Askable[] {
  const { servers, clients, messages, eventId } = view;
  const names = [...servers, ...clients].map(({ name }) => name);
  const watches = watchesAt(recording, recording.stateAt(eventId), 1).watches;
  return [
    { kind: "cluster" },
    ...servers.flatMap((server): readonly Askable[] => [
      { kind: "server", server: server.name },
      ...(["status", "role", "term", "vote", "leader", "commit", "applied", "timer"] as const).map(
        (field): Askable => ({ kind: "field", server: server.name, field }),
      ),
      ...[1, server.firstIndex, server.commitIndex, server.commitIndex + 1, server.lastIndex, server.lastIndex + 1]
        .filter((index) => index >= 1)
        .map((index): Askable => ({ kind: "entry", server: server.name, index })),
      ...[...server.kv.slice(0, 2).map(({ key }) => key), "no such key"].map(
        (key): Askable => ({ kind: "key", key, server: server.name }),
      ),
      ...server.leases.slice(0, 2).map(({ id }): Askable => ({ kind: "lease", lease: id })),
    ]),
    ...clients.slice(0, 3).map(({ name }): Askable => ({ kind: "client", client: name })),
    ...messages.slice(0, 5).map((message): Askable => ({ kind: "message", eventId: message.eventId })),
    ...names.slice(1, 6).map((to): Askable => ({ kind: "link", from: names[0] ?? "", to })),
    ...watches.slice(0, 3).map(
      ({ number, name, received, end }): Askable => ({
        kind: "watch",
        watch: number,
        name,
        active: received > 0 && end === null,
      }),
    ),
    { kind: "event", eventId, title: "" },
  ];
}

function expectAnswer(recording: Recording, question: WhyQuestion): WhyAnswer {
  const said = answer(recording, question.eventId, question.about);
  if (said === null) throw new Error(`${question.title} has no answer at event ${question.eventId}`);
  const upTo = recording.stateAt(question.eventId).recorder.count - 1;
  expect(said.links.length, question.title).toBeGreaterThan(0);
  for (const { id, timeUs, steps } of said.links) {
    expect(id, question.title).toBeLessThanOrEqual(upTo);
    expect(timeUs).toBe(recording.log.timeUs(id));
    for (const step of steps) expect(step.id).toBeLessThanOrEqual(upTo);
  }
  const chain = said.links.filter(({ relation }) => relation !== "fact").map(({ id }) => id);
  expect(chain, question.title).toEqual([...new Set(chain)].sort((a, b) => b - a));
  for (const { timeUs, eventId } of said.waits) {
    expect(eventId).toBeLessThanOrEqual(upTo);
    if (timeUs !== null) expect(timeUs, said.question).toBeGreaterThanOrEqual(recording.log.timeUs(upTo));
  }
  for (const line of answerLines(said)) expect(line).not.toMatch(/undefined|NaN|endpoint \d|\[object|\n|\{\d\}/);
  for (const mark of [said.sections, ...said.links.map(({ sections }) => sections)].flat()) {
    expect(sectionWords(mark).title).not.toBe("");
  }
  return said;
}

/** Asks everything that is offered at a moment, and what follows from it. */
function askAll(recording: Recording, eventId: number): void {
  const view = { ...clusterAt(recording, eventId), sessionId: "session" };
  for (const picked of askables(recording, view)) {
    const offered = questionsOf(picked, view);
    expect(offered.length, JSON.stringify(picked)).toBeGreaterThan(0);
    for (const question of offered) {
      const said = expectAnswer(recording, question);
      if (question.about !== null) expect(said.question).toBe(question.title);
      for (const next of said.questions) {
        if (next.about !== null) expect(expectAnswer(recording, next).question).toBe(next.title);
      }
      agrees(recording, eventId, question, said);
    }
  }
}

/** What an answer claims is what the engine's state says. */
function agrees(recording: Recording, eventId: number, { about }: WhyQuestion, { holds }: WhyAnswer): void {
  const world = recording.stateAt(eventId);
  switch (about?.kind) {
    case "leader":
      expect(holds).toBe(world.leader() !== null);
      return;
    case "entry": {
      const server = world.servers.find((each) => each?.name === about.server);
      const raft = server?.raft;
      const state = about.state ?? "here";
      if (state === "here") expect(holds).toBe((raft?.log ?? server?.disk.log)?.at(about.index) !== undefined);
      if (state === "committed" && raft != null) expect(holds).toBe(about.index <= raft.commitIndex);
      if (state === "applied" && raft != null) expect(holds).toBe(about.index <= raft.appliedIndex);
      if (state === "durable" && raft != null) expect(holds).toBe(about.index <= raft.durableIndex);
      return;
    }
    case "link": {
      const from = world.endpointNamed(about.from) ?? 0;
      const to = world.endpointNamed(about.to) ?? 0;
      expect(holds).toBe(!world.network.isBlocked(from, to));
      return;
    }
    case "key": {
      const server = world.servers.find((each) => each?.name === about.server);
      expect(holds).toBe(server?.machine.store.get(about.key) != null);
      return;
    }
    case "client": {
      const client = [...world.clients.values()].find(({ name }) => name === about.client);
      expect(holds).toBe((client?.pending.size ?? 0) > 0);
      return;
    }
    default:
  }
}

describe("every question that is offered has an answer, in the words of the question", () => {
  it("at any moment of random runs", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), fc.nat(), (seed, first, second) => {
        const { recording } = churn(seed, 1_000);
        for (const pick of [first, second]) askAll(recording, pick % recording.log.count);
      }),
      { numRuns: 5 },
    );
  });

  it.each(samples().map((sample, place) => [sample.name, sample, MOMENTS[place % MOMENTS.length] ?? 1] as const))(
    "in %s",
    { timeout: 60_000 },
    (_name, sample, share) => {
      for (const scenario of sample.scenarios.slice(0, 1)) {
        const { recording } = finished(scenario);
        const { count } = recording.log;
        askAll(recording, Math.floor((count - 1) * share));
      }
    },
  );
});
