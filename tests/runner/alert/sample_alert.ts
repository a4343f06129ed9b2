/**
 * Alerts and messages for tests.
 *
 * @module
 */
import type { Reason, Verdict } from "../../../lib/explain/reason.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import {
  type Message,
  type MessageChart,
  type MessageKind,
  messageOf,
} from "../../../runner/alert/message.ts";
import { summaryOf } from "../../../runner/alert/summary_message.ts";
import { plainLine } from "../../../runner/alert/plain_text.ts";
import { raiseAlerts } from "../../../runner/alert/raise_alerts.ts";

/** Log text that would do harm wherever it is taken for more than text. */
export const HOSTILE =
  "<script>alert(1)</script> <!channel> `rm -rf` \x1b[2J\x1b]0;owned\x07 \u202egnp.exe\r\nBcc: a@b.c $(id) & ' \"";

/** A reason to show. */
export function sampleReason(some: Partial<Reason> = {}): Reason {
  return {
    detector: "new-template",
    kind: "template",
    id: "t1",
    title: "Payment gateway <*> refused connection after <*> ms",
    share: 0.8,
    actual: 37,
    expected: 0.2,
    firstSeen: Date.UTC(2026, 2, 2, 14, 3, 20),
    example: "Payment gateway eu-1 refused connection after 3000 ms",
    ...some,
  };
}

/** A threat as a reason. */
export function sampleThreat(some: Partial<Reason> = {}): Reason {
  return {
    ...sampleReason(),
    detector: "threat:password-guessing",
    kind: "source",
    id: "password-guessing 192.0.2.7",
    title: "192.0.2.7",
    note: "1,078 failed logins from 192.0.2.7",
    technique: { id: "T1110.001", name: "Brute Force: Password Guessing" },
    severity: "low",
    since: Date.UTC(2026, 2, 2, 13, 0),
    ...{ actual: 1078, expected: 0, firstSeen: null, example: "" },
    ...some,
  };
}

/** An anomalous window of a shop. */
export function sampleVerdict(some: Partial<Verdict> = {}): Verdict {
  const start = Date.UTC(2026, 2, 2, 14, 0);
  return {
    stream: "shop",
    key: "checkout@2026-03-02T14:00:00.000Z",
    kind: "window",
    service: "checkout",
    start,
    end: start + 300_000,
    lines: 1204,
    score: 4.2,
    threshold: 1,
    anomalous: true,
    reasons: [
      sampleReason(),
      sampleReason({ id: "error", kind: "level", title: "error", share: 0.2, example: "" }),
    ],
    ...some,
  };
}

/** The alert that opens with such a window. */
export function sampleAlert(some: Partial<Verdict> = {}): Alert {
  const context = { lineage: "m1", window: 300_000, retention: 3_600_000, watermark: 0 };
  return raiseAlerts([sampleVerdict(some)], [], context).opened[0];
}

/** The message about it. */
export function sampleMessage(some: Partial<Verdict> = {}): Message {
  return messageOf(sampleAlert(some), { report: "/srv/reports/2026-03-02.html" });
}

/** A message whose every text comes from a hostile log. */
export function hostileMessage(): Message {
  const reason = sampleReason({ title: HOSTILE, example: HOSTILE, note: HOSTILE });
  const threat = sampleThreat({ title: HOSTILE, note: HOSTILE, share: 0.1 });
  const order = sampleReason({
    kind: "order",
    id: "t1 t2",
    title: HOSTILE,
    note: `\`${HOSTILE}\` at the end`,
    share: 0.1,
  });
  const message = sampleMessage({ key: HOSTILE, service: HOSTILE, reasons: [reason, threat, order] });
  const told = plainLine(HOSTILE, 300);
  return {
    ...message,
    meanings: [{
      about: told,
      kind: "disk" as const,
      category: told,
      title: told,
      cause: told,
      check: told,
      percent: 90,
    }],
  };
}

/** Scores around the sample alert. */
export function sampleChart(): MessageChart {
  const start = Date.UTC(2026, 2, 2, 11, 0);
  const ratios = Array.from(
    { length: 42 },
    (_, i) => i === 5 ? null : i >= 36 && i < 39 ? 4.2 - (i - 36) : 0.3,
  );
  return { start, size: 300_000, ratios, anomalous: [36, 37, 38] };
}

/** A hostile message of each kind; those about one incident are in the order in which they would be told. */
export function messagesOfEachKind(): Record<MessageKind, Message> {
  const hostile = hostileMessage(), incident = "0a1b2c3d4e5f6071", topic = hostile.title;
  const told = (kind: MessageKind, number: number): Message => ({
    ...hostile,
    ...{ kind, number, incident, topic, chart: sampleChart() },
    silence: `deno task deepscan silence ${incident}`,
    acknowledge: `deno task deepscan alerts ack ${incident}`,
  });
  return {
    opened: told("opened", 0),
    update: told("update", 1),
    worse: {
      ...told("worse", 2),
      severity: "critical",
      title: hostile.title.replace(/^\[\w+/, "$&, was low"),
    },
    repeat: told("repeat", 3),
    resolved: { ...told("resolved", 4), status: "resolved" },
    again: told("again", 5),
    digest: { ...summaryOf([hostile, hostileMessage(), sampleMessage()]), kind: "digest" },
  };
}
