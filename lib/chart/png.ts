/**
 * An SVG as pixels, for programs that show no SVG: mail programs do not.
 *
 * @module
 */

/** What it takes to paint: both come from packages, and are handed in, because `lib` reads no files. */
export interface PaintBox {
  /** `index_bg.wasm` of `@resvg/resvg-wasm`. */
  engine: Uint8Array<ArrayBuffer>;
  /** TrueType fonts: text is drawn in the first of them, whatever the SVG asks for; without any there is none. */
  fonts: Uint8Array<ArrayBuffer>[];
}

/** How an SVG is painted. */
export interface PngOptions extends PaintBox {
  /** Pixels of the picture for one of the drawing; default 2, for screens of fine grain. */
  scale?: number;
  /** Name of the family that the fonts are of. */
  family: string;
}

/** A picture of pixels. */
export interface Png {
  bytes: Uint8Array;
  /** As it should be shown, in CSS pixels: the size of the drawing. */
  width: number;
  height: number;
}

let ready: Promise<typeof import("@resvg/resvg-wasm")> | undefined;

/**
 * Paints an SVG; equal input gives equal bytes. The engine is loaded by the first call, and takes a third of a second.
 *
 * @throws {Error} if it is no SVG, or the engine is not what it should be.
 *
 * @example Paint a square, two pixels for each of its own
 * ```ts
 * import assert from "node:assert/strict";
 * import { svgToPng } from "./png.ts";
 *
 * const engine = await Deno.readFile(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")));
 * const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>`;
 * const { width, bytes } = await svgToPng(svg, { engine, fonts: [], family: "" });
 * assert.equal(width, 8);
 * assert.equal(new DataView(bytes.buffer, bytes.byteOffset).getUint32(16), 16);
 * ```
 */
export async function svgToPng(svg: string, options: PngOptions): Promise<Png> {
  const { engine, fonts, family, scale = 2 } = options;
  const { Resvg } = await (ready ??= loaded(engine));
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: fonts, defaultFontFamily: family, sansSerifFamily: family },
  });
  try {
    const image = picture.render(), bytes = image.asPng();
    image.free();
    return { bytes, width: Math.round(picture.width), height: Math.round(picture.height) };
  } finally {
    picture.free();
  }
}

/** The engine can be started once in a process; a start that failed is tried again. */
async function loaded(engine: Uint8Array<ArrayBuffer>): Promise<typeof import("@resvg/resvg-wasm")> {
  try {
    const resvg = await import("@resvg/resvg-wasm");
    await resvg.initWasm(engine);
    return resvg;
  } catch (cause) {
    ready = undefined;
    throw new Error(`Cannot paint: the engine does not start: ${(cause as Error).message}`, { cause });
  }
}
