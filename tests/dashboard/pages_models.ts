/**
 * Made-up versions of the model, and the card of one.
 *
 * @module
 */
import type { ModelCard } from "../../runner/dashboard/data/model.ts";
import type { ModelList, ModelRow } from "../../runner/dashboard/data/models.ts";
import { END, SPAN } from "./pages_sample.ts";

const HOUR = 3_600_000;

/** A version of the model. */
export function sampleModel(other: Partial<ModelRow> = {}): ModelRow {
  return {
    ...{
      version: "2026-03-04T00-00-00Z",
      parent: null,
      createdAt: END - 60 * HOUR,
      bytes: 1_204_224,
      isActive: true,
    },
    ...{ isCandidate: false, problem: "" },
    streams: [
      {
        name: "shop",
        from: END - 132 * HOUR,
        to: END - 60 * HOUR,
        records: 812_000,
        windows: 864,
        templates: 41,
        scopes: ["checkout", "payment"],
        fingerprint: "ab12",
      },
      {
        name: "db",
        from: END - 132 * HOUR,
        to: END - 60 * HOUR,
        records: 12_000,
        windows: 864,
        templates: 17,
        scopes: ["db"],
        fingerprint: "cd34",
      },
    ],
    ...other,
  };
}

/** The versions. */
export function sampleModels(): ModelList {
  const key = "checkout@2026-03-06T09:05:00.000Z";
  return {
    span: SPAN,
    ...{
      active: "2026-03-04T00-00-00Z",
      candidate: "2026-03-06T00-00-00Z",
      previous: "2026-03-01T00-00-00Z",
    },
    versions: [
      sampleModel({
        version: "2026-03-06T00-00-00Z",
        isActive: false,
        isCandidate: true,
        parent: "2026-03-04T00-00-00Z",
      }),
      sampleModel(),
      sampleModel({
        version: "2026-03-01T00-00-00Z",
        isActive: false,
        problem: "made by an older version of DeepScan",
        streams: [],
      }),
    ],
    activations: [{ version: "2026-03-04T00-00-00Z", at: END - 60 * HOUR, how: "trained" }, {
      version: "2026-03-01T00-00-00Z",
      at: null,
      how: "rolled back by ada",
    }],
    drift: [
      {
        stream: "shop",
        days: 3,
        monitors: [{
          what: "records a day",
          before: 140_000,
          now: 190_000,
          drifted: true,
          text: "more than a third more",
        }, { what: "unseen templates", before: .0001, now: .0002, drifted: false, text: "share of records" }],
      },
      { stream: "db", days: 0, monitors: [] },
    ],
    trial: {
      ...{ version: "2026-03-06T00-00-00Z", outcome: "wait", why: ["It has judged 12 h of 1 d."] },
      streams: [{
        ...{
          stream: "shop",
          windows: 288,
          span: 12 * HOUR,
          active: 3,
          candidate: 4,
          addedCount: 1,
          droppedCount: 0,
          dropped: [],
        },
        added: [{
          key,
          start: END - 38 * 300_000,
          active: .7,
          candidate: 1.4,
          title: "retry <*> of <*> in <*> ms",
        }],
      }],
    },
    canActivate: true,
  };
}

/** The card of a version. */
export function sampleCard(): ModelCard {
  const upTo = Array.from({ length: 24 }, (_, i) => (i + 1) / 12),
    counts = upTo.map((end) => Math.floor(900 * Math.exp(-4 * end)));
  return {
    span: SPAN,
    row: sampleModel({ parent: "2026-03-01T00-00-00Z" }),
    streams: [{
      name: "shop",
      facts: [{ name: "Format", value: "log4j" }, { name: "Windows", value: "5 min" }, {
        name: "Trained on",
        value: "2026-03-01 – 2026-03-04",
      }],
      thresholds: [
        {
          scope: "checkout",
          detectors: ["record", "total", "order"],
          rule: "budget",
          threshold: 1,
          text: "1 false alarm a day",
          histogram: { upTo, counts },
        },
        {
          scope: "*",
          detectors: ["record"],
          rule: "quantile",
          threshold: .018,
          text: "",
          histogram: { upTo: [], counts: [] },
        },
      ],
    }],
    drift: [],
    changes: ["The threshold of checkout is 1 instead of 1.2"],
    others: ["2026-03-01T00-00-00Z"],
  };
}
