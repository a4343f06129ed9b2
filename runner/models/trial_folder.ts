/**
 * Where a candidate's trial is kept: a state database of its own, and what the trial is about.
 *
 * ```
 * state/trial/
 *   trial.json   which version, since when, from which time of each stream on, how it ended
 *   state.db     what the candidate has judged, as the state beside it has what the active model judged
 * ```
 *
 * @module
 */
import { State } from "../../lib/mod.ts";

/** What a trial is about. */
export interface Trial {
  /** The candidate. */
  version: string;
  /** When it began, ms since the epoch. */
  since: number;
  /** By stream, the time from which on both models judge, ms; `null` = from the first line on. */
  from: Record<string, number | null>;
  /** Why it ended; `null` = it goes on. */
  ended: { at: number; why: string } | null;
}

/** The folder of trials beside a state. */
export class TrialFolder {
  readonly path: string;

  /** @param state Folder of the state. */
  constructor(state: string) {
    this.path = `${state}/trial`;
  }

  /** The trial of a version; `null` where there is none, or one of another version. */
  read(version: string): Trial | null {
    const trial = this.#read();
    return trial?.version === version ? trial : null;
  }

  /** Begins a trial in place of the one before. */
  begin(trial: Trial): void {
    const draft = `${this.path}.partial`;
    remove(draft);
    Deno.mkdirSync(draft);
    State.open(`${draft}/state.db`).close();
    Deno.writeTextFileSync(`${draft}/trial.json`, JSON.stringify(trial) + "\n");
    remove(this.path);
    Deno.renameSync(draft, this.path);
  }

  /** Notes what has changed. */
  write(trial: Trial): void {
    const draft = `${this.path}/trial.json.partial`;
    Deno.writeTextFileSync(draft, JSON.stringify(trial) + "\n");
    Deno.renameSync(draft, `${this.path}/trial.json`);
  }

  /** What the candidate has judged. */
  open(options: { readOnly: boolean } = { readOnly: false }): State {
    return State.open(`${this.path}/state.db`, options);
  }

  /** Forgets the trial. */
  remove(): void {
    remove(this.path);
  }

  #read(): Trial | null {
    try {
      const trial = JSON.parse(Deno.readTextFileSync(`${this.path}/trial.json`));
      return typeof trial?.version === "string" && typeof trial.from === "object" ? trial : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
      throw error;
    }
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
