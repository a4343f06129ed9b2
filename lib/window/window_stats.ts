/**
 * What became of records.
 *
 * @module
 */
import type { WindowParts } from "./window_snapshot.ts";

/**
 * What has been counted where. A record in several sessions has several places; always
 * `records + repeated = placed + late + untimed`, and `placed` is the sum of `lines` over the settled windows.
 */
export interface WindowStats {
  /** Records added. */
  records: number;
  /** Further places of records that belong to more than one session. */
  repeated: number;
  /** Places in windows. */
  placed: number;
  /** Records without a session, in a stream that has sessions. */
  unsessioned: number;
  /** Records with neither session nor time: in no window. */
  untimed: number;
  /** Places refused because they came too late. */
  late: number;
  /** Windows that haven't come out yet, or have changed since. */
  open: number;
  /** Windows held in all: open ones and those that may still be reopened. */
  held: number;
  /** Windows whose counts went into cells. */
  spilled: number;
}

/** How many windows are open, and how many are held with those that can be reopened. */
export function held({ sessions, services }: WindowParts): Pick<WindowStats, "open" | "held"> {
  let open = sessions.open, held = sessions.table.held;
  for (const service of services) {
    open += service?.open ?? 0;
    held += service?.windows.size ?? 0;
  }
  return { open, held };
}
