/**
 * What a person should know of an index that is read.
 *
 * @module
 */
import type { InputNote } from "../input.ts";
import { ElasticsearchError } from "./failure.ts";
import type { Page } from "./page.ts";
import { MESSAGE } from "./wanted_fields.ts";

/** There is none. */
export function missingNote(name: string, why: string): InputNote {
  return { kind: "missing", name, text: `Nothing to read matches ${name}: ${why}` };
}

/**
 * A later reading looks back less far than it should.
 *
 * @param back How far, ms.
 * @param overlap How far it should, ms.
 */
export function shortenedNote(name: string, back: number, overlap: number): InputNote {
  const seconds = (ms: number) => `${Math.round(ms / 1000).toLocaleString("en")} s`;
  const text = `${name}: so many documents come that a later run looks back ${seconds(back)} only, not ${
    seconds(overlap)
  }; what is indexed later than that is not found`;
  return { kind: "shortened", name, text };
}

/**
 * The fields' names are wrong where no document of the first page has a message.
 *
 * @throws {ElasticsearchError} that names what there is instead.
 */
export function refuseMute(page: Page, name: string): void {
  for (let i = 0; i < page.length; i++) if (page.field(i, MESSAGE) !== null) return;
  if (page.length === 0) return;
  const { start, end } = page.source(0);
  const seen = start === end ? "" : Object.keys(JSON.parse(page.text({ start, end }))).sort().join(", ");
  const why = seen === ""
    ? "the index keeps no source of its documents (_source is disabled)"
    : `no document has a message; name its field as fields: {message: …}; there are: ${seen}`;
  throw new ElasticsearchError(`Cannot read ${name}: ${why}`, "request");
}
