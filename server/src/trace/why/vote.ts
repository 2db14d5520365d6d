import { t } from "../../l10n/text.js";
import { readSend, type Sent } from "../sent.js";
import { type Asking, serverNamed, since } from "./asking.js";
import { chainFinding, type Finding, factsFinding } from "./finding.js";
import { waitingFact } from "./waiting.js";

/** Most events looked through for a request. */
const SCAN = 200_000;

/** Whether a server voted for another when that asked last. */
export function aboutVote(
  asking: Asking,
  { server: name, candidate: other }: { readonly server: string; readonly candidate: string },
): Finding | null {
  const server = serverNamed(asking, name);
  const candidate = serverNamed(asking, other);
  if (server === null || candidate === null) return null;
  if (server.id === candidate.id) return ownVote(asking, name);
  for (let id = asking.upTo; id >= Math.max(0, asking.upTo - SCAN); id -= 1) {
    const sent = voteMessage(asking, id);
    if (sent === null) continue;
    if (sent.from === candidate.id && sent.to === server.id && !isAnswer(sent))
      return asked(asking, id, name, other, sent.term);
    if (sent.from === server.id && sent.to === candidate.id && isAnswer(sent))
      return answered(asking, id, name, other, sent);
  }
  const text = t("{0} has not asked {1} for a vote: a server votes for nobody who does not ask (§5.2).", other, name);
  return factsFinding(false, text, [waitingFact(asking, candidate)]);
}

type Ask = Extract<Sent, { readonly type: "RequestVote" | "PreVote" }>;
type Answer = Extract<Sent, { readonly type: "RequestVoteReply" | "PreVoteReply" }>;

function isAnswer(sent: Ask | Answer): sent is Answer {
  return sent.type === "RequestVoteReply" || sent.type === "PreVoteReply";
}

/** The request for a vote, or the answer to one, that is sent, arrives or is lost with an event. */
function voteMessage({ recording: { log } }: Asking, id: number): Ask | Answer | null {
  const kind = log.kind(id);
  if (kind !== "deliver" && kind !== "drop" && kind !== "held" && kind !== "send") return null;
  const send = kind === "send" ? id : log.cause(id);
  if (send < 0 || log.kind(send) !== "send") return null;
  const sent = readSend(log, send);
  switch (sent.type) {
    case "RequestVote":
    case "PreVote":
    case "RequestVoteReply":
    case "PreVoteReply":
      return sent;
    default:
      return null;
  }
}

/** The newest that is known is the answer, by its own event or by what became of it. */
function answered({ recording: { log } }: Asking, id: number, name: string, other: string, sent: Answer): Finding {
  const lost = log.kind(id) === "drop" || log.kind(id) === "held";
  return lost
    ? chainFinding(false, t("{0} answered {1}, and the answer did not arrive.", name, other), id)
    : chainFinding(sent.voteGranted, answerText(name, other, sent), sent.eventId);
}

/** The newest that is known is the request. */
function asked({ recording: { log } }: Asking, id: number, name: string, other: string, term: number): Finding {
  switch (log.kind(id)) {
    case "deliver":
      return chainFinding(
        false,
        t(
          "{0} got the request of {1} for term {2} and has not answered yet: it must write first (Figure 2).",
          name,
          other,
          term,
        ),
        id,
      );
    case "send":
      return chainFinding(
        false,
        t("{0} has asked {1} for its vote in term {2}, and the request is under way.", other, name, term),
        id,
      );
    default:
      return chainFinding(
        false,
        t("{0} asked {1} for its vote in term {2}, and the request did not arrive.", other, name, term),
        id,
      );
  }
}

function answerText(name: string, other: string, sent: Answer): string {
  if (sent.type === "PreVoteReply") {
    return sent.voteGranted
      ? t(
          "{0} told {1} that it would vote for it: a pre-vote is a question only, and costs no vote (D §9.6).",
          name,
          other,
        )
      : t("{0} told {1} that it would not vote for it (D §9.6).", name, other);
  }
  return sent.voteGranted
    ? t("{0} gave {1} its vote of term {2} (§5.2).", name, other, sent.term)
    : t("{0} refused {1} its vote.", name, other);
}

function ownVote(asking: Asking, name: string): Finding | null {
  const server = serverNamed(asking, name);
  if (server === null) return null;
  const { raft } = server;
  const voted = (raft?.vote ?? server.disk.hardState.vote) === server.id;
  const text = voted
    ? t("{0} stood for election and gave itself its vote (§5.2).", name)
    : t("{0} has not stood for election in this term, so it has not voted for itself (§5.2).", name);
  return chainFinding(voted, text, since(asking, server.id, "vote"));
}
