/**
 * Requests over postMessage. Each gets exactly one answer; an answer that a newer request of the same slot has
 * overtaken is reported as stale, so that no view ever shows an older moment after a newer one.
 */
import { t } from "../../server/src/l10n/text.js";
import type { Outcome, RequestDefinition } from "../../server/src/protocol/requests.js";
import type { FromWebview, ToWebview } from "../../server/src/protocol/webview.js";
import type { PanelApi } from "./api.js";
import type { Guard } from "./guard.js";
import { isRecord, isString } from "./guard.js";
import { isToWebview } from "./guards.js";

/** What came of a request. */
export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "failed"; readonly message: string }
  /** A newer request of the same slot was sent meanwhile. */
  | { readonly kind: "stale" };

interface Waiting {
  readonly method: string;
  readonly settle: (answer: Answer<unknown>) => void;
}

/** Messages that are not answers. */
export type Push = Exclude<ToWebview, { kind: "response" | "failure" }>;

/** The panel's side of the line to the extension. */
export class Connection {
  readonly #api: Pick<PanelApi, "post">;
  readonly #waiting = new Map<number, Waiting>();
  readonly #newest = new Map<string, number>();
  #lastId = 0;

  constructor(api: Pick<PanelApi, "post">) {
    this.#api = api;
  }

  /** Sends a request whose result is an {@link Outcome}. `slot` makes a newer one overtake an older one. */
  async ask<P, T>(
    definition: RequestDefinition<P, Outcome<T>>,
    params: P,
    guard: Guard<T>,
    slot?: string,
  ): Promise<Answer<T>> {
    const answer = await this.#send(definition.method, params, slot);
    if (answer.kind !== "ok") return answer;
    const result = answer.value;
    if (isRecord(result) && result["ok"] === false) {
      const message = result["message"];
      return { kind: "failed", message: isString(message) ? message : t("{0} failed", definition.method) };
    }
    if (guard(result)) return { kind: "ok", value: result };
    return { kind: "failed", message: t("The answer to {0} is not of the agreed form.", definition.method) };
  }

  /** Says something that has no answer. */
  tell(message: Exclude<FromWebview, { kind: "request" }>): void {
    this.#api.post(message);
  }

  /** Takes what arrived. Returns the message when it is not an answer; `null` otherwise. */
  receive(data: unknown): Push | null {
    if (!isToWebview(data)) return null;
    if (data.kind !== "response" && data.kind !== "failure") return data;
    const waiting = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    waiting?.settle(
      data.kind === "response" ? { kind: "ok", value: data.result } : { kind: "failed", message: data.message },
    );
    return null;
  }

  #send(method: string, params: unknown, slot: string | undefined): Promise<Answer<unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    if (slot !== undefined) this.#newest.set(slot, id);
    return new Promise((resolve) => {
      this.#waiting.set(id, {
        method,
        settle: (answer) => {
          const overtaken = slot !== undefined && this.#newest.get(slot) !== id;
          resolve(overtaken ? { kind: "stale" } : answer);
        },
      });
      this.#api.post({ kind: "request", id, method, params });
    });
  }
}
