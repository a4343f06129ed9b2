/**
 * Adding a line to a file that others may write to, move away or read at the same time.
 *
 * @module
 */

/**
 * Adds `line` and a newline at the end of a file, in one write, and returns when that is on disk. A file that is absent is made.
 *
 * The file is opened for it and closed again, so a rotation in between is no matter. Where an earlier writer broke off in the middle of a
 * line (a full disk, a crash), a newline comes first: what is whole stays readable.
 *
 * @throws {Error} if it can't be written whole.
 */
export async function appendLine(path: string, line: string): Promise<void> {
  using file = await Deno.open(path, { read: true, append: true, create: true, mode: 0o640 });
  const { isFile, size } = await file.stat();
  const start = isFile && size > 0 && await lastByte(file) !== NEWLINE ? "\n" : "";
  const bytes = new TextEncoder().encode(`${start}${line}\n`), written = await file.write(bytes);
  if (written < bytes.length) {
    throw new Error(`only ${written} of ${bytes.length} bytes could be written`);
  }
  if (isFile) await file.syncData();
}

const NEWLINE = 0x0a;

async function lastByte(file: Deno.FsFile): Promise<number> {
  const byte = new Uint8Array(1);
  await file.seek(-1, Deno.SeekMode.End);
  await file.read(byte);
  return byte[0];
}
