/**
 * Documents that the cluster will never take, kept with the reason.
 *
 * @module
 */
import type { BulkBody, ItemRefusal } from "../../lib/mod.ts";

/** Bytes of the file at the most: so much that is refused wants a person, not more disk. */
const LIMIT = 256 * 1024 * 1024;
const decoder = new TextDecoder(), encoder = new TextEncoder();

/** A file with one line of JSON for each document. */
export class DeadLetters {
  /** Lines added. */
  count = 0;
  /** Of those, how many for each reason. */
  readonly reasons = new Map<string, number>();

  constructor(readonly path: string) {}

  /**
   * Adds what was refused; when this returns it is on disk.
   *
   * @throws {Error} if the file has become too large.
   */
  add(body: BulkBody, refusals: readonly ItemRefusal[], now: number): void {
    if (refusals.length === 0) return;
    const at = new Date(now).toISOString();
    const lines = refusals.map(({ item, status, type, reason }) => {
      const [action, document] = decoder.decode(body.item(item)).split("\n");
      const why = { at, status, type, reason, action: JSON.parse(action) };
      return `${JSON.stringify(why).slice(0, -1)},"document":${document}}\n`;
    });
    const file = Deno.openSync(this.path, { append: true, create: true, mode: 0o600 });
    try {
      if (file.statSync().size > LIMIT) {
        throw new Error(
          `Cannot ship: ${this.path} is full of documents that were refused; look at them, then remove it`,
        );
      }
      let bytes = encoder.encode(lines.join(""));
      while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
      file.syncSync();
    } finally {
      file.close();
    }
    this.count += refusals.length;
    for (const { type, reason } of refusals) {
      const text = `${type}: ${reason.replaceAll(/'[^']*'|\[[^\]]*\]/g, "…").slice(0, 160)}`;
      this.reasons.set(text, (this.reasons.get(text) ?? 0) + 1);
    }
  }
}
