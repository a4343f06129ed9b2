/**
 * Whoever makes life hard for a service: kills it, stops it, has it read settings anew, starts others beside it, moves its clock.
 *
 * @module
 */
import type { Random } from "../../data/shop/random.ts";
import { runTask } from "../runner/tasks/task.ts";
import type { MovedClock } from "../services/moved_clock.ts";
import type { Watched } from "./watched.ts";
import { WatchService } from "./watch_service.ts";

/** What may be done. */
export const MISCHIEFS = [
  ...["kill worker", "kill group", "stop", "new settings", "wrong settings"] as const,
  ...["detect beside", "watch beside", "both at once", "clock"] as const,
];
export type Mischief = typeof MISCHIEFS[number];

/** How it goes about it. */
export interface Sabotage {
  /** What it does, each as often as it stands here. */
  mischiefs: readonly Mischief[];
  /** The longest time between two of them, ms. */
  rest: number;
}

/** How long a service may be down, ms. */
const DOWN = 500;
/** The longest wait for the moment of a kill, ms. */
const LONGEST = 2_500;
/** How long new settings have a new incident gathered. */
const WAITS = ["0s", "0s", "10m"];
/** How far the clock is put forward or back, ms. */
const HOUR = 3_600_000;

const AT_WORK = /`deno task watch` is at work \(process \d+ since .* UTC\); this run has nothing to do/;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Does mischief to the service that follows a folder, and keeps that running. */
export class Saboteur {
  /** How often it did what. */
  readonly done = new Map<Mischief, number>();
  /** When it killed something, ms since the epoch. */
  readonly kills: number[] = [];
  /** What did not go as it must. */
  readonly faults: string[] = [];
  /** What all services have said. */
  said = "";
  starts = 0;
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

  /** One mischief after the other, until that is over. */
  async work({ mischiefs, rest }: Sabotage, isOver: () => boolean): Promise<void> {
    const able = mischiefs.filter((one) => one !== "clock" || this.clock !== null);
    while (!isOver()) {
      await sleep(this.random.integer(0, rest));
      await this.play(this.random.pick(able));
    }
    await this.isAtWork();
  }

  /** Has the service read the settings that it began with, or those in which a new incident is gathered so long. */
  async reload(wait?: string): Promise<void> {
    const from = this.#service.said.length;
    this.watched.configure({ wait });
    this.#service.signal("SIGHUP");
    if (!await this.#service.says(/^watching /m, from)) await this.#ended("at SIGHUP");
  }

  /** Ends the service as its manager does. */
  async end(): Promise<void> {
    const { code, stderr } = await this.#service.stop();
    this.said += stderr;
    if (code === 0 && /^stopped; in /m.test(stderr)) return;
    this.faults.push(`SIGTERM ended it with ${code}: ${tail(stderr)}`);
  }

  /** Does a mischief at once. */
  async play(mischief: Mischief): Promise<void> {
    this.done.set(mischief, (this.done.get(mischief) ?? 0) + 1);
    if (mischief === "kill worker") return await this.#kill("worker");
    if (mischief === "kill group") return await this.#kill("group");
    if (mischief === "both at once") return await this.#bothAtOnce();
    await this.isAtWork();
    if (mischief === "stop") return await this.#stop();
    if (mischief === "new settings") return await this.reload(this.random.pick(WAITS));
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
    await sleep(this.random.integer(0, DOWN));
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
    if (this.#service.kill(what)) {
      this.kills.push(Date.now());
      this.said += (await this.#service.ended).stderr;
      return await this.#startAgain();
    }
    await this.isAtWork(); // there is no worker yet
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
