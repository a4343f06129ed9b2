/**
 * What inputs were, and how well they were understood.
 *
 * @module
 */
import type { InputQuality } from "../../lib/mod.ts";
import type { StreamOutcome } from "./outcome.ts";

/** One input for a person: what it was and how well it was understood. */
export function inputText({ name, format, records, share }: StreamOutcome["inputs"][number]): string {
  if (records === 0) return `${name}: empty`;
  const noun = records === 1 ? "record" : "records";
  const parsed = format === "plain" ? "in no known format" : `${(100 * share).toFixed(1)} % parsed`;
  return `${name}: ${format}, ${records.toLocaleString("en")} ${noun}, ${parsed}`;
}

/** What each input was and how well it was understood. */
export function inputsSeen(inputs: readonly InputQuality[]): StreamOutcome["inputs"] {
  return inputs.map(({ name, format, quality }) => {
    return { name, format, records: quality.records, share: quality.share };
  });
}
