/**
 * Where and when anomalies are planted.
 *
 * @module
 */
import { LogEdit } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { Dice } from "./dice.ts";
import type { ServiceGround, SessionGround } from "./ground.ts";
import type { Seedling, SessionInjection, WindowInjection } from "./injection.ts";

/** An anomaly that was planted. */
export interface Planted {
  kind: string;
  /** Its session; `null` = it is in time windows. */
  key: string | null;
  /** Service of the time windows; empty for a session. */
  service: string;
  /** ms; borders of windows, or NaN for a session. */
  start: number;
  end: number;
  /** What was done, in words. */
  what: string;
}

/** Anomalies that lie far enough apart to be in one log. */
export interface Round {
  edit: LogEdit;
  planted: Planted[];
}

/** Rounds, and kinds that could not be planted as often as was asked for. */
export interface Planting {
  rounds: Round[];
  /** By kind, how many were asked for and could not be placed. */
  unplaced: Map<string, number>;
}

/** How planting goes about it. */
export interface PlantOptions {
  /** Anomalies of each kind. */
  count: number;
  seed: number;
}

/** Windows around an anomaly in which there is no other one and no alert of the untouched log. */
const GUARD = 2;
/** Places that are tried for each anomaly. */
const TRIES = 40;
/** Rounds at the most: each is a whole scan. */
const ROUNDS = 100;
/**
 * Anomalies of a service in one round: one a day, as often as alerts are wanted, but three at the least. More would become usual
 * for whatever draws its line by what came lately.
 */
const A_DAY = 1, LEAST = 3;
const DAY = 86_400_000;
/** Share of the tested sessions that get an anomaly in one round: a mass of them would be no anomaly any more. */
const SESSION_SHARE = 0.03;

/** Plants one anomaly; `null` where it can't be done there. */
type Attempt = (
  dice: Dice,
  number: number,
) => Promise<{ planted: Planted; edit: LogEdit; round: number } | null>;

/**
 * Plants each kind into time windows, so many times: into services where it can be, in the tested part, where the untouched
 * log gave no alert, two windows apart at the least, and on each service not more than one a day or three in all. Rounds are
 * filled one after the other.
 *
 * @param isQuiet Whether a window (by number) of a service gave no alert in the untouched log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { serviceGrounds } from "./ground.ts";
 * import { newError } from "./new_message.ts";
 * import { plantWindows } from "./plant.ts";
 *
 * const lines = Array.from({ length: 60 }, (_, i) => `${new Date(i * 60_000).toISOString()} INFO up\n`).join("");
 * const log = await recordLog([memoryInput(new TextEncoder().encode(lines), { name: "app.log" })], {
 *   ...{ format: "auto", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const { rounds } = await plantWindows(serviceGrounds(log, 30 * 60_000), [newError], () => true, { count: 1, seed: 0 });
 * assert.ok(rounds[0].planted[0].start >= 30 * 60_000);
 * assert.equal(rounds[0].edit.inserted, 1);
 * ```
 */
export async function plantWindows(
  grounds: readonly ServiceGround[],
  kinds: readonly WindowInjection[],
  isQuiet: (service: number, window: number) => boolean,
  options: PlantOptions,
): Promise<Planting> {
  const able = new Map(
    kinds.map((kind) => [kind, grounds.filter((ground) => isPossible(kind, ground, options.seed))]),
  );
  const rooms = new Rooms();
  const attempt = (kind: WindowInjection): Attempt => async (dice, number) => {
    if (able.get(kind)!.length === 0) return null;
    const ground = dice.pick(able.get(kind)!), { service, name, size, log } = ground;
    const seedling = kind.prepare(ground, dice, number), at = seedling && placeFor(seedling, ground, dice);
    if (seedling === null || at === null) return null;
    const to = at + seedling.windows;
    for (let window = at - GUARD; window < to + GUARD; window++) if (!isQuiet(service, window)) return null;
    const days = (ground.tested.to - ground.tested.from) * size / DAY;
    const round = rooms.free(service, { from: at, to, most: Math.max(LEAST, Math.floor(A_DAY * days)) });
    if (round === ROUNDS) return null;
    const edit = new LogEdit(log), what = await seedling.plant(at, edit);
    if (what === null) return null;
    rooms.take(round, service, at, to);
    const planted = { kind: kind.name, key: null, service: name, start: at * size, end: to * size, what };
    return { planted, edit, round };
  };
  return await plantAll(grounds[0]?.log, kinds, attempt, options);
}

/** A tested window at which an anomaly can begin; `null` = there is none. */
function placeFor(
  { windows, places }: Seedling,
  { tested: { from, to } }: ServiceGround,
  dice: Dice,
): number | null {
  if (to - from < windows) return null;
  if (places === undefined) return dice.between(from, to - windows);
  const fit = places.filter((place) => place + windows <= to);
  return fit.length === 0 ? null : dice.pick(fit);
}

/** Which windows of which service are taken in each round. */
class Rooms {
  readonly #taken: Map<number, [from: number, to: number][]>[] = [];

  /** The first round in which windows, with the guard around them, are free, and the service has less than the most. */
  free(service: number, { from, to, most }: { from: number; to: number; most: number }): number {
    let round = 0;
    const isFree = () => {
      const taken = this.#taken[round]?.get(service) ?? [];
      return taken.length < most &&
        taken.every((other) => other[1] + GUARD <= from || to + GUARD <= other[0]);
    };
    while (round < ROUNDS && !isFree()) round++;
    return round;
  }

  take(round: number, service: number, from: number, to: number): void {
    const services = this.#taken[round] ??= new Map();
    services.set(service, [...services.get(service) ?? [], [from, to]]);
  }
}

/** Whether a kind can be planted on a service at all. */
function isPossible(kind: WindowInjection, ground: ServiceGround, seed: number): boolean {
  const seedling = kind.prepare(ground, new Dice(seed), 0);
  return seedling !== null && seedling.places?.length !== 0;
}

/**
 * Plants each kind into sessions, so many times: into tested ones that the untouched log gave no alert on, each at most once,
 * and in no more than three of a hundred in a round.
 *
 * @param isQuiet Whether a session gave no alert in the untouched log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionsOf } from "../log/divided_log.ts";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { sessionGround } from "./ground.ts";
 * import { missingStep } from "./missing_step.ts";
 * import { plantSessions } from "./plant.ts";
 *
 * const text = [1, 2, 3, 4].map((t) => `t=${t} began\nt=${t} ended\n`).join("");
 * const log = await recordLog([memoryInput(new TextEncoder().encode(text), { name: "t.log" })], {
 *   ...{ format: "content", service: "field", session: { pattern: "t=(\\d+)" }, window: 60_000, utcOffset: 0 },
 * });
 * const sessions = sessionsOf(log), ground = sessionGround(log, sessions.slice(0, 2), sessions.slice(2), 60_000);
 * const { rounds } = await plantSessions(ground, [missingStep], () => true, { count: 1, seed: 0 });
 * assert.equal(rounds[0].edit.removed, 1);
 * ```
 */
export async function plantSessions(
  ground: SessionGround,
  kinds: readonly SessionInjection[],
  isQuiet: (key: string) => boolean,
  options: PlantOptions,
): Promise<Planting> {
  const quiet = ground.tested.filter(({ key }) => isQuiet(key)), sizes: number[] = [];
  const used = new Set<string>(), most = Math.max(3, Math.floor(SESSION_SHARE * ground.tested.length));
  const attempt = (kind: SessionInjection): Attempt => async (dice, number) => {
    if (quiet.length === 0) return null;
    const session = dice.pick(quiet), name = `${kind.name} ${session.key}`;
    let round = 0;
    while ((sizes[round] ?? 0) >= most || used.has(`${round} ${session.key}`)) round++;
    if (round >= ROUNDS || used.has(name)) return null;
    const edit = new LogEdit(ground.log), what = await kind.plant(session, ground, dice, edit, number);
    if (what === null) return null;
    used.add(name).add(`${round} ${session.key}`);
    sizes[round] = (sizes[round] ?? 0) + 1;
    return {
      planted: { kind: kind.name, key: session.key, service: "", start: NaN, end: NaN, what },
      edit,
      round,
    };
  };
  return await plantAll(ground.log, kinds, attempt, options);
}

async function plantAll<Kind extends { name: string }>(
  log: RecordedLog,
  kinds: readonly Kind[],
  attempt: (kind: Kind) => Attempt,
  { count, seed }: PlantOptions,
): Promise<Planting> {
  const dice = new Dice(seed), rounds: Round[] = [], unplaced = new Map<string, number>();
  for (let number = 0; number < count; number++) {
    for (const kind of kinds) {
      if (unplaced.has(kind.name)) continue; // it did not get in before
      const done = await tried(attempt(kind), dice, number);
      if (done === null) {
        unplaced.set(kind.name, count - number);
        continue;
      }
      const round = rounds[done.round] ??= { edit: new LogEdit(log), planted: [] };
      round.edit.add(done.edit);
      round.planted.push(done.planted);
    }
  }
  return { rounds: rounds.filter((round) => round !== undefined), unplaced };
}

async function tried(attempt: Attempt, dice: Dice, number: number) {
  for (let i = 0; i < TRIES; i++) {
    const done = await attempt(dice, number);
    if (done !== null) return done;
  }
  return null;
}
