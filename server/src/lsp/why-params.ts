/** What a person asks about, as it comes from outside: checked member by member. */
import type { ParamsOf } from "../lab/contract.js";
import type { whyQuestionsRequest } from "../protocol/requests.js";
import type { WhySubject } from "../protocol/why.js";
import type { Fields } from "./fields.js";

type Readers = { readonly [K in WhySubject["kind"]]: (f: Fields) => Extract<WhySubject, { readonly kind: K }> };

const READERS: Readers = {
  server: (f) => ({
    kind: "server",
    server: f.string("server"),
    field: f.oneOf("field", ["status", "role", "term", "vote", "leader", "commit", "applied", "timer"]),
  }),
  entry: (f) => {
    const state = f.has("state") ? f.oneOf("state", ["here", "durable", "committed", "applied"]) : undefined;
    const entry = { kind: "entry", server: f.string("server"), index: f.integer("index", 1) } as const;
    return state === undefined ? entry : { ...entry, state };
  },
  leader: () => ({ kind: "leader" }),
  commit: (f) => ({ kind: "commit", server: f.string("server") }),
  election: (f) => ({ kind: "election", server: f.string("server") }),
  vote: (f) => ({ kind: "vote", server: f.string("server"), candidate: f.string("candidate") }),
  message: (f) => ({ kind: "message", eventId: f.integer("eventId", 0) }),
  operation: (f) => ({ kind: "operation", operation: f.integer("operation", 1) }),
  client: (f) => ({ kind: "client", client: f.string("client") }),
  read: () => ({ kind: "read" }),
  lease: (f) => ({ kind: "lease", lease: f.string("lease") }),
  watch: (f) => ({ kind: "watch", watch: f.integer("watch", 1) }),
  configuration: () => ({ kind: "configuration" }),
  link: (f) => ({ kind: "link", from: f.string("from"), to: f.string("to") }),
  key: (f) => {
    const server = f.optionalString("server");
    const key = { kind: "key", key: f.string("key") } as const;
    return server === undefined ? key : { ...key, server };
  },
  snapshot: (f) => ({ kind: "snapshot", server: f.string("server") }),
};

/** Reads a subject, or says which member is wrong. */
export function readSubject(f: Fields): WhySubject {
  const kind = f.oneOf("kind", [
    "server",
    "entry",
    "leader",
    "commit",
    "election",
    "vote",
    "message",
    "operation",
    "client",
    "read",
    "lease",
    "watch",
    "configuration",
    "link",
    "key",
    "snapshot",
  ]);
  return READERS[kind](f);
}

/** `raftlab/why/questions` */
export function readWhyQuestions(f: Fields): ParamsOf<typeof whyQuestionsRequest> {
  return { sessionId: f.string("sessionId"), eventId: f.integerOrNull("eventId", 0) };
}
