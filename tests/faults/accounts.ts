/**
 * What the outbox says was sent to a channel, held against what its other side has.
 *
 * @module
 */
import { digest } from "../../runner/alert/digest.ts";
import type { Message } from "../../runner/alert/message.ts";
import { isOver } from "../../runner/alert/message_kind.ts";
import type { Arrival } from "./arrival.ts";

/** A message as the outbox keeps it. */
export interface Sent {
  key: string;
  incident: string;
  /** Messages about the incident before it. */
  number: number;
  isOver: boolean;
  status: string;
}

/** What happened to messages of one channel. */
export interface Account {
  channel: string;
  incidents: number;
  /** Messages in the outbox. */
  messages: number;
  /** Messages that the other side took, and how many of them it did not have yet. */
  taken: number;
  distinct: number;
  /** What came again under its key, by why: its answer never came, its sender was killed behind it, for no reason. */
  repeated: { lost: number; killed: number; unexplained: number };
  /** Of them those that came under another key: none may. */
  twoKeys: number;
  /** Of the messages that follow others those that name the first one; `null` where the channel has no threads. */
  threaded: { right: number; of: number } | null;
  /** Ends that were told. */
  resolved: number;
  /** Messages that never came. */
  lost: string[];
  /** What is wrong, for people. */
  faults: string[];
}

/** What may explain that a message came twice. */
export interface Explanations {
  /** Whether its sender was told that it was taken. */
  isAnswered: (arrival: Arrival) => boolean;
  /** Whether its sender was killed before it could write that down. */
  isCutOff: (arrival: Arrival) => boolean;
}

/** The outbox's rows of a channel, from the state database: `key, alert, status, payload`. */
export function sentRow({ key, alert, status, payload }: Record<string, unknown>): Sent {
  const message: Message = JSON.parse(String(payload)), { number = 0 } = message;
  return {
    key: String(key),
    incident: String(alert),
    status: String(status),
    number,
    isOver: isOver(message),
  };
}

/** Holds a channel's outbox against what arrived. */
export function accountOf(
  channel: string,
  outbox: readonly Sent[],
  arrivals: readonly Arrival[],
  explained: Explanations,
): Account {
  const first = new Map<string, Arrival>(),
    repeated = { lost: 0, killed: 0, unexplained: 0 },
    faults: string[] = [];
  let twoKeys = 0;
  for (const arrival of arrivals) {
    const told = toldBy(arrival, outbox, channel);
    if (told.length === 0) faults.push(`${channel}: ${arrival.key} is no message of the outbox`);
    const [before] = told.flatMap(({ key }) => first.get(key) ?? []);
    if (before !== undefined) {
      if (before.key !== arrival.key) {
        twoKeys++;
        faults.push(`${channel}: ${before.key} came again as ${arrival.key}`);
      }
      const why = !explained.isAnswered(before)
        ? "lost"
        : explained.isCutOff(before)
        ? "killed"
        : "unexplained";
      repeated[why]++;
      if (why === "unexplained") {
        faults.push(`${channel}: ${arrival.key} came again, though ${before.key} was answered`);
      }
    }
    for (const { key } of told) if (!first.has(key)) first.set(key, arrival);
  }
  const threaded = arrivals.some(({ id }) => id.startsWith("<")) ? threadsOf(arrivals) : null;
  if (threaded !== null && threaded.right < threaded.of) {
    faults.push(
      `${channel}: ${threaded.of - threaded.right} mails do not follow the first one of their incident`,
    );
  }
  const waiting = outbox.filter(({ status }) => status !== "sent");
  const lost = outbox.filter(({ key }) => !first.has(key)).map(({ key }) => key);
  return {
    channel,
    incidents: new Set(outbox.map(({ incident }) => incident)).size,
    messages: outbox.length,
    taken: arrivals.length,
    distinct: new Set(first.values()).size,
    ...{ repeated, twoKeys, threaded },
    resolved: outbox.filter(({ isOver }) => isOver).length,
    lost,
    faults: [
      ...faults,
      ...lost.map((key) => `${channel}: ${key} never came`),
      ...waiting.map(({ key, status }) => `${channel}: ${key} is ${status}, not sent`),
      ...gapsIn(outbox).map((fault) => `${channel}: ${fault}`),
    ],
  };
}

/** The messages of the outbox that an arrival tells: its own, or several of its incident, by the name that they have together. */
export function toldBy({ key, incident }: Arrival, outbox: readonly Sent[], channel: string): Sent[] {
  const own = outbox.find((sent) => sent.key === key);
  if (own !== undefined) return [own];
  const about = outbox.filter((sent) => sent.incident === incident).sort((a, b) => a.number - b.number);
  for (let from = 0; from < about.length; from++) {
    for (let to = from + 2; to <= about.length; to++) {
      const together = about.slice(from, to), keys = together.map(({ key }) => key).sort();
      if (key === `summary-${digest(keys.join(" "))}.${channel}`) return together;
    }
  }
  return [];
}

/** How many of the mails that follow others name the first one about their incident, which has come before. */
function threadsOf(arrivals: readonly Arrival[]): { right: number; of: number } {
  const known = new Set<string>();
  let right = 0, of = 0;
  for (const { id, incident, follows } of arrivals) {
    const first = id.startsWith(`<incident.${incident}.`);
    if (!first) {
      of++;
      right += Number(
        follows.length > 1 &&
          follows.every((one) => one.startsWith(`<incident.${incident}.`) && known.has(one)),
      );
    }
    known.add(id);
  }
  return { right, of };
}

/** Incidents whose messages are not numbered one by one. */
function gapsIn(outbox: readonly Sent[]): string[] {
  return [...Map.groupBy(outbox, ({ incident }) => incident)].flatMap(([incident, sent]) => {
    const numbers = sent.map(({ number }) => number).sort((a, b) => a - b);
    return numbers.every((number, i) => number === i)
      ? []
      : [`incident ${incident} has messages ${numbers.join()}`];
  });
}
