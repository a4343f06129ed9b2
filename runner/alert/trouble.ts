/**
 * Alerts of one service whose windows follow each other closely.
 *
 * @module
 */
import { type Member, placeOf } from "./evidence.ts";
import type { WorkingAlert } from "./working_alert.ts";

/** One trouble, with an alert for each of its causes; an alert about sessions is a trouble by itself. */
export class Trouble {
  #alerts: WorkingAlert[] = [];

  /** @param id Identity of the alert that it began with. */
  constructor(readonly id: string) {}

  /** Its alerts that have windows, earliest first. */
  get alerts(): WorkingAlert[] {
    return this.#alerts.filter(({ from }) => from !== undefined).sort((a, b) => a.isEarlierThan(b) ? -1 : 1);
  }

  /** The earliest of them; `undefined` without windows. */
  get earliest(): WorkingAlert | undefined {
    let earliest: WorkingAlert | undefined;
    for (const alert of this.#alerts) {
      if (alert.from === undefined) continue;
      if (earliest === undefined || alert.isEarlierThan(earliest)) earliest = alert;
    }
    return earliest;
  }

  /** Where it begins, ms since the epoch: `null` where lines have no times, `undefined` without windows. */
  get from(): Time {
    let from: Time;
    for (const alert of this.#alerts) from = least(from, alert.from);
    return from;
  }

  /** Where it ends; as {@linkcode from}. */
  get to(): Time {
    let to: Time;
    for (const alert of this.#alerts) to = greatest(to, alert.to);
    return to;
  }

  add(alert: WorkingAlert): void {
    this.#alerts.push(alert);
  }

  remove(alert: WorkingAlert): void {
    this.#alerts = this.#alerts.filter((one) => one !== alert);
  }

  /** Whether `member` lies at most `gap` ms before, after or within it. */
  isNear(kind: WorkingAlert["kind"], member: Member, gap: number): boolean {
    const [from, to] = placeOf(kind, member), begin = this.from, end = this.to;
    if (begin === undefined || end === undefined) return false;
    if (begin === null || end === null || from === null || to === null) return begin === from;
    return from - end <= gap && begin - to <= gap;
  }

  /** Whether this one begins earlier; the identity decides where times are equal. */
  isEarlierThan(other: Trouble): boolean {
    const a = this.from ?? Infinity, b = other.from ?? Infinity;
    return a === b ? this.id < other.id : a < b;
  }
}

type Time = number | null | undefined;

function least(a: Time, b: Time): Time {
  return typeof a === "number" && typeof b === "number" ? Math.min(a, b) : a ?? b;
}

function greatest(a: Time, b: Time): Time {
  return typeof a === "number" && typeof b === "number" ? Math.max(a, b) : a ?? b;
}
