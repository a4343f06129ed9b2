/**
 * A made-up state of DeepScan itself.
 *
 * @module
 */
import type { Health } from "../../runner/dashboard/data/health.ts";
import { END, SPAN } from "./pages_sample.ts";

const HOUR = 3_600_000;

/** How DeepScan does. */
export function sampleHealth(): Health {
  const days = Array.from(
    { length: 6 },
    (_, i) => ({
      day: END - (6 - i) * 24 * HOUR,
      read: 140_000 + 9_000 * i,
      unparsed: 364,
      unseen: .0001 * i,
    }),
  );
  const delay = { stream: "shop", newest: END - 20_000, delay: 20_000, readAt: END - 5_000 };
  return {
    span: SPAN,
    checks: [
      { name: "data", status: "warning", text: "web was silent for 2 h" },
      { name: "runs", status: "ok", text: "the last one ended 5 s ago" },
      { name: "outbox", status: "failed", text: "1 message was given up" },
    ],
    streams: [
      {
        stream: "shop",
        model: "2026-03-04T00-00-00Z",
        clock: "wall",
        phase: "judging",
        delay,
        inputs: [{ name: "/var/log/shop/shop.log", position: "12.3 MB of file 4711", behind: 0 }, {
          name: "/var/log/shop/shop.log.1",
          position: "read",
          behind: 120_000,
        }],
        read: 182_044,
        unparsed: 364,
        unseen: 54,
        days,
      },
      {
        stream: "auth",
        model: "",
        clock: "data",
        phase: "collects until 2026-03-07 10:00",
        delay: { ...delay, stream: "auth", delay: null },
        inputs: [],
        read: 800,
        unparsed: 96,
        unseen: 0,
        days: [],
      },
    ],
    outbox: {
      due: 1,
      sent: 14,
      dead: 1,
      messages: [
        {
          key: "0a1b.2",
          channel: "email",
          status: "due",
          attempts: 2,
          since: END - HOUR,
          dueAt: END + 60_000,
          error: "connect ECONNREFUSED 127.0.0.1:25",
        },
        {
          key: "0a1b.1",
          channel: "slack",
          status: "dead",
          attempts: 8,
          since: END - 9 * HOUR,
          dueAt: END,
          error: "404 no such channel",
        },
      ],
    },
    findings: [{ status: "due", kind: "verdict", count: 12 }],
    runs: [
      {
        command: "detect",
        startedAt: END - 60_000,
        finishedAt: END - 55_000,
        lines: 5_000,
        windows: 12,
        anomalous: 2,
        skipped: false,
      },
      {
        command: "detect",
        startedAt: END - 360_000,
        finishedAt: null,
        lines: 0,
        windows: 0,
        anomalous: 0,
        skipped: true,
      },
    ],
    state: {
      bytes: 41_000_000,
      free: 1_200_000,
      limit: 4_000_000_000,
      schema: 12,
      keep: 90 * 24 * HOUR,
      verdicts: 51_840,
    },
    process: { uptime: 7_200_000, memory: 81_000_000, clients: 2, requests: 412, slowest: 84 },
    audit: [{
      at: END - HOUR,
      who: "ada",
      from: "127.0.0.1",
      problem: "",
      what: "acknowledge",
      about: "incident 1b2c3d4e",
      note: "making room",
    }],
  };
}
