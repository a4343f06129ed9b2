/**
 * Source files out of archives, without unpacking them: zip (wheels, jars) and gzipped tar (npm, sdists).
 *
 * @module
 */
import { gunzipSync, inflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ArchiveFile {
  path: string;
  text: string;
}

const decoder = new TextDecoder();

/** The files of an archive whose paths are wanted, by path, so that the order doesn't depend on who packed it. */
export function archiveFiles(archive: string, wanted: (path: string) => boolean): ArchiveFile[] {
  const bytes = Deno.readFileSync(archive);
  const files = bytes[0] === 0x1f ? tarFiles(gunzipSync(bytes), wanted) : zipFiles(bytes, wanted);
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Files of a zip by its central directory (PKWARE APPNOTE 4.3). */
function zipFiles(bytes: Uint8Array, wanted: (path: string) => boolean): ArchiveFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), files: ArchiveFile[] = [];
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new SyntaxError("Cannot read zip: it has no central directory");
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const nameLength = view.getUint16(at + 28, true), local = view.getUint32(at + 42, true);
    const path = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (wanted(path)) {
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const packed = bytes.subarray(start, start + view.getUint32(at + 20, true));
      files.push({
        path,
        text: decoder.decode(view.getUint16(at + 10, true) === 0 ? packed : inflateRawSync(packed)),
      });
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

/** Files of a tar (POSIX ustar, names of over 100 bytes by its prefix field or a `pax` record). */
function tarFiles(bytes: Uint8Array, wanted: (path: string) => boolean): ArchiveFile[] {
  const files: ArchiveFile[] = [],
    field = (from: number, length: number) =>
      decoder.decode(bytes.subarray(from, from + length)).replace(/\0[^]*$/, "");
  let longPath = "";
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const size = parseInt(field(at + 124, 12).trim() || "0", 8), type = String.fromCharCode(bytes[at + 156]);
    const body = bytes.subarray(at + 512, at + 512 + size), prefix = field(at + 345, 155);
    const path = longPath || (prefix === "" ? field(at, 100) : `${prefix}/${field(at, 100)}`);
    longPath = type === "x" ? /\d+ path=(.*)\n/.exec(decoder.decode(body))?.[1] ?? "" : "";
    if ((type === "0" || type === "\0") && wanted(path)) files.push({ path, text: decoder.decode(body) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
