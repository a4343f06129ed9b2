/**
 * Folders for tests that need real files.
 *
 * @module
 */
import { gzipSync } from "node:zlib";

/** Runs `use` with an empty folder and clears it away. */
export async function withFolder(use: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "source" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes a file, as text or bytes; a name that ends in `.gz` gets them compressed. */
export function write(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  Deno.writeFileSync(path, path.endsWith(".gz") ? gzipSync(bytes) : bytes);
}

/** Adds to a file. */
export function append(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { append: true });
}
