/**
 * An index as a stream that is proposed.
 *
 * @module
 */
import { type IndexLook, lookAtIndex, type RecordPart } from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { clusterOf, INDEX_PREFIX } from "../elasticsearch/cluster.ts";
import type { ElasticsearchConfig } from "../config/elasticsearch_schema.ts";
import { inlineYaml } from "../config/schema_view.ts";
import type { ProposedStream } from "./proposed_streams.ts";
import { proposeSession } from "./session_proposal.ts";

/**
 * Looks at an index and proposes a stream for it.
 *
 * @param taken Names that other streams have; the new one's is added.
 * @throws {InputError} if there is no such index, or it can't be read.
 * @throws {Error} if it has no documents, or nothing in them can be a message.
 */
export async function proposeIndex(
  index: string,
  section: ElasticsearchConfig,
  taken: Set<string>,
  context: Context,
): Promise<ProposedStream> {
  const look = await lookAtIndex(await clusterOf(section, context.env), index), input = INDEX_PREFIX + index;
  if (look.documents === 0) throw new Error(`Cannot propose settings: ${input} has no documents`);
  if (look.fields.message === null) {
    throw new Error(`Cannot propose settings: no field of ${input} looks like a message`);
  }
  return {
    name: freeName(index, taken),
    inputs: [input],
    logs: [],
    service: look.services.length > 1 ? "field" : undefined,
    session: proposeSession(look.messages),
    format: "auto",
    index: { seen: seenLines(look), settings: fieldLines(look), services: look.services, lastTime: look.to },
  };
}

/** The pattern without what stands for other characters, then with a number. */
function freeName(index: string, taken: Set<string>): string {
  const base =
    index.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/-{2,}/g, "-").replace(/^[._-]+|[._-]+$/g, "") || "logs";
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
  taken.add(name);
  return name;
}

const PARTS: readonly RecordPart[] = ["time", "level", "service", "message"];

/** What was seen, for people. */
function seenLines({ documents, from, to, looked, fields }: IndexLook): string[] {
  const dated = from === null || to === null ? "" : ` from ${textOf(from)} to ${textOf(to)}`;
  const parts = PARTS.map((part) => {
    const field = fields[part];
    if (field === null) return `no ${part}`;
    return `${part} in ${field.name} (${field.share === 1 ? "all" : `${Math.floor(100 * field.share)} %`})`;
  });
  const number = (value: number) => value.toLocaleString("en-US");
  return [`${number(documents)} documents${dated}.`, `Of the newest ${number(looked)}: ${parts.join(", ")}.`];
}

/** Names of fields that are not the usual ones, as a part of a stream. */
function fieldLines({ fields }: IndexLook): string[] {
  const named = PARTS.flatMap((part) => {
    const field = fields[part];
    return field === null || field.isUsual ? [] : [`${part}: ${inlineYaml(field.name)}`];
  });
  return named.length === 0
    ? []
    : [`    elasticsearch: {fields: {${named.join(", ")}}}  # as far as it can be told`];
}

function textOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
