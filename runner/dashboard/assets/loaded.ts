/**
 * The files of pages in memory, by the paths that they are served at.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { assetPaths, ASSETS } from "./mod.ts";

/** A file in memory. */
export interface LoadedAsset {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

/**
 * All files, read once; nothing else can be asked for. Their common folder is named by what they hold, so that browsers may keep
 * them for good, and modules may import each other by relative paths.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LoadedAssets } from "./loaded.ts";
 *
 * const assets = LoadedAssets.load(), path = assets.pathOf("page.css");
 * assert.match(path, /^\/assets\/[\da-f]{16}\/page\.css$/);
 * assert.equal(assets.at(path)?.type, "text/css; charset=utf-8");
 * assert.equal(assets.at("/assets/../mod.ts"), null);
 * ```
 */
export class LoadedAssets {
  private constructor(
    private readonly folder: string,
    private readonly files: ReadonlyMap<string, LoadedAsset>,
  ) {}

  /** Reads them. */
  static load(): LoadedAssets {
    const hash = createHash("sha256");
    const files = Object.entries(ASSETS).map(([name, asset]): [string, LoadedAsset] => {
      const bytes = joined(assetPaths(asset).map((path) => Deno.readFileSync(path)));
      hash.update(`${name} ${bytes.length}\n`).update(bytes);
      return [name, { bytes, type: asset.type }];
    });
    return new LoadedAssets(`/assets/${hash.digest("hex").slice(0, 16)}/`, new Map(files));
  }

  /**
   * Where the file of a name is served, without the base address.
   *
   * @throws {RangeError} if there is none.
   */
  pathOf(name: string): string {
    if (this.files.has(name)) return `${this.folder}${name}`;
    throw new RangeError(`Cannot link to ${name}: there is no such file`);
  }

  /** The file at a path; `null` = there is none. */
  at(path: string): LoadedAsset | null {
    return path.startsWith(this.folder) ? this.files.get(path.slice(this.folder.length)) ?? null : null;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
