/**
 * Alerts and incidents by their ids, or the beginnings of those.
 *
 * @module
 */
import type { State, StoredIncident } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";

/** Ids that an error names. */
const NAMED = 5;
/** Characters that an id may be shortened to. */
const SHORTEST = 4;

/**
 * The alert with this id, or the only one whose id begins so.
 *
 * @throws {Error} if there is none, or several.
 */
export function namedAlert(beginning: string, state: State): Alert {
  return parseAlert(only("alert", beginning, state.alerts()).body);
}

/**
 * The incident with this id, or the only one whose id begins so; of an alert that belongs to one, that one.
 *
 * @throws {Error} if there is none, or several.
 */
export function namedIncident(beginning: string, state: State): StoredIncident {
  const incidents = state.incidents.all();
  if (incidents.some(({ id }) => id.startsWith(beginning))) return only("incident", beginning, incidents);
  const { incident = "" } = only("incident", beginning, state.alerts());
  const own = state.incidents.get(incident);
  if (own !== null) return own;
  throw new Error(
    `Cannot find incident ${beginning}: that alert belongs to none, for nobody was to hear of it`,
  );
}

function only<T extends { id: string }>(what: string, beginning: string, all: readonly T[]): T {
  const found = beginning.length < SHORTEST ? [] : all.filter(({ id }) => id.startsWith(beginning));
  const own = found.find(({ id }) => id === beginning) ?? (found.length === 1 ? found[0] : undefined);
  if (own !== undefined) return own;
  if (beginning.length < SHORTEST) {
    throw new Error(
      `Cannot find ${what} ${beginning}: expected its id, or ${SHORTEST} or more characters from its beginning`,
    );
  }
  if (found.length === 0) {
    throw new Error(
      `Cannot find ${what} ${beginning}: there is none; \`deno task deepscan alerts list\` shows them`,
    );
  }
  const names = found.slice(0, NAMED).map(({ id }) => id).join(", ");
  throw new Error(
    `Cannot find ${what} ${beginning}: ${found.length} begin so: ${names}${
      found.length > NAMED ? ", …" : ""
    }`,
  );
}
