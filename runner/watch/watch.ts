/**
 * `deno task watch`: the live pass of `detect`, again and again.
 *
 * @module
 */
import type { Config } from "../config.ts";
import type { Context, Plan } from "../context.ts";
import { programOf, remarksOn } from "../detect/deliveries.ts";
import { livePass, type PassOutcome } from "../detect/live.ts";
import { reportPath, saveReport } from "../detect/report.ts";
import { beginRun, type RunState } from "../detect/run_state.ts";
import { ServicePasses } from "../detect/service_passes.ts";
import { heldLines, trainedText } from "../detect/summary.ts";
import { findingsRemarks } from "../findings/findings_report.ts";
import type { HealthServer } from "../health/health_server.ts";
import { SelfWatch } from "../health/self_watch.ts";
import { passEntry } from "../log/pass_entry.ts";
import { pause } from "../pause.ts";
import { activityOf, activityText, addActivity, noActivity, openedText } from "./activity.ts";
import { FileWakes } from "./file_wakes.ts";
import { SaidOnce } from "./said_once.ts";

/** Time between two looks whether another run has ended, ms. */
const TAKE_AGAIN = 500;
/** Wait after a pass that failed as a whole, ms; it doubles up to the longest. */
const FIRST_DELAY = 1_000, LONGEST_DELAY = 300_000;

/** What a service goes by. */
export interface WatchOptions {
  plan: Plan;
  /** Only this stream; `null` = all. */
  stream: string | null;
  /** Seed of first trainings; `null` = the settings' one. */
  seed: number | null;
  /** Ends it: what was read by then is kept and told. */
  stop: AbortSignal;
}

/** The service. */
export class Watch {
  readonly #config: Config;
  readonly #passes: ServicePasses;
  readonly #health: SelfWatch;
  readonly #once: SaidOnce;
  readonly #sum = noActivity();
  #recent = noActivity();
  /** By the clock that nobody moves, ms. */
  #recentSince = performance.now();
  /** Why streams can't be read or judged at the moment, by their names. */
  #failing = new Map<string, string>();
  /** When it was said last of a stream that it has no model yet, ms since the epoch. */
  readonly #waiting = new Map<string, number>();

  constructor(private readonly options: WatchOptions, private readonly context: Context) {
    const { plan: { config }, stream, stop } = options;
    this.#config = {
      ...config,
      streams: config.streams.filter(({ name }) => stream === null || name === stream),
    };
    this.#passes = new ServicePasses(stop);
    this.#health = new SelfWatch(this.#config, context);
    this.#once = new SaidOnce((text) => context.stderr(text), () => context.now());
  }

  /**
   * Runs until it is stopped; returns the exit code.
   *
   * @throws {Error} if not even a first pass can be made; later it tries again whatever comes.
   */
  async run(): Promise<number> {
    const { stop } = this.options, since = this.context.now(), began = performance.now();
    for (let delay = FIRST_DELAY, hasWorked = false; !stop.aborted;) {
      let run: RunState | null = null, server: HealthServer | null = null;
      try {
        run = await this.#taken();
        if (run === null) return 0;
        this.#health.begin(run.state);
        server = await this.#serve(since);
        await this.#follow(run, () => (delay = FIRST_DELAY, hasWorked = true));
      } catch (error) {
        if (!hasWorked || error instanceof Deno.errors.BrokenPipe) throw error;
        this.#once.say(`${(error as Error).message}; trying again\n`);
      } finally {
        await server?.close();
        run?.close();
      }
      await pause(stop.aborted ? 0 : delay, stop);
      delay = Math.min(2 * delay, LONGEST_DELAY);
    }
    this.context.stderr(`stopped; ${activityText(this.#sum, performance.now() - began)}\n`);
    return 0;
  }

  /** The state, as soon as no other run has it; `null` when a service has it, or this one is stopped before. */
  async #taken(): Promise<RunState | null> {
    const { stop } = this.options, folder = this.#config.state.directory;
    while (!stop.aborted) {
      const run = await beginRun(folder, this.context, { isService: true });
      if (!("busy" in run)) return run;
      if (run.isService) {
        this.context.stderr(`deepscan watch: ${run.busy}\n`);
        return null;
      }
      this.#once.say("waiting for another run to end\n");
      await pause(TAKE_AGAIN, stop);
    }
    return null;
  }

  /** Answers those who ask how the service does, where the settings say so. */
  async #serve(since: number): Promise<HealthServer | null> {
    const { health: { listen }, state } = this.#config;
    if (listen === undefined) return null;
    const { HealthServer } = await import("../health/health_server.ts");
    const server = HealthServer.start(listen, this.#config, {
      ...{ since, file: `${state.directory}/run.lock` },
      now: () => this.context.now(),
      snapshot: () => this.#health.snapshot,
    });
    this.#once.say(`how it does: ${server.url}/healthz, ${server.url}/metrics\n`);
    return server;
  }

  /** Passes until it is stopped, or one fails as a whole. */
  async #follow(run: RunState, wentWell: () => void): Promise<void> {
    const { stop } = this.options, { watch: { interval, poll }, model, state, reports } = this.#config;
    const wakes = new FileWakes({
      inputs: this.#config.streams.flatMap(({ inputs }) => inputs),
      own: [model.directory, state.directory, reports.directory],
      say: (text) => this.#once.say(`${text}\n`),
    });
    const file = identityOf(run.path), names = this.#config.streams.map(({ name }) => name);
    this.#once.say(`watching ${names.join(", ")} (process ${Deno.pid}); state ${state.directory}\n`);
    try {
      for (let wasWoken = true; !stop.aborted;) {
        if (identityOf(run.path) !== file) {
          throw new Error(`Cannot go on: ${run.path} was moved or replaced by somebody else`);
        }
        const began = performance.now(), pass = await this.#pass(run), hasRead = this.#note(pass);
        if (hasRead || pass.failures.length > 0) {
          this.context.log?.(passEntry(pass, performance.now() - began));
        }
        wentWell();
        if (hasRead && !wasWoken) wakes.reopen();
        await pause(restOf(performance.now() - began, this.#config.watch), stop);
        wasWoken = hasRead || await wakes.next(Math.max(0, poll - interval), stop);
      }
    } finally {
      wakes.close();
    }
  }

  async #pass(run: RunState): Promise<PassOutcome> {
    const config = this.#config,
      context = { ...this.context, stderr: (text: string) => this.#once.say(text) };
    const path = reportPath(config.reports.directory, context.now());
    const program = programOf(this.options.plan, context);
    return await livePass(
      {
        ...{
          config,
          dryRun: false,
          seed: this.options.seed,
          verdicts: null,
          report: path,
          passes: this.#passes,
          health: this.#health,
        },
        write: context.stdout,
        save: async (streams, state) =>
          streams.some(({ opened, worse }) => opened.length + worse.length > 0)
            ? await saveReport(streams, path, context, { program, state })
            : "",
      },
      run,
      context,
    );
  }

  /** Says what a person should know of a pass; whether it has read anything. */
  #note(pass: PassOutcome): boolean {
    const activity = activityOf(pass), { summary } = this.#config.watch, now = performance.now();
    addActivity(this.#sum, activity);
    addActivity(this.#recent, activity);
    this.#noteFailures(pass);
    for (const stream of pass.streams) {
      for (const { text } of stream.notes) this.#once.say(`note: ${text}\n`);
      if (stream.trained) this.context.stderr(`${trainedText(stream)}\n`);
    }
    for (const line of heldLines(pass.held)) this.#once.say(`${line}\n`);
    for (const remark of [...remarksOn(pass.delivery), ...findingsRemarks(pass.findings)]) {
      this.#once.say(`${remark}\n`);
    }
    if (activity.opened > 0) this.context.stderr(`${openedText(activity, pass.report)}\n`);
    if (now - this.#recentSince >= summary) {
      this.context.stderr(`${activityText(this.#recent, now - this.#recentSince)}\n`);
      this.#recent = noActivity();
      this.#recentSince = now;
    }
    return activity.lines > 0;
  }

  #noteFailures({ failures, streams }: PassOutcome): void {
    const failing = new Map(failures.map(({ stream, message }) => [stream, message]));
    for (const { message } of failures) this.#once.say(`${message}\n`);
    for (const { name, notJudged } of streams) {
      if (!failing.has(name) && notJudged.length > 0) this.#noteWaiting(name, notJudged);
    }
    for (const [stream, message] of this.#failing) {
      if (failing.has(stream)) continue;
      this.#once.forget(message);
      this.context.stderr(stream === "" ? "it works again\n" : `stream ${stream} is read and judged again\n`);
    }
    this.#failing = failing;
  }

  /** What is missing for a first model changes with every line: it is said as often as what the service does. */
  #noteWaiting(stream: string, reasons: readonly string[]): void {
    const now = this.context.now(), last = this.#waiting.get(stream);
    if (last !== undefined && Math.abs(now - last) < this.#config.watch.summary) return;
    this.#waiting.set(stream, now);
    for (const reason of reasons) this.#once.say(`stream ${stream} is not judged: ${reason}\n`);
  }
}

/** Time to leave alone after a pass that took so long, ms: as long again, so that half a core is free, but no longer than a look is due. */
export function restOf(took: number, { interval, poll }: Config["watch"]): number {
  return Math.max(interval, Math.min(took, poll));
}

/** What tells a file from another one that has its name now; empty = it is gone. */
function identityOf(path: string): string {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
