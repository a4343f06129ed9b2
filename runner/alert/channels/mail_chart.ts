/**
 * The picture in a mail: scores around the alert, as PNG, because mail programs show no SVG.
 *
 * @module
 */
import { ratiosOverTime, svgToPng } from "../../../lib/mod.ts";
import type { Message } from "../message.ts";
import type { ChannelWorld } from "./channel.ts";
import { PAINT_FAMILY, paintFiles } from "./paint_files.ts";

/** A picture to show in a mail. */
export interface MailChart {
  png: Uint8Array;
  /** As it is shown, in CSS pixels. */
  width: number;
  height: number;
  /** What it shows, for those who don't see it. */
  text: string;
}

/**
 * The picture of a message; `null` where it has nothing to draw, or drawing fails: a mail without a picture is better than none, and
 * the world is told.
 */
export async function mailChart(
  { chart, alert }: Pick<Message, "chart" | "alert">,
  { readBytes, note }: Pick<ChannelWorld, "readBytes" | "note">,
): Promise<MailChart | null> {
  if (chart === undefined) return null;
  try {
    const drawing = ratiosOverTime(chart);
    const [engine, ...fonts] = await Promise.all(paintFiles().map(readBytes));
    const { bytes, ...size } = await svgToPng(await drawing.svg(), { engine, fonts, family: PAINT_FAMILY });
    return { png: bytes, ...size, text: drawing.toText() };
  } catch (error) {
    note(`a mail goes out without its chart: ${alert}: ${(error as Error).message}`);
    return null;
  }
}
