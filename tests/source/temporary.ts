/**
 * Files that tests write.
 *
 * @module
 */
import { gzipSync } from "node:zlib";

/** Writes a file, as text or bytes; a name that ends in `.gz` gets them compressed. */
export function write(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  Deno.writeFileSync(path, path.endsWith(".gz") ? gzipSync(bytes) : bytes);
}

/** Adds to a file. */
export function append(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { append: true });
}
