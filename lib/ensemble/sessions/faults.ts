/**
 * Faults of the general kind, planted into normal sessions: what a rule would catch.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";

/** What faults are about: unknown events, steps missing or repeated, known events in other places. */
export const FAMILIES = ["novelty", "amount", "order"] as const;

/** The first of the events that no template has. */
const UNKNOWN = -2;

/** Draws events of the training span, rare ones as often as common ones. */
export class FaultPlanter {
  readonly #templates: number[];
  readonly #until: Float64Array; // running sums of 1 / sessions

  /**
   * @param sessions Sessions with each template.
   * @param random Numbers in [0, 1).
   */
  constructor(sessions: ReadonlyMap<number, number>, readonly random: () => number) {
    this.#templates = [...sessions.keys()];
    this.#until = new Float64Array(this.#templates.length);
    let sum = 0;
    this.#templates.forEach((template, i) => this.#until[i] = sum += 1 / sessions.get(template)!);
  }

  /**
   * A copy of a session with one fault: 25 % one unknown event, 15 % an end with unknown events, 10 % a step missing, 10 % a
   * step repeated 5–20 times, 10 % known events in the wrong place, 20 % a passage of them, 10 % an early end.
   */
  plant(window: EventWindow): { window: EventWindow; family: number } {
    const events = [...window.sequence ?? inAnyOrder(window)], { random } = this;
    const kind = random();
    if (kind < .25) this.#insert(events, UNKNOWN);
    else if (kind < .4) {
      events.length = Math.max(1, Math.floor(events.length * (.3 + .7 * random())));
      for (let i = 1 + this.#below(3); i > 0; i--) events.push(UNKNOWN - i);
    } else if (kind < .5) {
      const missing = events[this.#below(events.length)];
      const kept = events.filter((event) => event !== missing);
      events.splice(0, events.length, ...(kept.length > 0 ? kept : events.slice(0, 1)));
    } else if (kind < .6) {
      const at = this.#below(events.length), times = [5, 10, 20][this.#below(3)];
      events.splice(at, 0, ...new Array(times).fill(events[at]));
    } else if (kind < .7) {
      for (let i = 1 + this.#below(3); i > 0; i--) this.#insert(events, this.#drawn());
    } else if (kind < .9) {
      const length = Math.ceil(events.length * (.05 + .45 * random()));
      const passage = Array.from({ length }, () => this.#drawn());
      events.splice(this.#below(events.length), length, ...passage);
    } else events.length = Math.max(1, Math.floor(events.length * (.2 + .4 * random())));
    const family = kind < .4 ? 0 : kind < .6 || kind >= .9 ? 1 : 2;
    return { window: windowOf(window, Int32Array.from(events)), family };
  }

  #below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  #insert(events: number[], event: number): void {
    events.splice(this.#below(events.length + 1), 0, event);
  }

  #drawn(): number {
    const sum = this.random() * this.#until[this.#until.length - 1];
    let at = 0;
    while (this.#until[at] <= sum && at < this.#templates.length - 1) at++;
    return this.#templates[at];
  }
}

function inAnyOrder({ events: { templates, counts } }: EventWindow): number[] {
  return [...templates].flatMap((template, i) => new Array(counts[i]).fill(template));
}

function windowOf(window: EventWindow, sequence: Int32Array): EventWindow {
  const counts = new Map<number, number>();
  for (const template of sequence) counts.set(template, (counts.get(template) ?? 0) + 1);
  const templates = Int32Array.from(counts.keys()).sort();
  const events = {
    templates,
    counts: templates.map((template) => counts.get(template)!),
    levels: new Uint8Array(templates.length),
  };
  return { ...window, lines: sequence.length, events, sequence: window.sequence && sequence };
}
