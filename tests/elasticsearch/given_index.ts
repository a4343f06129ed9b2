/**
 * An index of a test, and inputs that read it.
 *
 * @module
 */
import type { ElasticsearchSettings } from "../../lib/source/elasticsearch/connection.ts";
import { IndexInput, type IndexInputOptions } from "../../lib/source/elasticsearch/index_input.ts";
import { readIndexPosition } from "../../lib/source/elasticsearch/index_position.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { readAll } from "../source/contract.ts";
import { indexAll, type Indexed, makeIndex, record } from "./indexed.ts";

/** When the first document was written, ms since the epoch. */
export const BEGIN = Date.UTC(2026, 2, 2, 10);
const decoder = new TextDecoder();

/** Registers a test with an index of its own. */
export type Register = (name: string, run: (given: Given) => Promise<void>) => void;

/** An index, and the inputs that read it. */
export class Given {
  readonly #inputs: IndexInput[] = [];

  constructor(readonly server: ElasticsearchServer, readonly index: string) {}

  /** An input that is left at the end of the test. */
  input(options: Partial<IndexInputOptions> = {}): IndexInput {
    return this.through({ nodes: [this.server.url] }, options);
  }

  /** One that reaches the server in another way. */
  through(cluster: ElasticsearchSettings, options: Partial<IndexInputOptions> = {}): IndexInput {
    const settings = { timeout: 10_000, ...cluster };
    const input = new IndexInput(settings, { index: this.index, pageSize: 7, ...options });
    this.#inputs.push(input);
    return input;
  }

  /** Makes the index with these documents. */
  async fill(documents: readonly Indexed[], properties?: Record<string, unknown>): Promise<void> {
    await makeIndex(this.server, this.index, properties);
    await this.add(documents);
  }

  async add(documents: readonly Indexed[]): Promise<void> {
    await indexAll(this.server, this.index, documents);
  }

  async leave(): Promise<void> {
    for (const input of this.#inputs) await input.leave();
  }
}

/** Lines of an input to where nothing more comes. */
export async function linesOf(input: IndexInput): Promise<string[]> {
  return decoder.decode(await readAll(input, [100])).split("\n").slice(0, -1);
}

/** Messages of lines. */
export function messagesOf(lines: readonly string[]): string[] {
  return lines.map((line) => line.slice(line.indexOf("\x1f") + 1));
}

/** A later reading from where an input stands now. */
export async function later(given: Given, input: IndexInput, options: Partial<IndexInputOptions> = {}) {
  const saved = JSON.parse(JSON.stringify(await input.position(input.offset)));
  return given.input({ follow: true, saved: readIndexPosition(saved), ...options });
}

/** So many documents, `step` ms apart. */
export function some(length: number, step: number, { from = 0, name = "m" } = {}): Indexed[] {
  return Array.from({ length }, (_, i) => ({
    id: `${name}${from + i}`,
    source: record(BEGIN + step * (from + i), `${name} ${from + i}`, from + i),
  }));
}

export function messages(documents: readonly Indexed[]): string[] {
  return documents.map(({ source }) => source.message as string);
}
