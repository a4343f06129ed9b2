/**
 * A candidate that judges the same windows as the active model, and tells nobody.
 *
 * It scans the same inputs behind the active model, by the same code, from positions of its own, into a state of its own; so
 * whatever it does, what people are told is not touched by it.
 *
 * @module
 */
import {
  type Candidate,
  type Model,
  Registry,
  type State,
  type TrialFigures,
  trialFigures,
} from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { knownStream } from "../detect/models.ts";
import { emptyOutcome } from "../detect/outcome.ts";
import { scanStream } from "../detect/scan_stream.ts";
import { isOver, promotionOf } from "./promotion.ts";
import { seedTrial } from "./seed_trial.ts";
import { type Trial, TrialFolder } from "./trial_folder.ts";

/** Tries a candidate beside a live run. */
export class Shadow {
  readonly #registry: Registry;
  readonly #folder: TrialFolder;

  private constructor(
    private readonly config: Config,
    private readonly state: State,
    private readonly context: Context,
    private readonly candidate: Candidate,
  ) {
    this.#registry = new Registry(config.model.directory);
    this.#folder = new TrialFolder(config.state.directory);
  }

  /**
   * Has a candidate's trial begin, or go on, where the run of the active model begins; `null` where none is tried. To be called
   * before that run reads anything.
   */
  static begin(config: Config, state: State, context: Context): Shadow | null {
    const candidate = new Registry(config.model.directory).candidate();
    if (candidate === null) return null;
    const shadow = new Shadow(config, state, context, candidate);
    return shadow.#begin() ? shadow : null;
  }

  /** `false` where the trial is over, or can't be held. */
  #begin(): boolean {
    const { version } = this.candidate;
    try {
      const known = this.#folder.read(version);
      if (known?.ended != null) return false;
      if (known === null) this.#folder.begin({ version, since: this.context.now(), from: {}, ended: null });
      this.#seed(known ?? this.#folder.read(version)!);
      return true;
    } catch (error) {
      this.#note(error);
      return false;
    }
  }

  /** Streams that are not tried yet begin where the active model stands. */
  #seed(trial: Trial): void {
    const fresh = this.config.streams.filter(({ name, elasticsearch: { counted } }) =>
      !counted && !(name in trial.from) && this.state.stream(name) !== null
    );
    if (fresh.length === 0) return;
    const own = this.#folder.open();
    try {
      for (const { name } of fresh) trial.from[name] = seedTrial(name, this.state, own);
    } finally {
      own.close();
    }
    this.#folder.write(trial);
  }

  /** Judges what the active model has judged in this run, and says what the trial comes to; a person may read it. */
  async judge(): Promise<void> {
    const { version } = this.candidate, trial = this.#folder.read(version);
    if (trial === null) return;
    let own: State | undefined;
    try {
      own = this.#folder.open();
      const model = await this.#registry.load(version);
      for (const stream of this.config.streams) {
        if (stream.name in trial.from) await this.#scan(stream, model, own);
      }
      await this.#conclude(trial, model, own);
    } catch (error) {
      this.#note(error);
    } finally {
      own?.close();
    }
  }

  async #scan(stream: StreamConfig, candidate: Model, own: State): Promise<void> {
    const model = knownStream(candidate, stream, this.config), { version } = candidate;
    const quiet = { ...this.context, isTerminal: false, stdout: () => {}, stderr: () => {} };
    const config = { ...this.config, alerts: { ...this.config.alerts, channels: { console: false } } };
    const job = { stream, config, model, version, table: null, report: "", findings: null, dryRun: false };
    await scanStream(job, own, quiet, emptyOutcome(stream.name));
  }

  /** What the trial comes to: with `promote: automatic` the candidate becomes active, or its trial ends. */
  async #conclude(trial: Trial, model: Model, own: State): Promise<void> {
    const figures = figuresOf(trial, this.state, own), { shadow } = this.config.model;
    const active = await this.#registry.loadActive();
    const { outcome, why } = promotionOf(figures, shadow, lackingIn(model, active)),
      head = `candidate ${trial.version}`;
    if (shadow.promote === "manual" || outcome === "wait") {
      const word =
        { promote: "may be promoted", wait: "is being tried", refuse: "should not be promoted" }[outcome];
      if (isOver(figures, shadow)) this.#end(trial, `${head} ${word}: ${why.join("; ")}`);
      return this.#say(`${head} ${word}: ${why.join("; ")}`);
    }
    if (outcome === "refuse") {
      this.#end(trial, why.join("; "));
      return this.#say(`${head} is not promoted, its trial is over: ${why.join("; ")}`);
    }
    const moved = await promote(this.#registry, {
      version: trial.version,
      at: this.context.now(),
      from: active?.version,
    });
    if (moved) this.#say(`${head} was promoted and judges from the next run on: ${why.join("; ")}`);
  }

  /** Nobody tries it any more; what came of it stays to be looked at, until another candidate is tried. */
  #end(trial: Trial, why: string): void {
    this.#folder.write({ ...trial, ended: { at: this.context.now(), why } });
  }

  #note(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#say(`candidate ${this.candidate.version} could not be tried: ${message}`);
  }

  #say(text: string): void {
    this.context.stderr(`${text}\n`);
  }
}

/** What came of each stream's trial so far. */
export function figuresOf({ from }: Trial, active: State, candidate: State): TrialFigures[] {
  return Object.entries(from).map(([stream, time]) =>
    trialFigures(active, candidate, { stream, from: time ?? -Infinity })
  );
}

/** Streams that the active model knows and the candidate doesn't. */
export function lackingIn(
  candidate: Pick<Model, "streams">,
  active: Pick<Model, "streams"> | null,
): string[] {
  const known = new Set(candidate.streams.map(({ settings }) => settings.name));
  return (active?.streams ?? []).map(({ settings }) => settings.name).filter((name) => !known.has(name));
}

/**
 * Makes the candidate the active version, if both are still what they were.
 *
 * @param from The version that must be active; absent = any.
 */
export async function promote(
  registry: Registry,
  { version, at, from }: { version: string; at: number; from?: string },
): Promise<boolean> {
  return await registry.exclusively(async () => {
    if (registry.candidate()?.version !== version) return false;
    if (from !== undefined && registry.active() !== from) return false;
    await registry.activate(version, { at, how: "promoted" });
    await registry.withdraw();
    return true;
  });
}

/** Whether a candidate's trial goes on. */
export function isTried(registry: Registry, state: string): boolean {
  const candidate = registry.candidate();
  return candidate !== null && new TrialFolder(state).read(candidate.version)?.ended == null;
}
