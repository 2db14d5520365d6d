import { t } from "../../l10n/text.js";
import { readSend } from "../sent.js";
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
  const { log } = asking.recording;
  for (let id = asking.upTo; id >= Math.max(0, asking.upTo - SCAN); id -= 1) {
    const kind = log.kind(id);
    if (kind !== "deliver" && kind !== "drop" && kind !== "held" && kind !== "send") continue;
    const send = kind === "send" ? id : log.cause(id);
    if (send < 0 || log.kind(send) !== "send") continue;
    const sent = readSend(log, send);
    if (
      sent.type !== "RequestVote" &&
      sent.type !== "PreVote" &&
      sent.type !== "RequestVoteReply" &&
      sent.type !== "PreVoteReply"
    )
      continue;
    const asks = sent.from === candidate.id && sent.to === server.id && !("voteGranted" in sent);
    const answers = sent.from === server.id && sent.to === candidate.id && "voteGranted" in sent;
    if (!asks && !answers) continue;
    if ("voteGranted" in sent) {
      if (kind === "drop" || kind === "held")
        return chainFinding(false, t("{0} answered {1}, and the answer did not arrive.", name, other), id);
      return chainFinding(sent.voteGranted, answerText(name, other, sent), send);
    }
    if (kind === "deliver")
      return chainFinding(
        false,
        t(
          "{0} got the request of {1} in term {2} and has not answered: it must write first (Figure 2).",
          name,
          other,
          sent.term,
        ),
        id,
      );
    if (kind === "send")
      return chainFinding(
        false,
        t("{0} has asked {1} for its vote in term {2}, and the request is under way.", other, name, sent.term),
        id,
      );
    return chainFinding(
      false,
      t("{0} asked {1} for its vote in term {2}, and the request did not arrive.", other, name, sent.term),
      id,
    );
  }
  const text = t("{0} has not asked {1} for a vote: a server votes for nobody who does not ask (§5.2).", other, name);
  return factsFinding(false, text, [waitingFact(asking, candidate)]);
}

function answerText(
  name: string,
  other: string,
  sent: { readonly type: "RequestVoteReply" | "PreVoteReply"; readonly term: number; readonly voteGranted: boolean },
): string {
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
