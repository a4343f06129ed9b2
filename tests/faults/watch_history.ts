/**
 * A history of `watch` over growing, rotated logs whose clocks are wrong now and then: killed, stopped, told to read its settings anew,
 * with others started beside it, and receivers that fall ill; and what it comes to without all that.
 *
 * @module
 */
import { Random } from "../../data/shop/random.ts";
import { runTask } from "../runner/tasks/task.ts";
import { MovedClock } from "../services/moved_clock.ts";
import { type Account, accountOf, sentRow } from "./accounts.ts";
import { type Arrival } from "./arrival.ts";
import { LogWriter } from "./log_writer.ts";
import { isAnswerLost } from "./moods.ts";
import { compared, type Left, leftIn, misled } from "./outcome.ts";
import { Pace, type PaceOptions } from "./pace.ts";
import { type Mischief, type Sabotage, Saboteur } from "./saboteur.ts";
import { type TrafficOptions, trafficSteps } from "./traffic.ts";
import { TIMEOUT, Watched, type WatchedSettings } from "./watched.ts";

/** What a history is about. */
export interface WatchPlot extends WatchedSettings, Sabotage {
  traffic: TrafficOptions & { start: number; cleanHours: number };
  /** Rotated files that stay of each log. */
  keep: number;
  /** How fast the time of the logs runs. */
  pace: PaceOptions;
}

/** What came of it. */
export interface WatchOutcome extends Left {
  accounts: Account[];
  /** Everything that is not as it must be. */
  faults: string[];
  done: ReadonlyMap<Mischief, number>;
  starts: number;
  kills: number;
  /** Whether the machine's clock could be moved. */
  hasClock: boolean;
}

/** How long (ms) nothing may change until everything counts as read and told, and how long that is waited for. */
const SETTLED = 7_000, LONGEST = 180_000;
/** How long (ms) after a kill something may arrive that was sent before. */
const ON_ITS_WAY = 400;

/** Bytes that are written at a time at most, and the time between, ms. */
const MOST = 8_000, BETWEEN = 25;

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
  const random = new Random(plot.seed, "watch"), { start, cleanHours } = plot.traffic;
  const clock = plot.mischiefs.includes("clock") ? await MovedClock.open(watched.folder) : null;
  const writer = new LogWriter(watched.logs, trafficSteps(plot.seed, plot.traffic), plot.keep);
  while (writer.time < start + cleanHours * 3_600_000) await writer.write(1 << 16);
  const saboteur = new Saboteur(watched, new Random(plot.seed, "sabotage"), clock);
  tell("training");
  if (plot.mischiefs.includes("kill group")) await saboteur.play("kill group");
  await saboteur.service.says(/^db: trained/m);
  await Promise.all([write(writer, random, plot, tell), saboteur.work(plot, () => writer.done)]);
  tell("waiting until all is told");
  watched.heal();
  clock?.move(0);
  await saboteur.reload();
  await settle(watched, saboteur);
  await saboteur.end();
  await expectNothing(watched, saboteur);
  return outcomeOf(watched, saboteur, clock !== null);
}

/** Writes the rest of the lines as their time comes, cut anywhere. */
async function write(
  writer: LogWriter,
  random: Random,
  { traffic, pace: options }: WatchPlot,
  tell: (text: string) => void,
): Promise<void> {
  const pace = new Pace(writer.time, options, traffic);
  let day = NaN;
  while (!writer.done) {
    const until = pace.next(), today = Math.floor((until - traffic.start) / 86_400_000);
    if (today !== day) tell(`day ${(day = today) + 1}`);
    while (writer.time <= until) {
      await writer.write(random.integer(1, MOST), () => sleep(random.integer(0, 5)));
    }
    await sleep(BETWEEN);
  }
}

/** Waits until nothing changes any more and nothing waits to be sent. */
async function settle(watched: Watched, saboteur: Saboteur): Promise<void> {
  const until = performance.now() + LONGEST;
  let last = "", since = performance.now();
  while (performance.now() < until) {
    const [state] = watched.rows(
      `select (select count(*) from verdict) as verdicts, (select group_concat(position) from input) as read,
      (select count(*) from delivery) as messages, (select count(*) from delivery where status = 'due') as due`,
    );
    const now = JSON.stringify(state);
    if (now !== last) [last, since] = [now, performance.now()];
    if (state?.due === 0 && performance.now() - since > SETTLED) return;
    await sleep(300);
  }
  saboteur.faults.push(`it was not done ${LONGEST / 1000} s after the last line: ${last.slice(-100)}`);
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

function outcomeOf(watched: Watched, saboteur: Saboteur, hasClock: boolean): WatchOutcome {
  const left = leftIn(watched.folder), channels = watched.taken(), { kills, done, starts } = saboteur;
  const all = Object.values(channels).flat().sort((a, b) => a.at - b.at);
  const explained = {
    isAnswered: ({ key, answer }: Arrival) =>
      !isAnswerLost(answer, TIMEOUT) && !saboteur.said.includes(`not sent yet: ${key}: `),
    isCutOff: (arrival: Arrival) => kills.some((at) => isCutOff(arrival, at, all)),
  };
  const accounts = Object.entries(channels).map(([channel, arrivals]) => {
    const rows = watched.rows(
      `select key, alert, status, payload from delivery where channel = '${channel}'`,
    );
    return accountOf(channel, rows.map(sentRow), arrivals, explained);
  });
  const faults = [
    ...saboteur.faults,
    ...accounts.flatMap(({ faults }) => faults),
    ...misled({ ...left, channels }),
  ];
  return { ...left, accounts, faults, done, starts, kills: kills.length, hasClock };
}

/** Whether it was the last thing that arrived before a kill, or was on its way then. */
function isCutOff(arrival: Arrival, kill: number, all: readonly Arrival[]): boolean {
  if (arrival.at > kill) return arrival.at - kill < ON_ITS_WAY;
  return !all.some(({ at }) => at > arrival.at && at <= kill);
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
