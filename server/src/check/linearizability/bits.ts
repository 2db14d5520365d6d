/** A set of small integers that knows its first gap and its end. */
export class Bits {
  /** 32 members each; at least one word. */
  readonly words: Int32Array;
  /** The smallest integer that is not in the set. */
  firstMissing = 0;
  /** At least the largest member, -1 when there never was one; whoever removes members sets it back. */
  end = -1;

  /** An empty set for members below `size`. */
  constructor(size: number) {
    this.words = new Int32Array(Math.max(1, (size + 31) >>> 5));
  }

  /** Whether `member` is in the set. */
  has(member: number): boolean {
    return ((this.words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0;
  }

  /** Adds a member. */
  add(member: number): void {
    const word = member >>> 5;
    this.words[word] = (this.words[word] ?? 0) | (1 << (member & 31));
    if (member > this.end) this.end = member;
    while (this.has(this.firstMissing)) this.firstMissing += 1;
  }

  /** Removes a member; `end` is what it was before the member was added. */
  remove(member: number, end: number): void {
    const word = member >>> 5;
    this.words[word] = (this.words[word] ?? 0) & ~(1 << (member & 31));
    this.end = end;
    if (member < this.firstMissing) this.firstMissing = member;
  }
}
