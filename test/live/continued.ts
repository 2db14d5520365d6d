import { LiveRun, type LiveStory } from "../../server/src/scenario/live-run.js";
import { CountingRecorder, type Recorder } from "../../server/src/sim/recorder.js";
import type { World } from "../../server/src/sim/world.js";
import { clusterAt } from "../../server/src/trace/cluster-view.js";
import type { Recording } from "../../server/src/trace/recording.js";
import type { TextedScenario } from "../support/scenarios.js";

/** A live cluster that goes on from an event of a scenario's run. */
export function continuedFrom({ scenario, text }: TextedScenario, upTo: number): LiveRun {
  const story: LiveStory = { scenario, source: text, upTo };
  const live = new LiveRun(scenario.config, scenario.given, scenario.config.seed, story);
  for (const _ of live.begin());
  return live;
}

/** Everything that a world at an event is: as the panels show it, and what they do not. */
export function stateOf(recording: Recording, eventId: number) {
  const picture = clusterAt(recording, eventId, { logWindow: 1_000_000 });
  const world = recording.stateAt(eventId);
  const { nowUs, position, simulatedEvents, queue, network, machineFaults } = world;
  const clients = [...world.clients.values()];
  // A reply's text tells what its operation got, and that only a history knows into which it has come.
  const messages = picture.messages.map(({ text: _, ...message }) => message);
  return {
    picture: { ...picture, messages },
    instant: { nowUs, position, simulatedEvents, events: world.recorder.count },
    queue: [...queue.items()].sort((a, b) => a.timeUs - b.timeUs || a.order - b.order),
    clients,
    network: { waiting: network.waiting },
    machineFaults,
    future: futureOf(world),
  };
}

/** Takes down the events themselves, for comparison. */
class Listing implements Recorder {
  readonly events: (readonly unknown[])[] = [];
  readonly #counting: CountingRecorder;

  constructor(count: number) {
    this.#counting = new CountingRecorder(count);
  }

  get count(): number {
    return this.#counting.count;
  }

  record(...event: Parameters<Recorder["record"]>): number {
    this.events.push(event);
    return this.#counting.record();
  }
}

/** What a world does next when nobody does anything to it: it tells of everything that is not seen yet, such as the random numbers. */
function futureOf(world: World, items = 400): readonly (readonly unknown[])[] {
  const listing = new Listing(world.recorder.count);
  const copy = world.clone(listing);
  for (let count = 0; count < items && copy.step(); count += 1);
  return listing.events;
}
