/**
 * Telling people of incidents: from alerts in the state to messages in the outbox, in the state's transactions.
 *
 * {@linkcode Teller.join} is called where alerts change and says which incident they belong to; {@linkcode Teller.tell} moves the
 * life of every incident on and enqueues what is to be said. Between the two a process may die: then the next one tells.
 *
 * @module
 */
import type { State, StoredIncident } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { deploymentOf, holdOf, type HoldRules, muteOf } from "../alert/holds.ts";
import {
  type Account,
  accountOf,
  type Accounts,
  isTold,
  newAccounts,
  parseAccounts,
} from "../alert/incident_account.ts";
import { incidentFrom, REACH } from "../alert/incidents.ts";
import { joinIncidents } from "../alert/join_incidents.ts";
import {
  advance,
  type IncidentFacts,
  isSettled,
  type Life,
  type LifeStep,
  type Notice,
  type TellingPolicy,
} from "../alert/life.ts";
import { chartOf } from "../alert/message_chart.ts";
import type { Message, Program } from "../alert/message.ts";
import { noticeMessage } from "../alert/notice_message.ts";
import { EVERYBODY, receiversOf, type Route } from "../alert/routes.ts";
import { compareSeverity } from "../alert/severity.ts";
import type { Config } from "../config.ts";
import { channelNames } from "../config/channel_names.ts";
import { holdRules } from "./hold_rules.ts";
import { StreamTimes } from "./stream_times.ts";

/** What was over so long ago (ms) when it is first seen is told in one digest: it is what a first run finds, or a late one. */
const OLD = 6 * 3_600_000;
const DAY = 86_400_000;
/** Why a message waits for the digest of the day. */
const BUDGET = "more than max_per_day";

/** How people are told. */
export interface TellerOptions {
  /** All streams, receivers, routes and rules. */
  config: Config;
  /** How to look further; `null` = nothing is kept to look at. */
  program: Program | null;
  /** Path of the report that messages point to; empty without one. */
  report: string;
  /** The clock of people, ms since the epoch. */
  now: () => number;
}

/** What was kept back: how many incidents, by why. */
export type HeldBack = Map<string, number>;

/** An incident on its way through {@linkcode Teller.tell}. */
interface Told {
  stored: StoredIncident;
  accounts: Accounts;
  alerts: Alert[];
  /** Those that people may hear of now. */
  shown: Alert[];
  facts: IncidentFacts;
  time: number;
}

/** A notice on its way to a receiver. */
interface Outgoing {
  told: Told;
  receiver: string;
  account: Account;
  notice: Notice;
}

/** Tells people of the incidents of one state. */
export class Teller {
  readonly #times: StreamTimes;
  /** Receivers that have channels, and their names. */
  readonly #channels: ReadonlyMap<string, string[]>;
  readonly #routes: readonly Route[];

  constructor(private readonly state: State, private readonly options: TellerOptions) {
    const { config: { streams, alerts } } = options;
    this.#times = new StreamTimes(streams, state, options.now);
    const receivers = [EVERYBODY, ...Object.keys(alerts.receivers)].map((name): [string, string[]] => [
      name,
      channelNames(alerts, name === EVERYBODY ? undefined : name),
    ]);
    this.#channels = new Map(receivers.filter(([, channels]) => channels.length > 0));
    this.#routes = alerts.routes.map(({ to, continue: goesOn, ...about }) => ({
      about,
      to,
      continue: goesOn,
    }));
  }

  /** Puts alerts that have changed into their incidents; to be called in the transaction that keeps them. */
  join(changed: readonly Alert[]): void {
    const alerts = changed.filter(({ fired, windows }) => fired && windows > 0), { incidents } = this.state;
    if (alerts.length > 0) {
      const known = this.#near(alerts).map(({ id, body }) => ({
        id,
        alerts: this.#alertsOf(id).filter(({ fired, windows }) => fired && windows > 0),
        isTold: isTold(parseAccounts(body)),
      }));
      const { joined, merged } = joinIncidents(alerts, known, (stream) => this.#times.windowOf(stream));
      for (const [alert, incident] of joined) {
        if (incidents.get(incident) === null) this.#begin(incident);
        incidents.join(alert, incident);
      }
      for (const [id, into] of merged) incidents.merge(id, into);
    }
    for (const { id } of changed) this.#awake(this.state.alert(id)?.incident ?? "");
  }

  /**
   * Moves every incident on and enqueues what is to be told.
   *
   * @param flush Whether there is nothing to wait for: the run has read all there is, or all there is of these streams.
   * @returns What is kept back, and why.
   */
  tell({ flush }: { flush: boolean | ReadonlySet<string> }): HeldBack {
    return this.state.transaction(() => {
      const rules = holdRules(this.state, this.#times, this.options),
        outgoing: Outgoing[] = [],
        held: HeldBack = new Map();
      const all = this.state.incidents.live().map((stored) => this.#look(stored, rules))
        .filter(({ stored, alerts }) => alerts.length > 0 || this.#forget(stored));
      for (const told of all) {
        const why = new Set<string>();
        const isWhole = typeof flush === "boolean"
          ? flush
          : told.alerts.every(({ stream }) => flush.has(stream));
        for (const receiver of this.#receiversOf(told)) {
          const { notice, held: reason, account } = this.#step(told, receiver, isWhole);
          if (reason !== "") why.add(reason);
          if (notice !== null) outgoing.push({ told, receiver, account, notice });
        }
        for (const reason of why) held.set(reason, (held.get(reason) ?? 0) + 1);
      }
      const deferred = this.#send(outgoing);
      if (deferred > 0) held.set(BUDGET, deferred);
      for (const told of all) this.#keep(told);
      if (flush !== false) this.state.mutes.prune(this.options.now() - this.options.config.state.keep);
      return held;
    });
  }

  /** Incidents that alerts may belong to: those near in time. */
  #near(alerts: readonly Alert[]): StoredIncident[] {
    const longest = this.#times.longest;
    const reach = Math.max(REACH.least, REACH.windows * longest);
    const times = alerts.flatMap(({ start, end }) => [start, end]).filter((time) => time !== null);
    const near = this.state.incidents.near(Math.min(...times) - reach, Math.max(...times) + reach);
    const own = alerts.flatMap(({ id }) => this.state.alert(id)?.incident || []);
    const missing = [...new Set(own)].filter((id) => near.every((incident) => incident.id !== id));
    return [...near, ...missing.flatMap((id) => this.state.incidents.get(id) ?? [])];
  }

  #begin(id: string): void {
    const body = JSON.stringify(newAccounts());
    this.state.incidents.put({ id, isLive: true, start: NaN, end: NaN, body });
  }

  /** An incident one of whose alerts has changed is looked at again. */
  #awake(id: string): void {
    const stored = id === "" ? null : this.state.incidents.get(id);
    if (stored === null) return;
    this.state.incidents.put({ ...stored, isLive: true, ...spanOf(this.#alertsOf(id)) });
  }

  #alertsOf(incident: string): Alert[] {
    return this.state.incidents.alertsOf(incident).map(({ body }) => parseAlert(body));
  }

  #look(stored: StoredIncident, rules: HoldRules): Told {
    const { id, body } = stored, alerts = this.#alertsOf(id);
    const worth = alerts.filter(({ fired, windows }) => fired && windows > 0);
    const holds = worth.map((alert) => holdOf({ alert, incident: id }, rules));
    const free = worth.filter((_, i) => holds[i] === ""), isHeld = worth.length > 0 && free.length === 0;
    const shown = isHeld ? worth : free;
    const isFiring = ({ status, stream }: Alert) => status === "firing" && this.#times.has(stream); // or nobody reads it any more
    const entries = shown.map((alert) => [alert.id, { severity: alert.severity, isFiring: isFiring(alert) }]);
    const isAcknowledged = this.state.incidents.acknowledgement(id) !== null;
    return {
      ...{ stored, alerts, shown, accounts: parseAccounts(body) },
      facts: { alerts: Object.fromEntries(entries), isAcknowledged, held: isHeld ? holds[0] : "" },
      time: Math.max(...alerts.map(({ stream }) => rules.timeOf(stream)), -8.64e15),
    };
  }

  #receiversOf({ stored: { id: incident }, shown, accounts }: Told): string[] {
    const names = [...this.#channels.keys()];
    const routed = shown.flatMap((alert) => receiversOf({ alert, incident }, this.#routes, names));
    return [...new Set([...routed, ...Object.keys(accounts.lives).filter((name) => names.includes(name))])];
  }

  #step(told: Told, receiver: string, flush: boolean): LifeStep & { account: Account } {
    const { stored: { id: incident }, accounts, facts, time } = told,
      before = accountOf(accounts, receiver, time);
    const step = advance(before.life, facts, { now: time, policy: this.#policy(), flush });
    const account = { ...before, life: step.life, held: step.held };
    accounts.lives[receiver] = account;
    if (step.held !== "" && step.held !== before.held) {
      const { severity, number } = step.life;
      const kind = number === 0 ? "opened" : "update";
      this.#note({ incident, receiver, kind, number, severity, held: step.held, day: null });
    }
    return { ...step, account };
  }

  #policy(): TellingPolicy {
    const { group_wait, group_interval, repeat_interval, longest_repeat, flapping } =
      this.options.config.alerts;
    return {
      ...{ groupWait: group_wait, groupInterval: group_interval, repeatInterval: repeat_interval },
      ...{ longestRepeat: longest_repeat, flapping },
    };
  }

  /** Enqueues messages, the most severe first; returns how many wait for the digest of the day. */
  #send(outgoing: Outgoing[]): number {
    const day = Math.floor(this.options.now() / DAY) * DAY, counts = new Map<string, number>();
    let deferred = 0;
    const inOrder = outgoing.sort((a, b) =>
      compareSeverity(b.notice.severity, a.notice.severity) || (a.told.stored.id < b.told.stored.id ? -1 : 1)
    );
    for (const one of inOrder) {
      const { receiver, account, notice } = one, isEnd = notice.kind === "resolved" && notice.number > 0;
      const count = counts.get(receiver) ?? this.state.incidents.toldOn(receiver, day);
      const isUrgent = compareSeverity(notice.severity, "high") >= 0;
      const waits = isEnd ? account.isDeferred : !isUrgent && count >= this.options.config.alerts.max_per_day;
      account.isDeferred = waits;
      counts.set(receiver, count + Number(!isEnd && !waits));
      deferred += Number(waits);
      this.#enqueue(one, { waits, day });
      this.#note({
        ...{ incident: one.told.stored.id, receiver, kind: notice.kind, number: notice.number },
        ...{ severity: notice.severity, held: waits ? BUDGET : "", day: isEnd || waits ? null : day },
      });
    }
    return deferred;
  }

  #enqueue(
    { told, receiver, account, notice }: Outgoing,
    { waits, day }: { waits: boolean; day: number },
  ): void {
    const message = this.#messageOf(told, account, notice), incident = told.stored.id;
    if (account.topic === "") account.topic = message.topic ?? message.title;
    const payload = JSON.stringify(waits ? { ...message, isOld: true, heldBack: BUDGET } : message);
    const queuedAt = this.options.now(), dueAt = waits ? day + DAY : queuedAt;
    for (const channel of this.#channels.get(receiver) ?? []) {
      const key = `${incident}.${notice.number}.${channel}`;
      this.state.deliveries.enqueue({ key, alert: incident, channel, payload, dueAt, queuedAt });
    }
  }

  #messageOf(told: Told, { topic }: Account, notice: Notice): Message {
    const { stored: { id }, alerts, shown } = told, { config, program, report } = this.options;
    const incident = incidentFrom(id, shown.length > 0 ? shown : alerts, {
      windowOf: (stream) => this.#times.windowOf(stream),
    });
    const [lead] = incident.alerts, window = this.#times.windowOf(lead.stream);
    const mutes = this.state.mutes.all().map(muteOf);
    const deployment =
      incident.alerts.map((alert) => deploymentOf({ alert, incident: id }, { mutes }, window))
        .find((one) => one !== null) ?? null;
    const before = lead.start === null ? undefined : this.state.incidents.earlier(lead, lead.start);
    const pages = config.dashboard.base_url;
    const message = noticeMessage(incident, notice, { topic, report, pages, program, before, deployment });
    const chart = chartOf(lead, window, this.state);
    return {
      ...message,
      isOld: notice.number === 0 && notice.isOver && this.#isOld(incident),
      ...chart !== undefined && { chart },
    };
  }

  /** On a live log: over so long ago that nobody can do anything about it any more. */
  #isOld({ alerts, end }: { alerts: readonly Alert[]; end: number | null }): boolean {
    return end !== null && end < this.options.now() - OLD &&
      alerts.every(({ stream }) => !this.#times.isData(stream));
  }

  #note(notice: Omit<Parameters<State["incidents"]["note"]>[0], "at">): void {
    this.state.incidents.note({ ...notice, at: this.options.now() });
  }

  /** An incident whose alerts are forgotten sleeps; `false`, as it is nothing to tell of. */
  #forget(stored: StoredIncident): boolean {
    this.state.incidents.put({ ...stored, isLive: false });
    return false;
  }

  /** Keeps what was told; an incident of which nothing more can be told sleeps until one of its alerts changes. */
  #keep({ stored, accounts, alerts, facts }: Told): void {
    const isOver = !Object.values(facts.alerts).some(({ isFiring }) => isFiring);
    const isPassed = ({ phase, wasHeld }: Life) => phase === "waiting" && wasHeld && isOver; // nobody will hear of it
    const isLive = Object.values(accounts.lives).some(({ life }) =>
      !isSettled(life, facts) && !isPassed(life)
    );
    if (facts.isAcknowledged && isOver && !isLive) this.state.incidents.forgetAcknowledgement(stored.id);
    const body = JSON.stringify(accounts);
    this.state.incidents.put({ ...stored, isLive, body, ...spanOf(alerts) });
  }
}

/** From when until when alerts that have windows last, ms; NaN where none has times. */
function spanOf(alerts: readonly Alert[]): { start: number; end: number } {
  const starts = alerts.flatMap(({ start }) => start ?? []), ends = alerts.flatMap(({ end }) => end ?? []);
  const least = Math.min(...starts), greatest = Math.max(...ends);
  return { start: starts.length === 0 ? NaN : least, end: ends.length === 0 ? NaN : greatest };
}
