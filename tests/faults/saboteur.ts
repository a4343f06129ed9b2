/**
 * Whoever makes life hard for a service: kills it, stops it, has it read settings anew, starts others beside it, moves its clock.
 *
 * @module
 */
import type { Random } from "../../data/shop/random.ts";
import type { Span } from "../../data/shop/calendar.ts";
import { runTask } from "../runner/tasks/task.ts";
import type { MovedClock } from "../services/moved_clock.ts";
import { Deck } from "./deck.ts";
import type { Changed, Watched } from "./watched.ts";
import { WatchService } from "./watch_service.ts";

/** What may be done. */
export const MISCHIEFS = [
  ...["kill worker", "kill group", "stop", "new settings", "wrong settings"] as const,
  ...["detect beside", "watch beside", "both at once", "clock"] as const,
];
export type Mischief = typeof MISCHIEFS[number];

/** What it is to do. */
export interface Sabotage {
  /** Each comes as often as it stands here, before one comes again. */
  mischiefs: readonly Mischief[];
  /** How many in all. */
  times: number;
}

/** A mischief, and when it is done by the time of the logs, ms since the epoch. */
export interface Planned {
  at: number;
  mischief: Mischief;
}

/** A kill: when, and when something was started again, ms since the epoch. What comes between the two was sent before. */
export interface Kill {
  at: number;
  until: number;
}

/** Mischiefs spread over a span. */
export function mischiefPlan(random: Random, { mischiefs, times }: Sabotage, { from, to }: Span): Planned[] {
  const deck = new Deck(random, mischiefs), share = (to - from) / times;
  return Array.from({ length: times }, (_, i) => ({
    at: from + (i + random.next()) * share,
    mischief: deck.deal(),
  }));
}

/** How long a service may be down, ms. */
const DOWN = 500;
/** The longest wait for the moment of a kill, ms. */
const LONGEST = 1_500;
/** How long new settings have a new incident gathered. */
const WAITS = ["0s", "0s", "10m"];
/** How far the clock is put forward or back, ms. */
const HOUR = 3_600_000;

/** What a service says that has found nothing for a second. */
const IDLE = /^in \S+ \S+: 0 lines, 0 windows, .* 0 messages sent$/m;
const AT_WORK = /`deno task watch` is at work \(process \d+ since .* UTC\); this run has nothing to do/;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Does mischief to the service that follows a folder, and keeps that running. */
export class Saboteur {
  /** How often it did what. */
  readonly done = new Map<Mischief, number>();
  readonly kills: Kill[] = [];
  /** What did not go as it must. */
  readonly faults: string[] = [];
  /** What all services have said. */
  said = "";
  starts = 0;
  /** Processor time of workers whose parent did not live to count it, ms. */
  orphaned = 0;
  /** Whether nobody is at work for a while. */
  isDown = false;
  #service: WatchService;

  constructor(
    private readonly watched: Watched,
    private readonly random: Random,
    private readonly clock: MovedClock | null,
  ) {
    this.#service = this.#started();
  }

  get service(): WatchService {
    return this.#service;
  }

  /** Waits until the service works. */
  async isAtWork(): Promise<void> {
    while (!await this.#service.says(/^watching .* \(process \d+\)/m)) await this.#ended("by itself");
  }

  /** Has the service read other settings; by default those that it began with. */
  async reload(settings: Changed = {}): Promise<void> {
    await this.isAtWork();
    const from = this.#service.said.length;
    this.watched.configure(settings);
    this.#service.signal("SIGHUP");
    if (!await this.#service.says(/^watching /m, from)) await this.#ended("at SIGHUP");
  }

  /** Waits until the service finds that nothing is left to read and to send. */
  async isDone(): Promise<void> {
    await this.reload({ summary: "1s" });
    for (let from = this.#service.said.length, has = false; !has;) {
      if (!await this.#service.says(IDLE, from)) return await this.#ended("before all was told");
      from = this.#service.said.length;
      const [{ waiting }] = this.watched.rows(
        "select count(*) as waiting from delivery where status = 'due'",
      );
      has = waiting === 0;
    }
  }

  /** Ends the service as its manager does. */
  async end(): Promise<void> {
    const { code, stderr } = await this.#service.stop();
    this.said += stderr;
    if (code === 0 && /^stopped; in /m.test(stderr)) return;
    this.faults.push(`SIGTERM ended it with ${code}: ${tail(stderr)}`);
  }

  /** Does a mischief at once; what comes of it that should not is a fault. */
  async play(mischief: Mischief): Promise<void> {
    this.done.set(mischief, (this.done.get(mischief) ?? 0) + 1);
    try {
      await this.#play(mischief);
    } catch (error) {
      this.faults.push(`${mischief}: ${error instanceof Error ? error.stack : error}`);
    }
  }

  async #play(mischief: Mischief): Promise<void> {
    if (mischief === "kill worker") return await this.#kill("worker");
    if (mischief === "kill group") return await this.#kill("group");
    if (mischief === "both at once") return await this.#bothAtOnce();
    await this.isAtWork();
    if (mischief === "stop") return await this.#stop();
    if (mischief === "new settings") return await this.reload({ wait: this.random.pick(WAITS) });
    if (mischief === "wrong settings") return await this.#wrongSettings();
    if (mischief === "clock") return this.clock!.move(this.random.pick([-HOUR, 0, HOUR]));
    await this.#beside(mischief === "detect beside" ? "detect" : "watch");
  }

  #started(): WatchService {
    this.starts++;
    return new WatchService(this.watched.folder, { through: this.clock?.through, env: this.clock?.env });
  }

  /** Starts it again, some time after it was ended. */
  async #startAgain(): Promise<void> {
    this.isDown = true;
    await sleep(this.random.integer(0, DOWN));
    this.isDown = false;
    this.#service = this.#started();
  }

  /** It has ended, and should not have. */
  async #ended(when: string): Promise<void> {
    const { code, stderr } = await this.#service.ended;
    this.said += stderr;
    this.faults.push(`it ended ${when} (exit code ${code}): ${tail(stderr)}`);
    await this.#startAgain();
  }

  /** Kills it at some moment, and starts it again. */
  async #kill(what: "worker" | "group"): Promise<void> {
    const isMoment = this.#moment(), until = performance.now() + LONGEST;
    while (!isMoment() && performance.now() < until) await sleep(2);
    let used = this.#service.used();
    while (!this.#service.kill(what)) {
      await this.isAtWork(); // there is no worker yet
      used = this.#service.used();
    }
    if (what === "group") this.orphaned += used;
    const at = Date.now();
    this.said += (await this.#service.ended).stderr;
    await this.#startAgain();
    this.kills.push({ at, until: Date.now() });
  }

  /** When to kill: after some time, at some commit, or when a message has arrived. */
  #moment(): () => boolean {
    const { random, watched } = this, kind = random.pick(["time", "commit", "commit", "message", "message"]);
    if (kind === "time") {
      const at = performance.now() + random.integer(0, LONGEST);
      return () => performance.now() >= at;
    }
    const seen = () => kind === "message" ? watched.arrived : watched.journal();
    let left = random.integer(1, 4), last = seen();
    return () => {
      const now = seen();
      if (now !== last) left--;
      last = now;
      return left <= 0;
    };
  }

  async #stop(): Promise<void> {
    await this.end();
    await this.#startAgain();
  }

  async #wrongSettings(): Promise<void> {
    const from = this.#service.said.length, { worker } = this.#service;
    this.watched.configure({ summary: "soon" });
    this.#service.signal("SIGHUP");
    const isSaid = await this.#service.says(
      /^deepscan: the settings are not read anew: .*watch\.summary/m,
      from,
    );
    this.watched.configure();
    if (!isSaid) return await this.#ended("at SIGHUP with wrong settings");
    if (this.#service.worker !== worker) this.faults.push("wrong settings: the worker is another one");
  }

  async #beside(task: "detect" | "watch"): Promise<void> {
    const { code, stdout, stderr } = await runTask(task, [], { cwd: this.watched.folder });
    if (code !== 0 || stdout !== "" || !AT_WORK.test(stderr)) {
      this.faults.push(`${task} beside it ended with ${code}: ${stdout}${tail(stderr)}`);
    }
  }

  /** Where nobody is at work, `detect` and `watch` begin together: one works, `watch` in the end. */
  async #bothAtOnce(): Promise<void> {
    await this.#kill("group");
    const { code, stderr } = await runTask("detect", [], { cwd: this.watched.folder });
    if (code !== 0) this.faults.push(`detect together with watch ended with ${code}: ${tail(stderr)}`);
    await this.isAtWork();
  }
}

function tail(text: string): string {
  return text.slice(-400);
}
