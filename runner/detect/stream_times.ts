/**
 * What time it is for a stream.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { StreamDetail } from "./stream_detail.ts";

/** Length of the time windows of a stream that the settings don't name, ms. */
const WINDOW = 300_000;

/** Windows and clocks of the streams that the settings name. */
export class StreamTimes {
  readonly #streams: ReadonlyMap<string, Pick<StreamConfig, "window" | "clock">>;

  /** @param now The clock of people, ms since the epoch. */
  constructor(
    streams: readonly Pick<StreamConfig, "name" | "window" | "clock">[],
    private readonly state: State,
    private readonly now: () => number,
  ) {
    this.#streams = new Map(streams.map((stream) => [stream.name, stream]));
  }

  /** Whether the settings name the stream. */
  has(stream: string): boolean {
    return this.#streams.has(stream);
  }

  /** Whether time is what the lines of the stream say. */
  isData(stream: string): boolean {
    return this.#streams.get(stream)?.clock === "data";
  }

  /** Length of its time windows, ms. */
  windowOf(stream: string): number {
    return this.#streams.get(stream)?.window ?? WINDOW;
  }

  /** The longest of them, ms. */
  get longest(): number {
    return Math.max(WINDOW, ...[...this.#streams.values()].map(({ window }) => window));
  }

  /** The time that counts for it: how far its lines are, or the clock of people. */
  timeOf(stream: string): number {
    if (!this.isData(stream)) return this.now();
    const { logs = [] } = (this.state.stream(stream)?.detail ?? {}) as Partial<StreamDetail>;
    return Math.max(...logs.map(({ clock }) => clock ?? -Infinity));
  }
}
