/**
 * From alerts to messages that wait to be sent.
 *
 * A run that goes on tells incidents as their lives go (`life.ts`, `teller.ts`); a one-off run, which keeps nothing, tells each alert
 * once ({@linkcode planDeliveries}). Messages are taken from the outbox afterwards ({@linkcode Courier} in `courier.ts`). A message's
 * key is never used again, so that none is in the outbox twice.
 *
 * @module
 */
import type { Alert } from "./alert.ts";
import { messageGroups } from "./incident_message.ts";
import { incidentsOf } from "./incidents.ts";
import { messageOf, type MessageOptions } from "./message.ts";
import type { RaisedAlerts } from "./raise_alerts.ts";
import { compareAlerts } from "./severity.ts";

/** A message that must be sent. */
export interface PlannedDelivery {
  key: string;
  alert: string;
  channel: string;
  payload: string;
  /** Milliseconds since the epoch; not sent before. */
  dueAt: number;
}

/** A message in the outbox, with its history. */
export interface DueDelivery extends PlannedDelivery {
  attempts: number;
  /** Since when it waits, milliseconds since the epoch. */
  queuedAt: number;
  lastError: string;
  /** Key under which it was sent last, where it may have arrived; empty = it has not. */
  triedAs: string;
}

/** Where messages wait; `State` in `lib/store` is one. */
export interface Outbox {
  due(now: number): DueDelivery[];
  /** It is sent under the key `as`: from now on it may have arrived; empty = it certainly has not. */
  tried(key: string, as: string): void;
  /** `remark` says whom it did not reach all the same. */
  delivered(key: string, now: number, remark: string): void;
  failed(key: string, how: { error: string; now: number; nextAt: number; dead: boolean }): void;
  /** Everything that `run` writes, or nothing. */
  transaction<T>(run: () => T): T;
}

/** What {@linkcode planDeliveries} must know. */
export interface PlanOptions extends Omit<MessageOptions, "was"> {
  /** Names of the channels to tell; of each alert, where that depends on it. */
  channels: readonly string[] | ((alert: Alert) => readonly string[]);
  /** Time of the plan, ms since the epoch. */
  now: number;
  /** Length of a stream's time windows, ms; default: five minutes. */
  windowOf?: (stream: string) => number;
  /** Alerts that nobody can do anything about any more: they are told together. Default: none is. */
  isOld?: (alert: Alert) => boolean;
}

/** Name of the message to `channel` about an alert that is so severe: the same whenever it is planned again. */
function deliveryKey({ id, severity }: Pick<Alert, "id" | "severity">, channel: string): string {
  return `${id}.${severity}.${channel}`;
}

/**
 * The messages to put into the outbox: one an alert and channel, most important first, for alerts that were opened and
 * those that have become more severe. What belongs to one incident is told as one message: its group says so.
 *
 * @param raised What came of a stretch of verdicts.
 */
export function planDeliveries(
  { opened, worse }: Pick<RaisedAlerts, "opened" | "worse">,
  options: PlanOptions,
): PlannedDelivery[] {
  const { channels, now: dueAt, isOld = () => false, windowOf, ...shown } = options;
  const told = [...opened.map((alert) => ({ alert, was: undefined })), ...worse]
    .sort((a, b) => compareAlerts(a.alert, b.alert));
  const incidents = incidentsOf(told.map(({ alert }) => alert), { windowOf });
  const groups = new Map(incidents.flatMap((incident) => [...messageGroups(incident)]));
  const messages = told.map(({ alert, was }) => {
    const group = groups.get(alert.id), together = group === undefined ? {} : { group };
    return { alert, message: { ...messageOf(alert, { ...shown, was }), isOld: isOld(alert), ...together } };
  });
  const channelsOf = typeof channels === "function" ? channels : () => channels;
  const all = new Set(messages.flatMap(({ alert }) => channelsOf(alert)));
  return [...all].flatMap((channel) =>
    messages.filter(({ alert }) => channelsOf(alert).includes(channel)).map(({ alert, message }) => ({
      key: deliveryKey(alert, channel),
      alert: alert.id,
      channel,
      payload: JSON.stringify(message),
      dueAt,
    }))
  );
}
