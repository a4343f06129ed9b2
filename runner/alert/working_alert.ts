/**
 * An alert while verdicts are being taken in: windows come and go, and the sums are made once at the end.
 *
 * @module
 */
import type { Reason, Verdict } from "../../lib/mod.ts";
import { type Alert, withEvidence } from "./alert.ts";
import { causeId } from "./cause.ts";
import { type Evidence, type Member, placeOf, settle } from "./evidence.ts";
import { compareSeverity, windowSeverity } from "./severity.ts";

/** Windows of an alert that stay one by one at the most between runs, however late lines may come. */
const MOST_MEMBERS = 500;

/** Different reasons that an alert remembers; from then on nothing is news to it. */
const MOST_KNOWN = 200;

/** What windows of one alert have in common within their stream. */
export function groupOf(kind: Verdict["kind"], service: string, cause: string): string {
  return kind === "session" ? `session ${cause}` : `window ${service}`;
}

/** How many windows an alert needs before people hear of it: so many (`windows`) of so many in a row (`of`), each so long (ms). */
export interface Pending {
  windows: number;
  of: number;
  length: number;
}

/** An {@linkcode Alert} that changes. Where it stands in time (`from`, `to`) is `undefined` without windows. */
export class WorkingAlert {
  readonly id: string;
  readonly kind: Verdict["kind"];
  readonly group: string;
  /** Identity of the alert that its service's trouble began with. */
  trouble: string;
  changed = false;
  from: number | null | undefined;
  to: number | null | undefined;
  #members = new Map<string, Member>();
  #known: Set<string>;
  #settled: Evidence["settled"];
  #fired: boolean;
  /** Reasons that were noted last: windows with equal counts share them. */
  #noted: readonly Reason[] | null = null;

  constructor(private readonly alert: Alert, private readonly pending: Pending) {
    this.id = alert.id;
    this.kind = alert.kind;
    this.group = groupOf(alert.kind, alert.service, alert.cause);
    this.trouble = alert.trouble;
    this.#settled = alert.evidence.settled;
    this.#fired = alert.fired;
    this.#known = new Set(alert.known);
    for (const member of alert.evidence.members) this.#members.set(member.key, member);
    this.#locate();
  }

  /** Severity before these verdicts. */
  get severityBefore(): Alert["severity"] {
    return this.alert.severity;
  }

  /** Whether people had heard of it before these verdicts. */
  get firedBefore(): boolean {
    return this.alert.fired;
  }

  /** Its state before these verdicts. */
  get statusBefore(): Alert["status"] {
    return this.alert.status;
  }

  /** Whether people should hear of it. */
  get fired(): boolean {
    return this.#fired;
  }

  /** Whether its windows have had this reason. */
  knows(cause: string): boolean {
    return this.#known.has(cause) || this.#known.size >= MOST_KNOWN;
  }

  /** Puts a window that was judged anew in place of what it was. One that was settled stays as it is. */
  replace(member: Member): void {
    if (!this.#members.has(member.key)) return;
    this.#members.set(member.key, member);
    this.#note(member);
    this.changed = true;
    this.#locate();
    this.#judge(member);
  }

  /** Adds a window. */
  add(member: Member): void {
    this.#members.set(member.key, member);
    this.#note(member);
    this.changed = true;
    this.#extend(...placeOf(this.kind, member));
    this.#judge(member);
    if (this.#members.size > 2 * MOST_MEMBERS) this.#settle(-Infinity);
  }

  /** Takes a window out. One that was settled stays. */
  remove(key: string): void {
    if (!this.#members.delete(key)) return;
    this.changed = true;
    this.#locate();
    if (this.from !== undefined) return;
    this.#known.clear(); // as if it had never been
    this.#fired = false;
    this.#noted = null;
  }

  /** Whether this one stands earlier in time; the identity decides where times are equal. */
  isEarlierThan(other: WorkingAlert): boolean {
    const [a, b] = [this.from ?? Infinity, other.from ?? Infinity];
    return a === b ? this.id < other.id : a < b;
  }

  /**
   * The alert as it is now.
   *
   * @param before Windows that end before this time can't change any more.
   * @param status `closed` = nothing can change it any more.
   */
  finish(before: number, status: Alert["status"]): Alert {
    const until = status === "closed" ? Infinity : this.#fired ? before : -Infinity;
    const evidence = settle(this.kind, this.#evidence(), until, MOST_MEMBERS);
    return {
      ...withEvidence(this.alert, evidence),
      trouble: this.trouble,
      known: [...this.#known],
      status,
      fired: this.#fired,
    };
  }

  /** A window came or changed: whether that makes it worth telling. What is severe needs no second window. */
  #judge(member: Member): void {
    this.#fired ||= compareSeverity(windowSeverity(member), "high") >= 0 || this.#isEnough();
  }

  #isEnough(): boolean {
    const { windows, of, length } = this.pending;
    if (this.kind === "session" || windows === 1) return this.#members.size >= windows;
    const starts = [...this.#members.values()].map(({ start }) => start ?? 0).sort((a, b) => a - b);
    return starts.some((start, i) => starts[i + windows - 1] - start < of * length);
  }

  #note({ reasons }: Member): void {
    if (reasons === this.#noted) return;
    this.#noted = reasons;
    for (const reason of reasons) if (this.#known.size < MOST_KNOWN) this.#known.add(causeId(reason));
  }

  #evidence(): Evidence {
    return { settled: this.#settled, members: [...this.#members.values()] };
  }

  #settle(before: number): void {
    const { settled, members } = settle(this.kind, this.#evidence(), before, MOST_MEMBERS);
    this.#settled = settled;
    this.#members = new Map(members.map((member) => [member.key, member]));
  }

  #locate(): void {
    this.from = this.to = undefined;
    if (this.#settled !== null) this.#extend(this.#settled.from, this.#settled.to);
    for (const member of this.#members.values()) this.#extend(...placeOf(this.kind, member));
  }

  #extend(from: number | null, to: number | null): void {
    if (this.from === undefined || this.to === undefined) [this.from, this.to] = [from, to];
    else {
      if (from !== null) this.from = Math.min(this.from ?? from, from);
      if (to !== null) this.to = Math.max(this.to ?? to, to);
    }
  }
}
