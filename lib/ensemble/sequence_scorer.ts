/**
 * A detector of sequences as one that scores sessions.
 *
 * @module
 */
import type { Part } from "../detector/part.ts";
import type { SequenceDetector } from "../detector/sequence_detector.ts";
import { type SequenceSet, sequenceSet } from "../detector/sequence_set.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { SessionScorer } from "./sessions/scorer.ts";

/** Parts that are named at most. */
const PARTS = 20;

/**
 * The session orders of a training as a set, equal ones once.
 *
 * @returns The set, and the row of each session.
 */
export function sequencesOf(
  sessions: readonly EventWindow[],
  names: TemplateNames,
): { set: SequenceSet; rows: Int32Array } {
  const none = new Int32Array();
  return sequenceSet(sessions.map(({ sequence }) => sequence ?? none), {
    idOf: (template) => template < 0 ? `unknown ${template}` : names.id(template), // planted events have no template
  });
}

/**
 * Scores sessions by the order of their events; sessions with equal orders are scored once, those without any score 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ngram } from "../detector/ngram.ts";
 * import { SequenceScorer, sequencesOf } from "./sequence_scorer.ts";
 *
 * const ids = ["open", "read", "close"], names = { id: (i: number) => ids[i], text: (i: number) => ids[i], severity: () => 9, indexOf: (id: string) => ids.indexOf(id) };
 * const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };
 * const session = (...sequence: number[]) => ({ start: 0, end: 1, lines: sequence.length, events, sequence: Int32Array.from(sequence) });
 * const detector = await ngram.fit(sequencesOf(Array.from({ length: 50 }, () => session(0, 1, 2)), names).set);
 * const scorer = new SequenceScorer(detector, { names });
 * assert(scorer.score(session(0, 2, 1)) > 5 * scorer.score(session(0, 1, 2)));
 * assert.equal(scorer.parts(session(0, 2, 1))[0].text, "`close` directly after `open`, usually `read`");
 * ```
 */
export class SequenceScorer implements SessionScorer {
  readonly name: string;
  readonly #scores = new WeakMap<Int32Array, number>();

  /** @param options What templates are called; and what scores are divided by: default 1. */
  constructor(
    readonly detector: SequenceDetector,
    private readonly options: { names: TemplateNames; unit?: number },
  ) {
    this.name = detector.kind;
  }

  score(window: EventWindow): number {
    const { sequence } = window, { names, unit = 1 } = this.options;
    if (sequence === null || sequence.length === 0) return 0;
    let score = this.#scores.get(sequence);
    if (score === undefined) {
      score = this.detector.score(sequencesOf([window], names).set)[0] / unit;
      this.#scores.set(sequence, score);
    }
    return score;
  }

  parts(window: EventWindow): Part[] {
    const { sequence } = window;
    if (sequence === null || sequence.length === 0) return [];
    const { set } = sequencesOf([window], this.options.names);
    const shares = this.detector.contributions(set, 0), expected = this.detector.expected(set, 0);
    const parts = new Map<string, Part>();
    shares.forEach((share, place) => {
      if (!(share > 0)) return;
      const part = this.#part(sequence, place, { share, expected: expected[place] });
      const same = parts.get(part.text);
      if (same === undefined) parts.set(part.text, part);
      else same.share += share, same.actual++;
    });
    const most = [...parts.values()].sort((a, b) => b.share - a.share).slice(0, PARTS);
    const sum = most.reduce((sum, { share }) => sum + share, 0);
    return most.map((part) => ({ ...part, share: part.share / sum }));
  }

  /** What is told of one place; the one behind the last event is the end. */
  #part(
    sequence: Int32Array,
    place: number,
    { share, expected }: { share: number; expected: string | null },
  ): Part {
    const { names } = this.options, event = sequence[place], before = sequence[place - 1];
    const usual = expected === null ? -1 : names.indexOf(expected);
    const what = event === undefined ? "The end" : `\`${names.text(event)}\``;
    const where = before === undefined ? "at the beginning" : `directly after \`${names.text(before)}\``;
    const instead = usual >= 0 && usual !== event ? `, usually \`${names.text(usual)}\`` : "";
    return {
      kind: "order",
      template: before ?? event,
      detail: before === undefined || event === undefined ? "" : names.id(event),
      text: `${what} ${where}${instead}`,
      ...{ share, actual: 1, expected: 0 },
    };
  }
}
