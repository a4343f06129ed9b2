/**
 * Where and when anomalies are planted.
 *
 * @module
 */
import { LogEdit } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { Dice } from "./dice.ts";
import type { ServiceGround, SessionGround } from "./ground.ts";
import type { SessionInjection, WindowInjection } from "./injection.ts";

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
const ROUNDS = 40;
/** Share of the tested sessions that get an anomaly in one round: a mass of them would be no anomaly any more. */
const SESSION_SHARE = 0.03;

/** Plants one anomaly; `null` where it can't be done there. */
type Attempt = (
  dice: Dice,
  number: number,
) => Promise<{ planted: Planted; edit: LogEdit; round: number } | null>;

/**
 * Plants each kind into time windows, so many times: into services where it can be, in the tested part, where the untouched
 * log gave no alert, two windows apart at the least. Rounds are filled one after the other.
 *
 * @param isQuiet Whether a window (by number) of a service gave no alert in the untouched log.
 */
export async function plantWindows(
  grounds: readonly ServiceGround[],
  kinds: readonly WindowInjection[],
  isQuiet: (service: number, window: number) => boolean,
  options: PlantOptions,
): Promise<Planting> {
  const taken: Map<number, [from: number, to: number][]>[] = []; // by round and service
  const isFree = (round: number, service: number, from: number, to: number) =>
    (taken[round]?.get(service) ?? []).every((other) => other[1] + GUARD <= from || to + GUARD <= other[0]);
  const attempt = (kind: WindowInjection): Attempt => async (dice, number) => {
    const ground = dice.pick(grounds), { service, name, size, tested, log } = ground;
    const seedling = kind.prepare(ground, dice, number);
    if (seedling === null || tested.to - tested.from < seedling.windows) return null;
    const at = dice.between(tested.from, tested.to - seedling.windows), to = at + seedling.windows;
    for (let window = at - GUARD; window < to + GUARD; window++) if (!isQuiet(service, window)) return null;
    let round = 0;
    while (round < ROUNDS && !isFree(round, service, at, to)) round++;
    if (round === ROUNDS) return null;
    const edit = new LogEdit(log), what = await seedling.plant(at, edit);
    if (what === null) return null;
    taken[round] ??= new Map();
    taken[round].set(service, [...taken[round].get(service) ?? [], [at, to]]);
    const planted = { kind: kind.name, key: null, service: name, start: at * size, end: to * size, what };
    return { planted, edit, round };
  };
  return await plantAll(grounds[0]?.log, kinds, attempt, options);
}

/**
 * Plants each kind into sessions, so many times: into tested ones that the untouched log gave no alert on, each at most once,
 * and in no more than three of a hundred in a round.
 *
 * @param isQuiet Whether a session gave no alert in the untouched log.
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
