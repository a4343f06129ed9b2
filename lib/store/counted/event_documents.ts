/**
 * Documents of what was found in a part.
 *
 * @module
 */
import type { Dictionary } from "../../record/dictionary.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import type { MappedPart } from "../../model/mapped/mapped_part.ts";
import type { Catalogue } from "../../template/catalogue.ts";
import { eventId, incrementId, sessionsId, windowId } from "./event_id.ts";
import type { FoundWriter } from "./found_writer.ts";
import { packEvents } from "./packed_events.ts";
import type { Part } from "./part.ts";
import { SessionPieces } from "./session_pieces.ts";
import type { Origin, StretchInput } from "./stretch_input.ts";

/** What is needed to write events. */
export interface EventContext {
  part: Pick<Part, "from" | "generation">;
  /** Length of the time windows, ms. */
  window: number;
  /** What the records were read from. */
  input: StretchInput;
  services: Dictionary;
  catalogue: Catalogue;
  writer: FoundWriter;
}

/**
 * Writes events: each as a document, by which it is counted, found and known again, and those of sessions together by windows, as
 * they are read back. Text that people wrote is in neither.
 */
export class EventDocuments {
  readonly #context: EventContext;
  readonly #pieces: SessionPieces;
  readonly #templates: string[] = [];
  readonly #services: string[] = [];

  constructor(context: EventContext) {
    const { part: { from, generation }, writer } = context;
    this.#context = context;
    this.#pieces = new SessionPieces(context.window, ({ window, piece, events }) => {
      const id = sessionsId({ from, generation, start: window, piece }), packed = packEvents(events);
      writer.replace(id, { kind: "sessions", from, generation, window, piece, packed });
    });
  }

  /** Writes a record's event. */
  add(
    batch: LogBatch,
    row: number,
    keys: readonly string[],
    facts: Record<string, unknown> | undefined,
  ): void {
    const { input, services, catalogue, writer } = this.#context;
    const origin = input.origin(batch.base + batch.start[row]), id = eventId(origin);
    const number = batch.template[row], template = this.#templates[number] ??= catalogue.template(number).id;
    const service = this.#services[batch.service[row]] ??= services.text(batch.service[row]);
    const severity = batch.severity[row], time = batch.timestamp[row];
    if (keys.length === 0) {
      return writer.put(id, {
        ...this.#common(origin, template),
        ...this.#windowOf(time),
        service,
        severity,
      });
    }
    writer.put(id, { ...this.#common(origin, template), session: keys });
    const event = { time: time === time ? time : null, service, template, severity, keys: [...keys] };
    this.#pieces.add({
      ...{ at: origin.time, sequence: origin.sequence, id },
      event: facts === undefined ? event : { ...event, facts },
    });
  }

  /** There are no more. */
  finish(): void {
    this.#pieces.finish();
  }

  #common({ index, id, time, sequence }: Origin, template: string): Record<string, unknown> {
    return {
      ...{ kind: "event", generation: this.#context.part.generation, "@timestamp": time, template },
      ...(sequence === null ? {} : { sequence }),
      document: `${index}/${id}`,
    };
  }

  #windowOf(time: number): { window?: number } {
    const { window } = this.#context;
    return time === time ? { window: Math.floor(time / window) * window } : {};
  }
}

/** Writes what was noted of windows, and of the part; counts are not written: whoever reads events counts them. */
export function putFound(writer: FoundWriter, part: MappedPart, generation: number): void {
  const { windows, events: _, ...found } = part, { from } = part;
  for (const { service, start, facts } of windows) {
    if (Object.keys(facts).length === 0) continue;
    const document = { kind: "window", from, generation, window: start, service, facts };
    writer.replace(windowId({ from, generation, start, service }), document);
  }
  writer.replace(incrementId({ from, generation }), { kind: "increment", from, generation, found });
}
