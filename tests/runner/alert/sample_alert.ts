/**
 * Alerts and messages for tests.
 *
 * @module
 */
import type { Reason, Verdict } from "../../../lib/explain/reason.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import { type Message, messageOf } from "../../../runner/alert/message.ts";
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
  const reason = sampleReason({ title: HOSTILE, example: HOSTILE });
  return sampleMessage({ key: HOSTILE, service: HOSTILE, reasons: [reason] });
}
