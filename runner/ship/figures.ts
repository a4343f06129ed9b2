/**
 * What a shipping run did, in figures.
 *
 * @module
 */

/** Sums of a run. */
export interface Figures {
  /** Records read, and documents made of them. */
  read: number;
  created: number;
  existing: number;
  dropped: number;
  /** Put into the spool, and sent from it. */
  spooled: number;
  replayed: number;
  /** Sent again because they were refused for now. */
  retried: number;
  /** Bytes of requests. */
  bytes: number;
  /** Sequences that are no UTF-8. */
  replaced: number;
  untimed: number;
  unparsed: number;
  /** Lines whose end was not kept because they are too long. */
  cut: number;
  /** What could not be read or sent. */
  problems: string[];
}

/** All sums at nothing. */
export function noFigures(): Figures {
  return {
    ...{ read: 0, created: 0, existing: 0, dropped: 0, spooled: 0, replayed: 0, retried: 0, bytes: 0 },
    ...{ replaced: 0, untimed: 0, unparsed: 0, cut: 0, problems: [] },
  };
}

const count = (value: number) => value.toLocaleString("en");

/** The figures in a few lines. */
export function figuresText(figures: Figures, { seconds, waiting, dead }: Ended): string {
  const { created, existing, dropped, spooled, replayed, retried, untimed, unparsed, replaced, cut } =
    figures;
  const rate = seconds > 0
    ? ` in ${seconds.toFixed(1)} s, ${count(Math.round(figures.read / seconds))} documents/s`
    : "";
  const lines = [
    `${count(created)} documents sent, ${count(existing)} were there already, ${
      count(dropped)
    } dropped${rate}`,
  ];
  if (dropped > 0) lines.push(`dropped documents and the reasons: ${dead.path}`);
  for (const [reason, times] of dead.reasons) lines.push(`  ${count(times)} × ${reason}`);
  if (replayed > 0) lines.push(`${count(replayed)} documents of the spool were settled`);
  if (waiting > 0) {
    const now = spooled > 0 ? `, of them ${count(spooled)} documents of this run` : "";
    lines.push(`${(waiting / 1e6).toFixed(1)} MB wait in the spool for the cluster${now}`);
  }
  if (retried > 0) {
    lines.push(`${count(retried)} documents were sent again because the cluster was busy or away`);
  }
  if (untimed > 0) {
    lines.push(`${count(untimed)} records have no time of their own: they got that of the one before`);
  }
  if (unparsed > 0) lines.push(`${count(unparsed)} records have no header that could be read`);
  if (replaced > 0) lines.push(`${count(replaced)} places were no UTF-8: U+FFFD stands there`);
  if (cut > 0) lines.push(`${count(cut)} lines were too long: their ends are missing`);
  return lines.map((line) => `${line}\n`).join("");
}

/** How a run ended. */
export interface Ended {
  seconds: number;
  /** Bytes in the spool. */
  waiting: number;
  dead: { path: string; reasons: ReadonlyMap<string, number> };
}
