/**
 * What the stages are held against: only reading, only finding newlines, and the obvious way to the same counts.
 *
 * None of it uses the library, so that the yardstick stays what it is when the library changes.
 *
 * @module
 */

const CHUNK = 256 * 1024;

/** Reads a file to its end; the bytes. */
export function readOnly(path: string): number {
  const buffer = new Uint8Array(CHUNK);
  using file = Deno.openSync(path);
  let bytes = 0;
  for (let count = file.readSync(buffer); count !== null; count = file.readSync(buffer)) bytes += count;
  return bytes;
}

/** Reads a file and counts its newlines, four bytes at a time. */
export function newlinesOnly(path: string): number {
  const words = new Int32Array(CHUNK / 4), buffer = new Uint8Array(words.buffer);
  using file = Deno.openSync(path);
  let lines = 0;
  for (let count = file.readSync(buffer); count !== null; count = file.readSync(buffer)) {
    buffer.fill(0, count, count + 3 & ~3);
    // for (let p = 0; p < count; p++) if (buffer[p] === 10) lines++;
    for (let w = 0, end = count + 3 >> 2; w < end; w++) {
      const v = words[w] ^ 0x0a0a0a0a; // a newline's byte becomes 0
      if ((v - 0x01010101 & ~v & 0x80808080) === 0) continue;
      for (let p = w << 2, stop = p + 4; p < stop; p++) if (buffer[p] === 10) lines++;
    }
  }
  return lines;
}

/** What the obvious way reads a line with. */
export interface ObviousPatterns {
  /** Matches the header; the rest of the line is its content. */
  header: RegExp;
  /** Finds the session key; group 1, else the whole match. */
  key: RegExp;
}

/**
 * The obvious way to the counts of sessions: decoded text, split lines, a regular expression for the header, three for the masks
 * (address, number, hex), no miner, and a `Map` of `Map`s.
 *
 * @returns The sessions.
 */
export async function obviousWay(path: string, { header, key }: ObviousPatterns): Promise<number> {
  const sessions = new Map<string, Map<string, number>>();
  const file = await Deno.open(path);
  let tail = "";
  const count = (line: string) => {
    const match = header.exec(line), content = match === null ? line : line.slice(match[0].length);
    const found = key.exec(line);
    if (found === null) return;
    const template = content.replace(/\d+\.\d+\.\d+\.\d+(:\d+)?/g, "<ip>").replace(/0x[0-9a-f]+/g, "<hex>")
      .replace(/-?\d+/g, "<n>");
    const session = found[1] ?? found[0];
    let counts = sessions.get(session);
    if (counts === undefined) sessions.set(session, counts = new Map());
    counts.set(template, (counts.get(template) ?? 0) + 1);
  };
  for await (const text of file.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (tail + text).split("\n");
    tail = lines.pop()!;
    for (const line of lines) count(line);
  }
  if (tail !== "") count(tail);
  return sessions.size;
}
