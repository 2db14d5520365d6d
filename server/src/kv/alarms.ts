import type { AlarmRequest, AlarmType } from "./request.js";
import type { Alarm } from "./response.js";

/** The alarms that are on, in the order they went on. Immutable. */
export class Alarms {
  static readonly none = new Alarms([]);
  readonly #active: readonly Alarm[];

  private constructor(active: readonly Alarm[]) {
    this.#active = active;
  }

  /** The alarms of a type; `null` for all. */
  list(type: AlarmType | null = null): readonly Alarm[] {
    return type === null ? this.#active : this.#active.filter(({ alarm }) => alarm === type);
  }

  /** Whether any member has an alarm of this type on. */
  has(type: AlarmType): boolean {
    return this.#active.some(({ alarm }) => alarm === type);
  }

  /**
   * What a request makes of them, and the alarms that it answers: those asked for, or the one that it switched
   * (etcdserver/apply.go, Alarm; api/v3alarm/alarms.go). No server has the number 0, so that switching it off does nothing.
   */
  after({ action, member, alarm }: AlarmRequest): { readonly alarms: Alarms; readonly answered: readonly Alarm[] } {
    if (action === "get") return { alarms: this, answered: this.list(alarm) };
    if (alarm === null) return { alarms: this, answered: [] };
    const found = this.#active.find((one) => one.member === member && one.alarm === alarm);
    if (action === "deactivate") {
      if (found === undefined) return { alarms: this, answered: [] };
      return { alarms: new Alarms(this.#active.filter((one) => one !== found)), answered: [found] };
    }
    if (found !== undefined) return { alarms: this, answered: [found] };
    const activated: Alarm = { member, alarm };
    return { alarms: new Alarms([...this.#active, activated]), answered: [activated] };
  }
}
