/**
 * Keeping alerts from being told for a while, and telling them again.
 *
 * @module
 */
import type { State, StoredMute } from "../../lib/mod.ts";
import type { Matcher } from "../alert/matcher.ts";
import { formatTime } from "../alert/plain_text.ts";
import { namedAlert, namedIncident } from "../alerts/named.ts";
import { UsageError } from "../context.ts";
import { saidId } from "./said.ts";

/** What is silenced, until when, and who says so. */
export interface Silence {
  /** Identities in it may be beginnings. */
  matcher: Matcher;
  /** ms since the epoch. */
  until: number;
  who: string;
  /** Without secrets and line ends, see `cleanedNote`. */
  note: string;
  /** When it is said, ms since the epoch. */
  at: number;
}

/**
 * Keeps a silence.
 *
 * @throws {UsageError} if it would be over.
 * @throws {Error} if there is no such alert or incident, or several begin so.
 */
export function addSilence(state: State, { matcher, until, who, note, at }: Silence): StoredMute {
  if (until <= at) throw new UsageError(`Cannot silence until ${formatTime(until)}: that is over`);
  return state.transaction(() => {
    const about = named(matcher, state), id = saidId("silence", about, at);
    const mute: StoredMute = {
      ...{ id, kind: "silence", matcher: JSON.stringify(about), start: at, end: until },
      ...{ note, who, at },
    };
    state.mutes.put(mute);
    return mute;
  });
}

/** Identities whole. */
function named(matcher: Matcher, state: State): Matcher {
  const { alert, incident } = matcher;
  return {
    ...matcher,
    ...alert !== undefined && { alert: namedAlert(alert, state).id },
    ...incident !== undefined && { incident: namedIncident(incident, state).id },
  };
}

/**
 * Ends what keeps alerts back, by its id or the beginning of it.
 *
 * @param now ms since the epoch.
 * @throws {Error} if none holds, or several begin so.
 */
export function endSilence(state: State, id: string, now: number): StoredMute {
  const found = state.mutes.all().filter((mute) => mute.id.startsWith(id) && (mute.end ?? now + 1) > now);
  if (found.length !== 1) {
    const why = found.length === 0 ? "there is none that holds" : `${found.length} begin so`;
    throw new Error(`Cannot end silence ${id}: ${why}; \`deno task deepscan silence list\` shows them`);
  }
  state.mutes.end(found[0].id, now);
  return { ...found[0], end: now };
}
