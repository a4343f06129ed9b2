/** Logs as a source hands them out, in deliveries; the same as lines and as mapped parts; and what is decided on either. */
import { LEVELS } from "../../../lib/record/level.ts";
import { RecordCounts, TEMPLATE_SLOT } from "../../../lib/model/record_counts.ts";
import fc from "fast-check";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import type { Reason } from "../../../lib/explain/reason.ts";
import { fitStream } from "../../../lib/model/fit.ts";
import { Judge, type JudgedWindows } from "../../../lib/model/judge.ts";
import { learn } from "../../../lib/model/learn.ts";
import type { LogClock } from "../../../lib/model/log_clocks.ts";
import { type MappedPart, readPart, savePart } from "../../../lib/model/mapped/mapped_part.ts";
import { MappedRecords, type PartSource } from "../../../lib/model/mapped/mapped_records.ts";
import { PartMapper } from "../../../lib/model/mapped/part_mapper.ts";
import { MergedRecords } from "../../../lib/model/merged_records.ts";
import { Novelties } from "../../../lib/model/novelties.ts";
import { scan } from "../../../lib/model/scan.ts";
import { streamCollectors } from "../../../lib/model/stream_collectors.ts";
import { restoreStream, type StreamModel, streamSnapshot } from "../../../lib/model/stream_model.ts";
import { createWindows, type StreamSettings, windowOptions } from "../../../lib/model/stream_settings.ts";
import { Catalogue } from "../../../lib/template/catalogue.ts";
import type { SavedProvisional } from "../../../lib/template/saved_template.ts";
import type { WatchedSlots } from "../../../lib/window/collectors/slot_values.ts";
import type { Input } from "../../../lib/source/input.ts";
import { OpenWindows } from "../../../lib/window/open_windows.ts";
import { MadeLog, settingsOf, START, WINDOW } from "../made_logs.ts";

/** The name of the log. */
const LOG = "elasticsearch:server-logs";

/** A record on its way. */
export interface MadeRecord {
  /** Milliseconds since the start; `null` = it has no time, and comes behind the one before. */
  at: number | null;
  service: string;
  level: string;
  text: string;
  /** Deliveries that it comes late. */
  late: number;
}

/** How records form windows. */
export const SETTINGS: Record<string, StreamSettings> = {
  windows: settingsOf({ format: "document", service: "field" }),
  sessions: settingsOf({
    ...{ format: "document", service: "field" },
    session: { pattern: "order=(\\w+)", idle: 5 * WINDOW },
  }),
};

/** A record as the source hands it out. */
export function lineOf({ at, service, level, text }: MadeRecord): string {
  const time = at === null ? "-" : new Date(START + at).toISOString();
  return `${time} ${level} ${service}\x1f${text}\n`;
}

const TEXTS = [
  (a: number, b: number) => `request ${a} served in ${b} ms`,
  () => "health check ok",
  (a: number, b: number) => `order=${a % 7} placed amount=${b}.${a % 100} EUR`,
  (a: number) => `order=${a % 7} paid`,
  (a: number) => `order=${a % 7} parcel booked for order=${(a + 1) % 7}`,
  (a: number) => `Failed password for user${a % 5} from 203.0.113.${a % 9} port ${a} ssh2`,
  (a: number) => `Accepted password for user${a % 5} from 203.0.113.${a % 9} port ${a} ssh2`,
  (a: number, b: number) =>
    `203.0.113.${a % 9} - - "GET /files/${a}.html HTTP/1.1" ${b % 2 ? 404 : 200} ${b}`,
  (a: number) => `worker w${a % 3} opened /srv/data/${a % 60}.txt`,
];
/** What is nothing to do with orders. */
const CALM = TEXTS.filter((make) => !make(0, 0).includes("order"));
/** What training never had. */
const NEWS = [
  () => "disk sda1 is full",
  (a: number) => `cannot reach the cache at 203.0.113.${a}`,
  (a: number, b: number) => `order=${a % 7} was lost at sea after ${b} days`,
  (a: number) => `panic: goroutine ${a} is asleep`,
  (a: number) => `first line of something new\nand a second one ${a}`,
];

const number = fc.oneof({ weight: 6, arbitrary: fc.nat(400) }, { weight: 1, arbitrary: fc.nat(10_000_000) });
const text = fc.tuple(fc.nat(99), number, number).map(([kind, a, b]) =>
  kind < 85 ? TEXTS[kind % TEXTS.length](a, b) : NEWS[kind % NEWS.length](a, b)
);

/** One record, somewhere in the first quarter of an hour. */
export const record: fc.Arbitrary<MadeRecord> = fc.record({
  at: fc.oneof(
    { weight: 30, arbitrary: fc.nat(15 * WINDOW) },
    { weight: 5, arbitrary: fc.nat(15).map((minute) => minute * WINDOW) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  service: fc.constantFrom("shop", "shop", "sshd[7]", "-"),
  level: fc.constantFrom("INFO", "INFO", "ERROR", "WARN", "-"),
  text,
  late: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 3 }),
  }),
});

/** Comes when nothing before it can change any more, so that all of that is judged as it is. */
const LAST: MadeRecord = {
  at: 40 * WINDOW,
  service: "shop",
  level: "INFO",
  text: "health check ok",
  late: 0,
};

/** Days of training. */
const DAYS = 2;

/** A training log in which nothing is out of the ordinary: orders that take their way, and all else now and then. */
export function calmRecords(seed = 1): MadeRecord[] {
  const random = seededRandom(seed), below = (limit: number) => Math.floor(random() * limit);
  const minutes = DAYS * 1440, begin = -(minutes + 60) * WINDOW;
  const records = Array.from({ length: minutes }, (_, minute): MadeRecord[] => {
    const at = begin + minute * WINDOW, order = { service: "shop", level: "INFO", late: 0 };
    const amount = (40 * (.5 + random())).toFixed(2), paid = at + 400 + below(400);
    return [
      { ...order, at, text: `order=${minute} placed amount=${amount} EUR` },
      { ...order, at: paid, text: `order=${minute} paid` },
      ...Array.from({ length: 3 }, () => ({
        at: at + below(WINDOW),
        service: ["shop", "shop", "sshd[7]", "-"][below(4)],
        level: ["INFO", "INFO", "INFO", "WARN", "-"][below(5)],
        text: CALM[below(CALM.length)](below(40), below(40)),
        late: 0,
      })),
    ];
  });
  return records.flat().sort((a, b) => a.at! - b.at!);
}

/** Records that came together, of one stretch of time. */
export interface Delivery {
  from: number;
  to: number;
  records: MadeRecord[];
}

/**
 * Records in the order in which they are delivered: stretches between borders in order of time, each followed by what comes late
 * now for earlier ones, by its stretch. What would be later than lines may be comes in time. The last one lets all others settle.
 *
 * @param borders Minutes since the start at which stretches end.
 */
export function deliveries(
  records: readonly MadeRecord[],
  borders: readonly number[],
  lateness: number,
): Delivery[] {
  const placed = inOrder([...records, LAST]),
    ends = [...new Set([...borders.filter((one) => one > 0), 16, 41])].sort((a, b) => a - b);
  const stretches = ends.map((end, i) => ({ from: (ends[i - 1] ?? 0) * WINDOW, to: end * WINDOW }));
  const indexOf = (at: number) => stretches.findIndex(({ to }) => at < to);
  const due = placed.map(({ record, at }) => {
    const own = indexOf(at), last = Math.min(stretches.length - 1, own + record.late);
    return stretches[last].to - at < lateness ? last : own;
  });
  return stretches.flatMap((_, now) =>
    [now, ...Array.from({ length: now }, (_, earlier) => earlier)].flatMap((stretch) => {
      const own = placed.filter(({ at }, i) => due[i] === now && indexOf(at) === stretch);
      const { from, to } = stretches[stretch];
      return own.length === 0
        ? []
        : [{ from: START + from, to: START + to, records: own.map(({ record }) => record) }];
    })
  );
}

/** Records by time; those without one stay behind the one before them. */
function inOrder(records: readonly MadeRecord[]): { record: MadeRecord; at: number }[] {
  let at = 0;
  return records.map((record) => ({ record, at: at = record.at ?? at })).sort((a, b) => a.at - b.at);
}

/** What a stretch is mapped with. */
export interface Job {
  settings: StreamSettings;
  catalogue: unknown;
  watched: WatchedSlots | null;
}

/** A delivery as a worker maps it, by way of JSON. */
export async function mapped(
  { from, to, records }: Delivery,
  { settings, watched, ...job }: Job,
): Promise<MappedPart> {
  const services = new Dictionary(), catalogue = Catalogue.fromJSON(structuredClone(job.catalogue));
  const lines = new MergedRecords([new MadeLog(LOG, records.map(lineOf).join(""))], {
    settings,
    services,
    onBatch: (batch) => catalogue.match(batch),
  });
  const mapper = new PartMapper({ settings, services, catalogue, watched, from, to });
  await mapper.run(lines);
  return readPart(JSON.parse(JSON.stringify(savePart(mapper.finish()))));
}

/** Parts that are there already. */
export function sourceOf(parts: MappedPart[]): PartSource {
  const left = [...parts];
  return { next: () => Promise.resolve(left.shift() ?? null) };
}

/** A model that was trained on calm records, read twice; as plain data. */
export async function trainedOn(records: MadeRecord[], settings: StreamSettings): Promise<unknown> {
  const open = () => Promise.resolve([new MadeLog(LOG, records.map(lineOf).join(""))]);
  const learned = await learn(settings, await open(), { reopen: open });
  const model = await fitStream(learned, {
    seed: 1,
    detectors: ["new-template", "unseen-vector"],
  });
  return JSON.parse(JSON.stringify(streamSnapshot(model)));
}

/** What holds of a window in the end. */
export interface HeldVerdict {
  key: string;
  start: number;
  end: number;
  lines: number;
  score: number;
  reasons: Reason[];
  /** Symbols with their counts, and of a session its templates in order. */
  counts?: unknown;
  order?: unknown;
  /** What was noted, by collector. */
  facts?: Record<string, unknown>;
}

/** What runs over a log leave to one another. */
interface LeftOpen {
  windows: Uint8Array | null;
  judging: Record<string, unknown>;
  births: SavedProvisional[];
  novelties: Map<string, number>;
  logs: LogClock[];
}

/** A live stream in several runs: what holds at the end. */
export class LiveStream {
  /** Bytes after which a checkpoint is due. */
  bytes = 2000;
  readonly held = new Map<string, HeldVerdict>();
  records = 0;
  late = 0;
  births: SavedProvisional[] = [];
  /** Records by hour, service and level, and by hour and template. */
  readonly counts: Record<string, number> = {};
  #left: LeftOpen = { windows: null, judging: {}, births: [], novelties: new Map(), logs: [] };

  constructor(private readonly snapshot: unknown) {}

  /** A run over lines. */
  async readLines(text: string): Promise<void> {
    await this.read([new MadeLog(LOG, text)]);
  }

  /** A run over the lines of inputs. */
  async read(inputs: Input[], now?: number): Promise<void> {
    const model = await this.#model(), services = new Dictionary();
    const records = new MergedRecords(inputs, {
      ...{ settings: model.settings, services, logs: this.#left.logs },
      onBatch: (batch) => model.catalogue.match(batch),
    });
    await this.#scan(records, model, services, now);
  }

  /** A run over parts. */
  async takeParts(parts: PartSource, now?: number): Promise<void> {
    const model = await this.#model(), { settings, catalogue } = model;
    const records = new MappedRecords(parts, { settings, catalogue, name: LOG, logs: this.#left.logs });
    await this.#scan(records, model, new Dictionary(), now);
  }

  async #model(): Promise<StreamModel> {
    const model = await restoreStream(structuredClone(this.snapshot));
    model.catalogue.adopt(this.#left.births);
    return model;
  }

  async #scan(
    records: MergedRecords | MappedRecords,
    model: StreamModel,
    services: Dictionary,
    now?: number,
  ): Promise<void> {
    const { catalogue, settings } = model, left = this.#left, novelties = new Novelties(left.novelties);
    const options = { collectors: streamCollectors(settings, model) };
    const windows = left.windows === null
      ? createWindows(settings, services, options)
      : OpenWindows.restore(left.windows, windowOptions(settings, options), services);
    const judge = new Judge({ model, catalogue, services, novelties });
    judge.resume(left.judging, windows.retained(), windows);
    const checkpointBytes = this.bytes, counts = new RecordCounts(services);
    for await (
      const { judged, records: count } of scan({ records, windows, judge, counts, now, checkpointBytes })
    ) {
      this.records += count;
      this.#count(counts, (template) => catalogue.template(template).id);
      for (const part of judged) this.#hold(part, windows);
      for (const [key, state] of judge.save(windows)) left.judging[key] = JSON.parse(JSON.stringify(state));
    }
    left.windows = windows.save();
    this.births = left.births = catalogue.provisional();
    for (const { template, firstSeen } of novelties.takeChanged()) left.novelties.set(template, firstSeen);
    left.logs = records.logs;
    this.late = windows.stats.late;
  }

  #count(counts: RecordCounts, idOf: (template: number) => string): void {
    const { services, templates } = counts.take();
    const add = (start: number, what: string, records: number) => {
      const key = `${Math.floor(start / TEMPLATE_SLOT)} ${what}`;
      this.counts[key] = (this.counts[key] ?? 0) + records;
    };
    for (const { start, service, levels } of services) {
      levels.forEach((records, i) => {
        if (records > 0) add(start, `${counts.services.text(service)} ${LEVELS[i]}`, records);
      });
    }
    for (const { start, template, isError, records } of templates) {
      add(start, `${idOf(template)} ${isError}`, records);
    }
  }

  #hold(
    { windows, score, anomalous, again }: JudgedWindows,
    { vectors, sequences, collectors }: OpenWindows,
  ): void {
    const bare = (reasons: Reason[] = []) =>
      reasons.map(({ exampleElsewhere: _, ...reason }) => ({ ...reason, example: "" }));
    for (const { key, score, reasons } of again) {
      Object.assign(this.held.get(key)!, { score, reasons: bare(reasons) });
    }
    for (let i = 0; i < windows.length; i++) {
      const key = windows.identity(i);
      if (windows.isWithdrawn(i)) this.held.delete(key);
      else {
        this.held.set(key, {
          ...{ key, start: windows.start[i], end: windows.end[i], lines: windows.lines[i], score: score[i] },
          reasons: bare(anomalous.get(i)?.reasons),
          counts: vectors.counts(windows.vector[i]),
          order: sequences?.read(windows.sequence[i]),
          facts: collectors.saveNamed(windows.facts.get(i)),
        });
      }
    }
  }

  /** What holds, by key. */
  get verdicts(): HeldVerdict[] {
    return [...this.held.values()].sort((a, b) => a.key < b.key ? -1 : 1);
  }
}
