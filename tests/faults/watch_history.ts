/**
 * A history of `watch` over growing, rotated logs whose clocks are wrong now and then: killed, stopped, told to read its settings anew,
 * with others started beside it, and receivers that fall ill; and what it comes to without all that.
 *
 * @module
 */
import { DAY, HOUR } from "../../data/shop/calendar.ts";
import { Random } from "../../data/shop/random.ts";
import { runTask } from "../runner/tasks/task.ts";
import { MovedClock } from "../services/moved_clock.ts";
import { type Account, accountOf, sentRow } from "./accounts.ts";
import type { Arrival } from "./arrival.ts";
import { LogWriter } from "./log_writer.ts";
import { isAnswerLost, type Mood, TROUBLES } from "./moods.ts";
import { compared, type Left, leftIn, misled } from "./outcome.ts";
import { Pace, type PaceOptions } from "./pace.ts";
import { type PlantedAccount, plantedAccount } from "./planted.ts";
import { type Kill, type Mischief, mischiefPlan, type Sabotage, Saboteur } from "./saboteur.ts";
import { jumpsOf, type TrafficOptions, trafficSteps } from "./traffic.ts";
import { TIMEOUT, Watched, type WatchedSettings } from "./watched.ts";
import { processorTime } from "./watch_service.ts";

/** What a history is about. */
export interface WatchPlot extends WatchedSettings, Sabotage {
  traffic: TrafficOptions & { start: number; hours: number; cleanHours: number };
  /** Rotated files that stay of each log. */
  keep: number;
  /** How fast the time of the logs runs. */
  pace: PaceOptions;
}

/** How a service was disturbed. */
export interface Disturbances {
  /** How often what was done to it. */
  done: ReadonlyMap<Mischief, number>;
  kills: number;
  starts: number;
  /** Rotations of logs that were followed. */
  rotations: number;
  /** Stretches in which the clock of a log was wrong. */
  wrongClocks: number;
  /** How often its receivers answered in which mood. */
  answered: Record<Mood, number>;
}

/** What came of it. */
export interface WatchOutcome extends Left {
  accounts: Account[];
  planted: PlantedAccount;
  /** Everything that is not as it must be. */
  faults: string[];
  disturbed: Disturbances;
  /** Lines that were written. */
  lines: number;
  /** Processor time of all runs, ms. */
  processor: number;
  /** Whether the machine's clock could be moved. */
  hasClock: boolean;
}

/** Bytes that are written at a time at most. */
const MOST = 8_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Verdicts, alerts and all else that one run leaves which reads the same bytes at once. */
export async function undisturbedWatch(plot: WatchPlot): Promise<Left> {
  await using watched = await Watched.open({ ...plot, trouble: null });
  const steps = trafficSteps(plot.seed, plot.traffic);
  const writer = new LogWriter(watched.logs, steps.filter(({ kind }) => kind === "append"));
  while (!writer.done) await writer.write(1 << 20);
  const { code, stderr } = await runTask("detect", [], { cwd: watched.folder });
  if (code !== 0) throw new Error(`Cannot compare: detect ended with ${code}: ${stderr}`);
  return leftIn(watched.folder);
}

/** The history. */
export async function disturbedWatch(plot: WatchPlot, tell: (text: string) => void): Promise<WatchOutcome> {
  await using watched = await Watched.open(plot);
  const { start, cleanHours } = plot.traffic, used = processorTime(Deno.pid).children;
  const clock = plot.mischiefs.includes("clock") ? await MovedClock.open(watched.folder) : null;
  const writer = new LogWriter(watched.logs, trafficSteps(plot.seed, plot.traffic), plot.keep);
  while (writer.time < start + cleanHours * HOUR) await writer.write(1 << 16);
  writer.rotations = 0;
  const saboteur = new Saboteur(watched, new Random(plot.seed, "sabotage"), clock);
  tell("training");
  await saboteur.service.says(/^db: trained/m);
  await disturb({ watched, writer, saboteur, tell }, plot, clock !== null);
  tell("waiting until all is told");
  watched.heal();
  clock?.move(0);
  await saboteur.isDone();
  await saboteur.end();
  await expectNothing(watched, saboteur);
  const processor = processorTime(Deno.pid).children - used + saboteur.orphaned;
  return { ...outcomeOf(plot, watched, { writer, saboteur }), processor, hasClock: clock !== null };
}

/** What a history is made with. */
interface Scene {
  watched: Watched;
  writer: LogWriter;
  saboteur: Saboteur;
  tell: (text: string) => void;
}

/** Writes the rest of the lines as their time comes, cut anywhere, while mischief is done at its time, one after the other. */
async function disturb(
  { watched, writer, saboteur, tell }: Scene,
  plot: WatchPlot,
  hasClock: boolean,
): Promise<void> {
  const { seed, traffic, times } = plot, random = new Random(seed, "watch");
  const { start, hours, cleanHours } = traffic, pace = new Pace(writer.time, plot.pace, traffic);
  const mischiefs = plot.mischiefs.filter((one) => one !== "clock" || hasClock);
  const plan = mischiefPlan(random, { mischiefs, times }, {
    from: start + cleanHours * HOUR,
    to: start + hours * HOUR,
  });
  let day = NaN, busy = Promise.resolve();
  while (!writer.done) {
    const until = pace.next(), today = Math.floor((until - start) / DAY);
    if (today !== day) tell(`day ${(day = today) + 1}`);
    while (writer.time <= until) {
      await writer.write(random.integer(1, MOST), () => sleep(random.integer(0, 5)));
    }
    if (plan.length > 0 && plan[0].at <= until) {
      await busy;
      busy = saboteur.play(plan.shift()!.mischief);
    }
    await pace.seen(watched, writer, () => saboteur.isDown);
  }
  await busy;
}

/** A run at the end finds nothing that is not read and told. */
async function expectNothing(watched: Watched, saboteur: Saboteur): Promise<void> {
  const before = watched.arrived, { code, stdout } = await runTask("detect", [], { cwd: watched.folder });
  const isNothing = stdout.trim().split("\n").every((line) => /: nothing new, 0 windows judged/.test(line));
  if (code !== 0 || !isNothing) {
    saboteur.faults.push(`detect found something afterwards (exit code ${code}): ${stdout}`);
  }
  const more = watched.arrived - before;
  if (more > 0) saboteur.faults.push(`detect told ${more} messages afterwards`);
}

function outcomeOf(
  { seed, traffic }: WatchPlot,
  watched: Watched,
  { writer, saboteur }: Pick<Scene, "writer" | "saboteur">,
): Omit<WatchOutcome, "processor" | "hasClock"> {
  const left = leftIn(watched.folder), channels = watched.taken(), { kills, done, starts } = saboteur;
  const accounts = accountsOf(watched, channels, saboteur), { lines, rotations } = writer;
  const faults = [
    ...saboteur.faults,
    ...accounts.flatMap(({ faults }) => faults),
    ...misled({ ...left, channels }),
  ];
  const answered = Object.fromEntries(
    ["well" as const, ...TROUBLES].map((mood) => [mood, watched.answered(mood)]),
  );
  const wrongClocks = jumpsOf(seed, traffic).length;
  return {
    ...{ ...left, accounts, faults, lines, planted: plantedAccount(traffic, left, channels) },
    disturbed: {
      ...{ done, kills: kills.length, starts, rotations, wrongClocks },
      answered: answered as Record<Mood, number>,
    },
  };
}

function accountsOf(
  watched: Watched,
  channels: Record<string, Arrival[]>,
  { kills, said }: Pick<Saboteur, "kills" | "said">,
): Account[] {
  const all = Object.values(channels).flat().sort((a, b) => a.at - b.at);
  const explained = {
    isAnswered: ({ key, answer }: Arrival) =>
      !isAnswerLost(answer, TIMEOUT) && !said.includes(`not sent yet: ${key}: `),
    isCutOff: (arrival: Arrival) => kills.some((kill) => isCutOff(arrival, kill, all)),
  };
  return Object.entries(channels).map(([channel, arrivals]) => {
    const rows = watched.rows(
      `select key, alert, status, payload from delivery where channel = '${channel}'`,
    );
    return accountOf(channel, rows.map(sentRow), arrivals, explained);
  });
}

/** Whether it was the last thing that arrived before a kill, or was on its way then. */
function isCutOff(arrival: Arrival, { at, until }: Kill, all: readonly Arrival[]): boolean {
  if (arrival.at > at) return arrival.at <= until;
  return !all.some((other) => other.at > arrival.at && other.at <= at);
}

/** Where the state is not what one undisturbed run leaves, for people. */
export function disturbances(wanted: Left, got: Left): string[] {
  const { unsent: _, judging, ...state } = wanted.state;
  return [
    ...Object.entries(state).flatMap(([name, rows]) => compared(name, rows, got.state[name])),
    ...compared("judging", judging.map(inOneOrder), got.state.judging.map(inOneOrder)),
  ];
}

/**
 * What is remembered of a service, whatever came first: where a clock is wrong, a window is closed before its time and judged again, before
 * or behind another one, as reads were cut.
 */
function inOneOrder(row: string): string {
  const [stream, part, state] = JSON.parse(row);
  const ordered = JSON.stringify(
    JSON.parse(state),
    (_, value) =>
      Array.isArray(value) && value.every(isNamed) ? value.map((one) => JSON.stringify(one)).sort() : value,
  );
  return `${stream} ${part} ${ordered}`;
}

/** Whether something stands in a list by its name. */
function isNamed(value: unknown): boolean {
  return Array.isArray(value)
    ? typeof value[0] === "string"
    : typeof value === "object" && value !== null && "key" in value;
}
