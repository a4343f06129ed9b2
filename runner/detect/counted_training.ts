/**
 * The second reading of a training, by whoever maps the stream.
 *
 * @module
 */
import type { Catalogue, PartSource, StoredInput, StreamSettings } from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { COUNTED_SOURCE, type OpenCounted, openCountedStream } from "./counted_source.ts";

/** What is trained. */
export interface CountedSubject {
  stream: StreamConfig;
  settings: StreamSettings;
}

/** Has the lines of a training's span mapped in the cluster, and knows where a scan goes on behind it. */
export class CountedTraining {
  readonly #subject: CountedSubject;
  readonly #context: Context;
  #open: OpenCounted | null = null;

  constructor(subject: CountedSubject, context: Context) {
    this.#subject = subject;
    this.#context = context;
  }

  /** As `learn` asks for it. */
  readonly mapped = async (catalogue: Catalogue, until: number): Promise<PartSource> => {
    const { stream, settings } = this.#subject;
    await this.close();
    const to = Number.isFinite(until) ? until : undefined;
    const counting = { settings, catalogue: catalogue.toJSON(), watched: null, to };
    this.#open = await openCountedStream(stream, counting, this.#context);
    return this.#open.counted;
  };

  /** Where a scan goes on behind what was learned from. */
  positions(): StoredInput[] {
    const [name] = this.#subject.stream.inputs;
    return [{ name, position: { source: COUNTED_SOURCE, ...this.#open!.counted.position() }, reader: null }];
  }

  async close(): Promise<void> {
    await this.#open?.close();
    this.#open = null;
  }
}
