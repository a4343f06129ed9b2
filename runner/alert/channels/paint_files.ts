/**
 * The files that pictures in mails are painted with: all that a run may read for them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** The engine, then the font: its regular and its bold face. */
const PACKAGED = [
  "@resvg/resvg-wasm/index_bg.wasm",
  "@expo-google-fonts/lato/400Regular/Lato_400Regular.ttf",
  "@expo-google-fonts/lato/700Bold/Lato_700Bold.ttf",
];

/** Name of the font. */
export const PAINT_FAMILY = "Lato";

/** Their paths, the engine first, then the fonts. */
export function paintFiles(): string[] {
  return PACKAGED.map((name) => fileURLToPath(import.meta.resolve(name)));
}
