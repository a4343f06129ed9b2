/**
 * Saying what an alert was worth.
 *
 * @module
 */
import { alertsNamed, type Said, type State, type StoredFeedback, type StoredMute } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { sameAgain } from "../alert/matcher.ts";
import { saidId } from "../silence/said.ts";

/** What somebody says of an alert. */
export interface Word {
  /** Identity of the alert, or its beginning. */
  alert: string;
  /** `none` takes back what was said. */
  word: Said | "none";
  /** Without secrets and line ends, see `cleanedNote`; `null` = what was said with the same word before. */
  note: string | null;
  /** Whether more of the same is never told again. */
  always: boolean;
  who: string;
  /** ms since the epoch. */
  at: number;
}

/** What came of it. */
export interface SaidWord {
  alert: Alert;
  feedback: StoredFeedback | null;
  /** Whether it was otherwise before. */
  changed: boolean;
  /** What is never told again; `null` = nothing was to be. */
  suppression: StoredMute | null;
}

/** Alerts that an error names. */
const NAMED = 5;

/**
 * Keeps what somebody says of an alert.
 *
 * @throws {Error} if there is no such alert, or several begin so.
 */
export function sayFeedback(state: State, { alert: beginning, word, note, always, who, at }: Word): SaidWord {
  return state.transaction(() => {
    const alert = alertBy(beginning, state), { id, stream } = alert;
    if (word === "none") {
      return { alert, changed: state.feedback.remove(id), feedback: null, suppression: null };
    }
    const before = state.feedback.of(id), kept = note ?? (before?.said === word ? before.note : "");
    const suppression = always ? suppressed(alert, { note: kept, who, at }) : null;
    if (suppression !== null) state.mutes.put(suppression);
    const changed = state.feedback.put({ alert: id, stream, said: word, note: kept, at });
    return { alert, changed, feedback: state.feedback.of(id), suppression };
  });
}

/** The alert with this id, or the only one whose id begins so. */
function alertBy(beginning: string, state: State): Alert {
  const found = alertsNamed(beginning, state.alerts());
  if (found.length === 1) return parseAlert(found[0].body);
  if (found.length === 0) {
    throw new Error(
      `Cannot keep feedback: there is no alert ${beginning}; \`deno task deepscan feedback\` lists them`,
    );
  }
  const names = found.slice(0, NAMED).map(({ id }) => id).join(", ");
  throw new Error(
    `Cannot keep feedback: ${found.length} alerts begin with ${beginning}: ${names}${
      found.length > NAMED ? ", …" : ""
    }`,
  );
}

/** More of the same is never told again. */
function suppressed(alert: Alert, said: { note: string; who: string; at: number }): StoredMute {
  const matcher = sameAgain(alert), id = saidId("suppression", matcher);
  return {
    id,
    kind: "suppression",
    matcher: JSON.stringify(matcher),
    start: said.at,
    end: null,
    ...said,
  };
}
