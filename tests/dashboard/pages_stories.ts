/**
 * Made-up data for the views of one incident and one service.
 *
 * @module
 */
import type { AlertView, IncidentStory, LineView, ReasonView } from "../../runner/dashboard/data/incident.ts";
import type { ServiceDetail } from "../../runner/dashboard/data/services.ts";
import * as sample from "./pages_sample.ts";
import { sampleTemplates } from "./pages_templates.ts";

const { END, SPAN } = sample, HOUR = 3_600_000, BEGAN = END - 38 * 300_000;

/** A reason. */
export function sampleReason(other: Partial<ReasonView> = {}): ReasonView {
  return {
    kind: "unseen",
    detector: "new-template",
    title: "Payment gateway <*> refused connection after <*> ms",
    note: "never seen before",
    share: .62,
    actual: 37,
    expected: 0,
    counts: "37 times, expected 0",
    firstSeen: BEGAN,
    level: "error",
    example: "2026-03-06 08:50:12,044 ERROR Payment gateway eu-1 refused connection after 3000 ms",
    exampleElsewhere: false,
    template: "a1b2c3d4",
    mostly: ["gateway=eu-1 (92 %, never before)"],
    technique: "",
    ...other,
  };
}

/** An alert. */
export function sampleAlert(other: Partial<AlertView> = {}): AlertView {
  return {
    ...{
      id: "9f8e7d6c",
      stream: "shop",
      service: "checkout",
      kind: "window",
      status: "firing",
      severity: "high",
    },
    title: "[high] shop/checkout: new: Payment gateway <*> refused connection after <*> ms",
    ...{ start: BEGAN, end: BEGAN + HOUR, windows: 12, records: 5_204, score: 7.8, threshold: 1 },
    worstKey: "checkout@2026-03-06T09:05:00.000Z",
    reasons: [
      sampleReason(),
      sampleReason({
        ...{
          kind: "total",
          detector: "total",
          title: "all events",
          note: "",
          share: .25,
          actual: 310,
          expected: 640,
        },
        ...{
          counts: "310 records, expected 640",
          firstSeen: null,
          level: "",
          example: "",
          template: null,
          mostly: [],
        },
      }),
      sampleReason({
        ...{
          kind: "value",
          detector: "value",
          title: "duration of request <*> served in <*> ms",
          share: .13,
        },
        ...{
          note: "4.1 s, usually at most 0.3 s",
          counts: "4.1 s, usually at most 0.3 s",
          level: "info",
          firstSeen: null,
        },
        ...{ example: "request 4711 served in 4100 ms", exampleElsewhere: true, template: "d4", mostly: [] },
      }),
    ],
    detectors: [{ detector: "new-template", share: .62 }, { detector: "total", share: .25 }, {
      detector: "value",
      share: .13,
    }],
    said: null,
    ...other,
  };
}

function sampleLines(): LineView[] {
  return Array.from({ length: 14 }, (_, i) => ({
    stream: i % 5 === 4 ? "db" : "shop",
    service: i % 5 === 4 ? "db" : "checkout",
    level: i % 4 === 2 ? 17 : 9,
    time: BEGAN + 300_000 * Math.floor(i / 5),
    text: i % 4 === 2
      ? `2026-03-06 08:50:${12 + i},044 ERROR Payment gateway eu-1 refused connection after 3000 ms`
      : `2026-03-06 08:50:${12 + i},0${i} INFO request ${4711 + i} served in ${9 + i} ms`,
    template: i % 4 === 2 ? "a1b2c3d4" : "d4",
    isReason: true,
  }));
}

/** The story of an incident. */
export function sampleStory(other: Partial<IncidentStory> = {}): IncidentStory {
  return {
    span: SPAN,
    row: sample.sampleIncident(),
    meanings: [{
      text: "Payment gateway <*> refused connection after <*> ms",
      title: "A service that this one needs can't be reached",
      cause: "It is down, restarts, or a firewall is between them",
      check: "Whether the payment gateway runs and its port answers from this machine",
    }],
    alerts: [
      sampleAlert(),
      sampleAlert({
        id: "8e7d6c5b",
        service: "payment",
        severity: "medium",
        status: "resolved",
        title: "[medium] shop/payment: far fewer records than usual: 12 instead of 640",
        said: { said: "true", note: "followed from it", at: END - HOUR },
      }),
    ],
    windows: [{
      ...{
        stream: "shop",
        key: "checkout@2026-03-06T09:05:00.000Z",
        service: "checkout",
        start: BEGAN,
        end: BEGAN + 300_000,
      },
      ...{
        lines: 412,
        score: 7.8,
        threshold: 1,
        model: "v3",
        title: "Payment gateway <*> refused connection after <*> ms",
        alert: "9f8e7d6c",
      },
    }],
    windowCount: 12,
    scores: sample.sampleScores(),
    volume: sample.sampleVolume(),
    anomalies: sample.sampleAnomalies(),
    lines: sampleLines(),
    changes: [
      {
        what: "new",
        stream: "shop",
        template: "a1b2c3d4",
        text: "Payment gateway <*> refused connection after <*> ms",
        actual: 431,
        expected: 0,
        at: BEGAN,
      },
      {
        what: "less",
        stream: "shop",
        template: "d4",
        text: "request <*> served in <*> ms",
        actual: 3_700,
        expected: 7_680,
        at: null,
      },
      {
        what: "gone",
        stream: "shop",
        template: "e5",
        text: "payment of order <*> settled",
        actual: 0,
        expected: 540,
        at: null,
      },
      {
        what: "more",
        stream: "shop",
        template: "c3d4e5f6",
        text: "retry <*> of <*> in <*> ms",
        actual: 900,
        expected: 12,
        at: null,
      },
    ],
    similar: [{
      incident: sample.sampleIncidents()[1],
      similarity: .71,
      common: ["No space left on device", "deadlock detected"],
    }],
    notices: [
      {
        at: BEGAN + 60_000,
        kind: "opened",
        receiver: "ops@example.com",
        severity: "high",
        text: "told as the first message of the incident",
      },
      {
        at: BEGAN + HOUR,
        kind: "update",
        receiver: "ops@example.com",
        severity: "high",
        text: "payment joined it",
      },
    ],
    deployment: "Began 4 min after shop 2.14.0 was deployed",
    silences: [{ id: "s1", text: "service payment", until: END + HOUR, who: "grace", note: "known" }],
    commands: [{
      what: "The whole reasoning of the worst window",
      command: "deno task deepscan explain checkout@2026-03-06T09:05:00.000Z",
    }],
    ...other,
  };
}

/** One service. */
export function sampleServiceDetail(): ServiceDetail {
  return {
    span: sample.SPAN,
    row: sample.sampleOverview().services[0],
    volume: sample.sampleVolume(.4),
    anomalies: sample.sampleAnomalies(),
    scores: sample.sampleScores(),
    incidents: sample.sampleIncidents().slice(0, 2),
    errorTypes: sampleTemplates().slice(0, 1),
  };
}
