/**
 * What it takes to paint a picture in tests.
 *
 * @module
 */
import type { PngOptions } from "../../lib/chart/png.ts";

/** The engine and the fonts, from the packages that they come in. */
export async function paintBox(): Promise<PngOptions> {
  const read = (specifier: string) => Deno.readFile(new URL(import.meta.resolve(specifier)));
  return {
    engine: await read("@resvg/resvg-wasm/index_bg.wasm"),
    fonts: [await read("@expo-google-fonts/lato/400Regular/Lato_400Regular.ttf")],
    family: "Lato",
  };
}
