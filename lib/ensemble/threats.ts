/**
 * The detectors of threats together: what security people look for, judged by what is usual in this very service.
 *
 * @module
 */
import { THREAT_DETECTORS } from "../detector/threat/registry.ts";
import { SourceFact } from "../detector/threat/source_fact.ts";
import type { Technique } from "../detector/threat/technique.ts";
import {
  type Suspect,
  THREAT_SEVERITIES,
  type ThreatDetector,
  type ThreatSeverity,
} from "../detector/threat/threat_detector.ts";
import { ThreatMemory } from "../detector/threat/threat_memory.ts";
import type { EventWindow } from "../feature/event_window.ts";
import { numberText } from "../table/figures.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, Part, StartOptions } from "./ensemble.ts";
import { DAY, Episodes } from "./threats/episodes.ts";
import { knowsEnough, Peaks } from "./threats/limits.ts";

const { amount, arrayOf, fieldsOf, integer, text } = savedFields("an ensemble of threats");

const KIND = "threats", VERSION = 1;
/** Attacks of one kind that an opinion names at the most. */
const PARTS = 8;
/** What is above a limit by a hair is still above 1. */
const ABOVE = 1 + 1e-9;
/** Windows without an attack have at most this share of a limit as their score. */
const CALM = 1;

/** What an opinion's part says beyond its text. */
export interface ThreatPart extends Part {
  /** What it is called. */
  technique: Technique;
  severity: ThreatSeverity;
  /** Start of the window in which this attack was first said, ms: one that goes on is not a new one. */
  since: number;
}

/** An opinion of the detectors of threats: `threat:brute-force`; a part for each source. */
export interface ThreatOpinion extends Opinion {
  parts: ThreatPart[];
  /** The highest of its parts. */
  severity: ThreatSeverity;
}

/** What an ensemble of threats knows behind a window. */
export interface ThreatState {
  memory: ThreatMemory;
  episodes: Episodes;
}

/**
 * The detectors of threats with limits from a training. Its opinions stand beside those of other ensembles on the same windows,
 * whose length may be anything from a minute to an hour; windows need the facts of a `SourceCollector`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SourceFact } from "../detector/threat/source_fact.ts";
 * import { noLogins } from "../detector/threat/source_counts.ts";
 * import { ThreatEnsemble } from "./threats.ts";
 *
 * const events = { templates: new Int32Array(0), counts: new Int32Array(0), levels: new Uint8Array(0) };
 * const hour = 3_600_000, fact = new SourceFact();
 * fact.source("203.0.113.9").login = { ...noLogins(), failed: [40, 0, 0, 0], firstFailed: 7 };
 * const calm = { start: 0, end: hour, lines: 9, events, sequence: null };
 * const ensemble = ThreatEnsemble.fit([calm]), state = ensemble.start();
 * const guessing = { ...calm, start: hour, end: 2 * hour, facts: new Map([["sources", fact]]) };
 * const { score, opinions } = ensemble.judge(state, guessing);
 * assert.equal(score.toFixed(3), "3.000"); // four times the limit: 1 + log2(4)
 * const evidence = "40 failed logins from 203.0.113.9 [low; T1110.001 Brute Force: Password Guessing]";
 * assert.equal(opinions[0].parts[0].text, evidence);
 * ```
 */
export class ThreatEnsemble implements Ensemble<ThreatState> {
  readonly kind: string = KIND;
  readonly notes: readonly string[];
  readonly #limits: readonly number[];
  readonly #memory: ThreatMemory;

  /** Use {@linkcode fit} or {@linkcode fromJSON}. */
  private constructor(limits: readonly number[], memory: ThreatMemory, notes: readonly string[]) {
    this.#limits = limits;
    this.#memory = memory;
    this.notes = notes;
  }

  /**
   * Learns what is usual.
   *
   * @param windows Time windows of training in order of end; none at all leaves the floors alone. Of what is left out nothing is
   * remembered, neither sources nor habits.
   */
  static fit(windows: Iterable<EventWindow>): ThreatEnsemble {
    const timed = [...windows].filter(({ start }) => !Number.isNaN(start)), memory = new ThreatMemory();
    const all = timed.filter(({ leftOut }) => !leftOut), part = all.length / Math.max(1, timed.length);
    const peaks = new Peaks(), first = all[0]?.start ?? 0, days = ((all.at(-1)?.end ?? first) - first) * part;
    for (const window of timed) {
      if (window.leftOut) {
        memory.pass(window);
        continue;
      }
      memory.add(seenIn(window));
      const settled = window.end - first > days / 3; // habits must be known before news can be counted
      for (const detector of THREAT_DETECTORS) {
        const suspects = detector.suspects(memory);
        noteFindings(memory, detector, suspects.filter(({ value }) => value > detector.floor));
        if (settled || !detector.habits) peaks.note(detector, suspects, window.end);
      }
    }
    memory.intrusion = null; // what training holds is over
    memory.crowdTime = -1;
    const limits = peaks.limits(days / DAY);
    return new ThreatEnsemble(limits, memory, notesOf(days / DAY, limits));
  }

  start({ behind = true }: StartOptions = {}): ThreatState {
    return { memory: behind ? this.#memory.copy() : new ThreatMemory(), episodes: new Episodes() };
  }

  judge(state: ThreatState, window: EventWindow): Decision {
    if (Number.isNaN(window.start)) return { score: 0, opinions: [] };
    const { memory, episodes } = state, opinions: ThreatOpinion[] = [];
    const seen = seenIn(window);
    memory.add(seen);
    episodes.forget(window.end);
    if (seen.fact === undefined && memory.intrusion === null) return { score: 0, opinions: [] }; // nobody did anything
    let score = 0;
    for (const [i, detector] of THREAT_DETECTORS.entries()) {
      if (!knowsEnough(detector, memory)) continue;
      const suspects = detector.suspects(memory), limit = this.#limits[i];
      const attacks = attacksAmong(suspects, detector, { limit, episodes, window });
      noteFindings(memory, detector, attacks);
      const said = saidOf(attacks, detector, episodes, window);
      if (said.length > 0) opinions.push(opinionOf(detector, said, limit));
      else {
        const highest = suspects.reduce((most, { value }) => Math.max(most, value), 0);
        score = Math.max(score, Math.min(CALM, highest / limit));
      }
    }
    opinions.sort((a, b) => b.evidence - a.evidence);
    return { score: opinions.reduce((most, { evidence }) => Math.max(most, evidence), score), opinions };
  }

  copy({ memory, episodes }: ThreatState): ThreatState {
    return { memory: memory.copy(), episodes: Episodes.fromJSON(structuredClone(episodes.toJSON())) };
  }

  save({ memory, episodes }: ThreatState): unknown {
    return { memory: memory.toJSON(), episodes: episodes.toJSON() };
  }

  load(saved: unknown): ThreatState {
    const { memory, episodes } = fieldsOf(saved, "state");
    return { memory: ThreatMemory.fromJSON(memory), episodes: Episodes.fromJSON(episodes) };
  }

  toJSON(): EnsembleSnapshot {
    const limits = THREAT_DETECTORS.map(({ name }, i) => [name, this.#limits[i]]);
    return { kind: KIND, version: VERSION, limits, memory: this.#memory.toJSON(), notes: this.notes };
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(snapshot: unknown): ThreatEnsemble {
    const saved = fieldsOf(snapshot, "snapshot");
    if (saved.kind !== KIND) {
      throw new TypeError(`Cannot restore an ensemble of threats: kind is ${saved.kind}`);
    }
    integer(saved.version, "version", VERSION, VERSION);
    const read = new Map(arrayOf(saved.limits, "limits", (each, path): [string, number] => {
      const [name, limit] = Array.isArray(each) ? each : [];
      return [text(name, `${path}[0]`), amount(limit, `${path}[1]`)];
    }));
    const limits = THREAT_DETECTORS.map(({ name, floor }) => Math.max(floor, read.get(name) ?? floor));
    return new ThreatEnsemble(
      limits,
      ThreatMemory.fromJSON(saved.memory),
      arrayOf(saved.notes, "notes", text),
    );
  }
}

function seenIn({ start, end, lines, facts }: EventWindow) {
  const fact = facts?.get("sources");
  return { start, end, lines, fact: fact instanceof SourceFact ? fact : undefined };
}

/** What later detectors and windows have to know of findings. */
function noteFindings(memory: ThreatMemory, { name }: ThreatDetector, findings: readonly Suspect[]): void {
  if (findings.length === 0) return;
  if (name === "distributed-guessing") memory.crowdTime = memory.last;
  if (name === "guessed-password") memory.intrusion = { time: memory.last, source: findings[0].source };
}

/**
 * What lies far above a limit says little more than what lies above it, and each step of severity says twice as much: so scores stay
 * comparable with those of other ensembles, and what succeeded comes first.
 */
const evidenceOf = ({ value, severity }: Suspect, limit: number) =>
  (ABOVE + Math.log2(value / limit)) * 2 ** rank(severity);

const rank = (severity: ThreatSeverity) => THREAT_SEVERITIES.indexOf(severity);

/** The suspects above the limit, or where there were too many new ones lately above what is usual by now. */
function attacksAmong(
  suspects: readonly Suspect[],
  { name }: ThreatDetector,
  { limit, episodes, window }: { limit: number; episodes: Episodes; window: EventWindow },
): Suspect[] {
  const flood = Math.max(limit, episodes.flood(name, window.end));
  return suspects.filter(({ source, value }) =>
    value > limit && (value > flood || episodes.goesOn(name, source, window.end))
  );
}

/** An attack that is to be said, and since when it goes on. */
interface Said {
  attack: Suspect;
  since: number;
}

/** Notes the attacks; returns those that are new, go on, or are worse than when they were said. */
function saidOf(
  attacks: readonly Suspect[],
  detector: ThreatDetector,
  episodes: Episodes,
  { start, end }: EventWindow,
): Said[] {
  return attacks.flatMap((attack) => {
    const { source, value, severity } = attack;
    const { since, isSaid } = episodes.see(detector.name, source, {
      start,
      end,
      value,
      rank: rank(severity),
    });
    return isSaid ? [{ attack, since }] : [];
  });
}

function opinionOf({ name }: ThreatDetector, said: Said[], limit: number): ThreatOpinion {
  const shown = said.sort(({ attack: a }, { attack: b }) =>
    rank(b.severity) - rank(a.severity) || b.value - a.value
  )
    .slice(0, PARTS);
  const evidence = shown.map(({ attack }) => evidenceOf(attack, limit));
  const sum = evidence.reduce((total, each) => total + each, 0);
  const parts = shown.map(({ attack, since }, i): ThreatPart => {
    const { source, technique, severity, text, actual, expected } = attack;
    const told = `${text()} [${severity}; ${technique.id} ${technique.name}]`;
    const part = {
      kind: "source" as const,
      template: -1,
      detail: source,
      text: told,
      share: evidence[i] / sum,
    };
    return { ...part, actual, expected, technique, severity, since };
  });
  return { detector: `threat:${name}`, evidence: Math.max(...evidence), parts, severity: parts[0].severity };
}

function notesOf(days: number, limits: readonly number[]): string[] {
  const notes = days < 1 ? ["Less than a day of training: threats are judged by fixed limits"] : [];
  THREAT_DETECTORS.forEach(({ name, floor }, i) => {
    if (limits[i] > floor) notes.push(`${name}: up to ${numberText(limits[i])} is usual here`);
  });
  return notes;
}
