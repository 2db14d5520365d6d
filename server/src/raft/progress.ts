import type { Progress } from "./contract.js";
import type { Index, ServerId, Snapshot } from "./types.js";

/**
 * A leader's view of one follower (Figure 2, "Volatile state on leaders"; etcd tracker/progress.go).
 *
 * - probe: where the logs agree is not known. One AppendEntries with entries at a time; the next leaves when a reply came.
 * - replicate: they agree up to `match`. AppendEntries are pipelined: `next` runs ahead of the replies, as far as the
 *   window of unanswered messages allows. A refusal leads back to probe.
 * - snapshot: the leader no longer has the entries the follower needs. A snapshot is on its way, chunk by chunk, and no
 *   entries until a reply shows that it is installed.
 */
export class FollowerProgress implements Progress {
  readonly id: ServerId;
  next: Index = 1;
  match: Index = 0;
  state: "probe" | "replicate" | "snapshot" = "probe";
  /** probe: an AppendEntries with entries is unanswered. */
  probeSent = false;
  active = false;
  /** The newest ReadIndex round this follower has answered in this term (D §6.4). */
  round = 0;
  /** The highest commit index told to the follower that it could use (etcd: sentCommit). */
  sentCommit: Index = 0;
  /** snapshot: the one that is on its way, also when this server has taken a newer one meanwhile. */
  snapshot: Snapshot | null = null;
  /** snapshot: offset of the chunk that is unanswered. */
  offset = 0;
  /** snapshot: whether a heartbeat was due since that chunk was sent. */
  overdue = false;
  /** replicate: the last index of each unanswered AppendEntries, oldest first. */
  readonly #unanswered: Index[] = [];

  constructor(id: ServerId) {
    this.id = id;
  }

  /** AppendEntries with entries that no reply has covered. */
  get inflight(): number {
    if (this.state === "probe") return Number(this.probeSent);
    return this.state === "snapshot" ? 1 : this.#unanswered.length;
  }

  /**
   * Begins anew (Figure 2): nextIndex just behind the leader's log, which ends at `lastIndex`, and nothing known to match,
   * unless `keepMatch`.
   */
  reset(lastIndex: Index, keepMatch: boolean): void {
    if (!keepMatch) this.match = 0;
    this.next = Math.max(lastIndex, this.match) + 1;
    this.state = "probe";
    this.snapshot = null;
    this.probeSent = false;
    this.active = false;
    this.round = 0;
    this.sentCommit = 0;
    this.#unanswered.length = 0;
  }

  /** Whether entries may be sent now, with at most `window` unanswered messages. */
  mayCarryEntries(window: number): boolean {
    if (this.state === "probe") return !this.probeSent;
    return this.state === "replicate" && this.#unanswered.length < window;
  }

  /** Notes that entries up to `last` are on their way. */
  sentEntries(last: Index): void {
    if (this.state === "probe") {
      this.probeSent = true;
    } else {
      this.next = last + 1;
      this.#unanswered.push(last);
    }
  }

  /** Notes the commit index that a message told, as far as the follower can use it. */
  sentCommitIndex(usable: Index): void {
    if (usable > this.sentCommit) this.sentCommit = usable;
  }

  /** Whether a message without entries would let the follower commit more. */
  lacksCommit(commitIndex: Index): boolean {
    return Math.min(commitIndex, this.next - 1) > this.sentCommit;
  }

  /**
   * A success up to `index`. True when it told something new: more is known to agree, or a probe has found the place.
   */
  acknowledged(index: Index): boolean {
    if (this.state === "snapshot") {
      if (index <= this.match) return false;
      this.match = index;
      return true;
    }
    const news = index > this.match || (index === this.match && this.state === "probe");
    if (index > this.match) this.match = index;
    if (!news) return false;
    if (this.state === "probe") {
      this.state = "replicate";
      this.probeSent = false;
      this.next = this.match + 1;
    } else {
      if (this.next <= this.match) this.next = this.match + 1;
      this.#freeTo(this.match);
    }
    return true;
  }

  /**
   * A refusal of prevLogIndex `refused`; `hint` is where the conflict fields say to go on. False when it is an old one: it
   * answers a message from before the last reply that counted, or the follower has lost what it acknowledged.
   */
  refused(refused: Index, hint: Index): boolean {
    // One that refuses what it has acknowledged lost it: there is no earlier place to try, and asking again at once would
    // only be refused again, as fast as messages travel.
    const old = refused <= this.match || (this.state === "probe" && refused !== this.next - 1);
    if (old) return false;
    this.next = Math.max(this.match + 1, Math.min(hint, refused));
    this.state = "probe";
    this.probeSent = false;
    this.sentCommit = Math.min(this.sentCommit, this.next - 1);
    this.#unanswered.length = 0;
    return true;
  }

  /** `snapshot` goes to the follower from now on, from its first byte; entries follow once it is there. */
  sendSnapshot(snapshot: Snapshot): void {
    this.state = "snapshot";
    this.snapshot = snapshot;
    this.offset = 0;
    this.overdue = false;
    this.next = snapshot.lastIncludedIndex + 1;
    this.probeSent = false;
    this.#unanswered.length = 0;
  }

  /** The follower holds the log up to `match`, and entries can follow again. */
  endSnapshot(): void {
    this.state = "replicate";
    this.snapshot = null;
    this.next = this.match + 1;
    this.sentCommit = Math.min(this.sentCommit, this.match);
  }

  /** An independent copy. */
  clone(): FollowerProgress {
    const copy = new FollowerProgress(this.id);
    copy.next = this.next;
    copy.match = this.match;
    copy.state = this.state;
    copy.probeSent = this.probeSent;
    copy.active = this.active;
    copy.round = this.round;
    copy.sentCommit = this.sentCommit;
    copy.snapshot = this.snapshot;
    copy.offset = this.offset;
    copy.overdue = this.overdue;
    for (const last of this.#unanswered) copy.#unanswered.push(last);
    return copy;
  }

  #freeTo(index: Index): void {
    const ends = this.#unanswered;
    for (let first = ends[0]; first !== undefined && first <= index; first = ends[0]) ends.shift();
  }
}
