/**
 * Logs made up for evaluation, in several forms.
 *
 * @module
 */
import { Dice } from "../../lib/evaluate/inject/dice.ts";
import { memoryInput } from "../../lib/evaluate/log/memory_input.ts";
import { type ReadingSettings, type RecordedLog, recordLog } from "../../lib/evaluate/log/recorded_log.ts";
import type { Input } from "../../lib/source/input.ts";

export const MINUTE = 60_000;
/** When made logs begin. */
export const BEGIN = Date.UTC(2026, 2, 2);

const SETTINGS: ReadingSettings = {
  format: "auto",
  service: "field",
  session: null,
  window: 5 * MINUTE,
  utcOffset: 0,
};

/** A text as an input. */
export function textInput(text: string, name = "app.log"): Input {
  return memoryInput(new TextEncoder().encode(text), { name, modified: BEGIN + 30 * 24 * 60 * MINUTE });
}

/** A text as a recorded log. */
export async function recorded(text: string, settings: Partial<ReadingSettings> = {}): Promise<RecordedLog> {
  return await recordLog([textInput(text)], { ...SETTINGS, ...settings });
}

/** The text of an input of a log. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Forms of a line: level, message. */
export const FORMS: Record<string, (time: number, level: string, message: string) => string> = {
  iso8601: (time, level, message) => `${new Date(time).toISOString()} ${level} ${message}\n`,
  syslog: (time, level, message) => {
    const { 2: month, 1: day, 4: clock } = new Date(time).toUTCString().split(" ");
    const said = level === "INFO" ? message : `${level.toLowerCase()}: ${message}`;
    return `${month} ${`${Number(day)}`.padStart(2)} ${clock} shop1 worker[42]: ${said}\n`;
  },
  json: (time, level, message) =>
    JSON.stringify({ ts: new Date(time).toISOString(), level: level.toLowerCase(), msg: message, pid: 42 }) +
    "\n",
};

/** A service's life in time windows: requests, a job in two steps, a heartbeat, seldom a warning. */
export function servicesLog(hours: number, form: keyof typeof FORMS, seed = 1): string {
  const dice = new Dice(seed), lines: [time: number, level: string, message: string][] = [];
  for (let minute = 0; minute < 60 * hours; minute++) {
    const at = BEGIN + minute * MINUTE,
      add = (second: number, message: string, level = "INFO") =>
        lines.push([at + second * 1000, level, message]);
    for (const second of dice.times(3, 0, 20)) {
      add(
        second,
        `request ${1000 + dice.below(9000)} served in ${dice.between(3, 40)} ms bytes=${
          dice.between(100, 999)
        }`,
      );
    }
    if (minute % 2 === 0) add(30, "heartbeat ok");
    if (minute % 4 === 0) {
      add(40, "cleanup of sessions started");
      add(41, `cleanup of sessions finished, ${dice.between(1, 30)} removed`);
    }
    if (dice.below(40) === 0) add(50, `pool is nearly exhausted, ${dice.between(1, 9)} left`, "WARN");
  }
  return lines.map((line) => FORMS[form](...line)).join("");
}

/** Orders with four steps each, some of them delivered late. */
export function ordersLog(orders: number, { timed = true, seed = 1 } = {}): string {
  const dice = new Dice(seed), lines: [time: number, text: string][] = [];
  for (let i = 0; i < orders; i++) {
    const begin = BEGIN + i * 2 * MINUTE + dice.below(MINUTE), key = `order=${5000 + i}`;
    const steps = [
      `${key} created with ${dice.between(1, 9)} items`,
      `${key} paid by card`,
      `stock reserved for ${key}`,
    ];
    if (dice.below(3) === 0) steps.push(`parcel of ${key} delayed by ${dice.between(1, 5)} days`);
    steps.push(`${key} shipped`);
    steps.forEach((text, step) => lines.push([begin + step * 7_000 + dice.below(5_000), text]));
  }
  lines.sort((a, b) => a[0] - b[0]);
  return lines.map(([time, text]) => timed ? FORMS.iso8601(time, "INFO", text) : `${text}\n`).join("");
}

/** How the orders' log is read. */
export const ORDERS = { session: { pattern: "order=(\\d+)" } } as const;
