import type { Revision } from "../../kv/request.js";
import type { KvEvent } from "../../kv/response.js";
import { t } from "../../l10n/text.js";
import { WantedChanges } from "./changes.js";
import { checkEvent } from "./each-event.js";
import { violationOf, type WatchGuarantee, type WatchRequest, type WatchStep, type WatchViolation } from "./watch.js";

/**
 * Compares what a watch received with `changes`: all of the store, in order, with their `previous` complete. What it has not received
 * yet, after the last event received and the last bookmark, is no violation. `compactRevision`: the highest revision that was compacted at
 * meanwhile, -1 for none. In linear time; by position, with one violation of each kind for an event at most.
 */
export function checkWatch(
  request: WatchRequest,
  steps: readonly WatchStep[],
  changes: readonly KvEvent[],
  compactRevision: Revision = -1,
): WatchViolation[] {
  const wanted = new WantedChanges(changes, request);
  const check = new WatchCheck(request, wanted, compactRevision);
  steps.forEach((step, position) => {
    check.step(step, position);
  });
  return check.end(steps.length - 1).sort((a, b) => a.position - b.position);
}

/** Nothing was received yet. */
const NOWHERE = -1;

function notTogether(): string {
  return t("was not received together with the others of its revision");
}

/** A part of the wanted changes that a reconnection went past. */
interface Gap {
  readonly first: number;
  /** The place after the last one. */
  readonly end: number;
  readonly position: number;
}

class WatchCheck {
  readonly #request: WatchRequest;
  readonly #wanted: WantedChanges;
  readonly #compactRevision: Revision;
  readonly #found: WatchViolation[] = [];
  /** For each wanted change: the batch it came in first, or {@link NOWHERE}. */
  readonly #batches: Int32Array;
  /** The position and the batch that the first event of a revision came in. */
  readonly #revisions = new Map<Revision, { readonly position: number; readonly batch: number }>();
  /** By batch: its number here, from 0. */
  readonly #numbers = new Map<number, number>();
  readonly #gaps: Gap[] = [];
  /** The positions at which the furthest place was passed, by the places passed. */
  readonly #passed: Gap[] = [];
  #latestPlace = NOWHERE;
  #latestRevision = 0;
  #bookmark = 0;
  #bookmarkPosition = 0;
  /** The first revision that this connection asked for. */
  #from: Revision;
  #connections = 0;
  /** Whether this connection has received an event. */
  #begun = false;

  constructor(request: WatchRequest, wanted: WantedChanges, compactRevision: Revision) {
    this.#request = request;
    this.#wanted = wanted;
    this.#compactRevision = compactRevision;
    this.#batches = new Int32Array(wanted.events.length).fill(NOWHERE);
    this.#from = request.from;
  }

  step(step: WatchStep, position: number): void {
    switch (step.kind) {
      case "connected":
        this.#from = step.from;
        this.#connections += 1;
        this.#begun = false;
        return;
      case "progress":
        if (step.revision <= this.#bookmark) return;
        this.#bookmark = step.revision;
        this.#bookmarkPosition = position;
        return;
      case "canceled":
        this.#cancel(step.compactRevision, position);
        return;
      case "events": {
        const batch = this.#numbers.get(step.batch) ?? this.#numbers.size;
        this.#numbers.set(step.batch, batch);
        for (const event of step.events) this.#event(event, batch, position);
      }
    }
  }

  /** What only the end shows: what never came. */
  end(lastPosition: number): WatchViolation[] {
    let gap = 0;
    let passed = 0;
    for (const [place, event] of this.#wanted.events.entries()) {
      if (this.#batches[place] !== NOWHERE) continue;
      const part = this.#revisions.get(event.kv.modRevision);
      if (part !== undefined) {
        this.#add("atomic", part.position, event, notTogether());
      } else if (place > this.#latestPlace) {
        if (event.kv.modRevision > this.#bookmark) break;
        const what = t("was never received, though progress up to revision {0} was told", this.#bookmark);
        this.#add("bookmarkable", this.#bookmarkPosition, event, what);
      } else {
        gap = firstEndingAfter(this.#gaps, place, gap);
        passed = firstEndingAfter(this.#passed, place, passed);
        this.#missing(event, place, this.#gaps[gap], this.#passed[passed]?.position ?? lastPosition);
      }
    }
    return this.#found;
  }

  /** A change that never came, though a later one did. */
  #missing(event: KvEvent, place: number, gap: Gap | undefined, position: number): void {
    if (gap !== undefined && gap.first <= place) {
      this.#add("resumable", gap.position, event, t("was left out when the watch was taken up again"));
    } else {
      this.#add("reliable", position, event, t("was never received, though later ones were"));
    }
  }

  #event(event: KvEvent, batch: number, position: number): void {
    const { modRevision } = event.kv;
    this.#found.push(...checkEvent(event, position, this.#wanted, this.#request, this.#compactRevision));
    const place = this.#wanted.wants(event) ? this.#wanted.placeOf(event) : undefined;
    if (place === undefined) return;
    if (this.#batches[place] !== NOWHERE) {
      this.#add("unique", position, event, t("was received twice"));
      return;
    }
    this.#batches[place] = batch;
    this.#checkOrder(event, place, position);
    const first = this.#revisions.get(modRevision);
    if (first === undefined) this.#revisions.set(modRevision, { position, batch });
    else if (first.batch !== batch) {
      this.#add("atomic", position, event, notTogether());
    }
  }

  /** Where an event stands among those before it, and the promises made meanwhile. */
  #checkOrder(event: KvEvent, place: number, position: number): void {
    const { modRevision } = event.kv;
    if (modRevision < this.#from && this.#connections > 1) {
      const what = t("was received, though the watch was taken up again from revision {0}", this.#from);
      this.#add("resumable", position, event, what);
    } else if (modRevision <= this.#bookmark) {
      const what = t("was received after progress up to revision {0} was told", this.#bookmark);
      this.#add("bookmarkable", position, event, what);
    } else if (place < this.#latestPlace) {
      this.#add(
        "ordered",
        position,
        event,
        t("was received after a change that came later, at revision {0}", this.#latestRevision),
      );
    }
    if (!this.#begun && this.#connections > 1) {
      const first = Math.max(this.#wanted.firstAt(this.#from), this.#gaps.at(-1)?.end ?? 0);
      if (first < place) this.#gaps.push({ first, end: place, position });
    }
    this.#begun = true;
    if (place <= this.#latestPlace) return;
    if (place > this.#latestPlace + 1) this.#passed.push({ first: this.#latestPlace + 1, end: place, position });
    this.#latestPlace = place;
    this.#latestRevision = modRevision;
  }

  /** A server may give a watch up only when what comes next for it is compacted. */
  #cancel(compactRevision: Revision, position: number): void {
    const next = Math.max(this.#from, this.#latestRevision + 1);
    if (compactRevision === 0 || next < compactRevision) return;
    const message = t(
      "the watch was ended as compacted at revision {0}, though it had only to go on from revision {1}",
      compactRevision,
      next,
    );
    this.#found.push({ guarantee: "reliable", position, revision: next, key: "", message });
  }

  #add(guarantee: WatchGuarantee, position: number, event: KvEvent, what: string): void {
    this.#found.push(violationOf(guarantee, position, event, what));
  }
}

/** The place in the list, from `from` on, of the first gap that ends after a place. */
function firstEndingAfter(gaps: readonly Gap[], place: number, from: number): number {
  let at = from;
  while ((gaps[at]?.end ?? Number.POSITIVE_INFINITY) <= place) at += 1;
  return at;
}
