/**
 * An outbox in memory, a clock that only moves when somebody waits, and a channel that does as told.
 *
 * @module
 */
import { type Channel, ChannelError } from "../../../runner/alert/channels/channel.ts";
import { Courier, type CourierOptions } from "../../../runner/alert/courier.ts";
import {
  type DueDelivery,
  type Outbox,
  planDeliveries,
  type PlannedDelivery,
} from "../../../runner/alert/outbox.ts";
import type { Message } from "../../../runner/alert/message.ts";
import { sampleAlert } from "./sample_alert.ts";

/** An outbox in memory that behaves as the state database does. */
export class MemoryOutbox implements Outbox {
  readonly all = new Map<string, DueDelivery & { status: "due" | "sent" | "dead" }>();

  enqueue(delivery: PlannedDelivery): boolean {
    if (this.all.has(delivery.key)) return false;
    this.all.set(delivery.key, {
      ...{ ...delivery, attempts: 0, lastError: "", triedAs: "", queuedAt: delivery.dueAt, status: "due" },
    });
    return true;
  }

  due(now: number): DueDelivery[] {
    return [...this.all.values()].filter((d) => d.status === "due" && d.dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
  }

  tried(key: string, as: string): void {
    this.all.get(key)!.triedAs = as;
  }

  delivered(key: string, _now: number, remark: string): void {
    Object.assign(this.all.get(key)!, { status: "sent", lastError: remark });
  }

  transaction<T>(run: () => T): T {
    return run();
  }

  failed(key: string, { error, nextAt, dead }: Parameters<Outbox["failed"]>[1]): void {
    const delivery = this.all.get(key)!;
    Object.assign(delivery, {
      attempts: delivery.attempts + 1,
      lastError: error,
      dueAt: nextAt,
      status: dead ? "dead" : "due",
    });
  }
}

/** A clock that only moves when somebody waits, and a channel that does as told. */
export function stage(
  script: (n: number, message: Message) => void = () => {},
  some: Partial<CourierOptions> & { spacing?: number } = {},
) {
  const outbox = new MemoryOutbox(), sent: { key: string; at: number; message: Message }[] = [];
  const clock = { now: 0 };
  let calls = 0;
  const channel: Channel = {
    name: "mail",
    spacing: some.spacing ?? 0,
    send: (message, { key }) => {
      script(calls++, message);
      sent.push({ key, at: clock.now, message });
      return Promise.resolve({ answer: "ok", remark: "" });
    },
  };
  const options: CourierOptions = {
    now: () => clock.now,
    random: () => 0.5,
    wait: (milliseconds) => {
      clock.now += milliseconds;
      return Promise.resolve();
    },
    giveUpAfter: 10_000,
    firstDelay: 1000,
    longestDelay: 60_000,
    timeout: 100,
    ...some,
  };
  const courier = () => new Courier(outbox, new Map([["mail", channel]]), options);
  return {
    ...{ outbox, sent, clock, options, courier },
    plan: (n: number, verdict: Parameters<typeof sampleAlert>[0] = {}) => enqueue(outbox, n, verdict),
    run: () => runOf(courier()),
  };
}

/** Plans messages about alerts of services of their own, a day apart from each other. */
function enqueue(outbox: Outbox & MemoryOutbox, n: number, verdict: Parameters<typeof sampleAlert>[0]): void {
  const name = JSON.stringify(verdict),
    opened = Array.from({ length: n }, (_, i) => {
      const start = Date.UTC(2026, 2, 2 + i);
      return sampleAlert({ start, end: start + 300_000, ...verdict, key: `k${i}${name}` });
    });
  for (const delivery of planDeliveries({ opened, worse: [] }, { channels: ["mail"], now: 0 })) {
    outbox.enqueue(delivery);
  }
}

/** Sends all; what became of it. */
export async function runOf(courier: Courier) {
  await courier.sendAll();
  return courier.report;
}

/** A channel's failure. */
export const fails = (options?: ConstructorParameters<typeof ChannelError>[1]) => () => {
  throw new ChannelError("Cannot send to mail: no", options);
};

/** What `alerts retry` does. */
export function retry(row: DueDelivery & { status: string }, now: number): void {
  if (row.status === "sent") return;
  Object.assign(row, { status: "due", attempts: 0, dueAt: now, queuedAt: now });
}
