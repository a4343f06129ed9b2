/**
 * Who is measured, and the table of what came of it.
 *
 * @module
 */
import type { ReportTable } from "../templates/report.ts";
import type { Measured, PeerJob } from "./peer.ts";

/** A way to send or to read all documents. */
export interface Contender {
  task: "ship" | "read";
  name: string;
  inFlight: number;
  isPeer: boolean;
  /** For the Python client. */
  job?: PeerJob;
}

const FLIGHTS = [1, 2, 4];

/** Chunks of 500 and answers of 1,000 are the defaults of Python's client; larger ones what people tune them to. */
export const CONTENDERS: readonly Contender[] = [
  ...FLIGHTS.map((inFlight) => ours("ship", "deepscan ship", inFlight)),
  peer("ship", { work: "bulk", inFlight: 1, size: 500 }),
  peer("ship", { work: "streaming_bulk", inFlight: 1, size: 5000 }),
  ...FLIGHTS.slice(1).map((inFlight) => peer("ship", { work: "parallel_bulk", inFlight, size: 500 })),
  ...FLIGHTS.slice(1).map((inFlight) => peer("ship", { work: "parallel_bulk", inFlight, size: 5000 })),
  ...FLIGHTS.map((inFlight) => ours("read", "IndexInput", inFlight)),
  peer("read", { work: "scan", inFlight: 1, size: 1000 }),
  ...FLIGHTS.map((inFlight) => peer("read", { work: "scan", inFlight, size: 5000 })),
];

function ours(task: Contender["task"], name: string, inFlight: number): Contender {
  return { task, name, inFlight, isPeer: false };
}

function peer(task: Contender["task"], job: PeerJob): Contender {
  return { task, name: `helpers.${job.work}, ${job.size}`, inFlight: job.inFlight, isPeer: true, job };
}

/** What one pass of one contender came to. */
export interface Measurement {
  contender: Contender;
  measured: Measured;
}

/** A row for each contender: the median of its passes, and the range. */
export function figuresTable(measurements: readonly Measurement[], notes: string[]): ReportTable {
  const measured = new Set(measurements.map(({ contender }) => contender));
  const contenders = CONTENDERS.filter((contender) => measured.has(contender));
  return {
    title: "Elasticsearch: documents/s, and seconds of the client's processor time",
    notes,
    columns: ["", "by", "in flight", "documents/s", "least", "most", "client's CPU s"],
    rows: contenders.map((contender) => {
      const passes = measurements.filter((one) => one.contender === contender).map(({ measured }) =>
        measured
      );
      const rates = sorted(passes.map(({ documents, seconds }) => Math.round(documents / seconds)));
      const cpu = middle(sorted(passes.map(({ cpu }) => cpu))).toFixed(2);
      const { task, name, inFlight } = contender;
      return [task, name, inFlight, middle(rates), rates[0], rates.at(-1)!, cpu];
    }),
  };
}

function sorted(values: number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

function middle(values: readonly number[]): number {
  return values[values.length >> 1];
}
