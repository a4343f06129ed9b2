import assert from "node:assert/strict";
import { eventText, Miner } from "../../lib/mod.ts";

/**
 * Logs of a made-up shop with the template that a person would give each line: a line that begins with `= ` is the template of
 * those below it. They were written by hand, and each style of logging has its own.
 */
const FOLDER = new URL("templates/", import.meta.url);

/** A line and its true template. */
interface Labelled {
  line: string;
  template: string;
}

/** The lines of a file by event, as they stand. */
function eventsOf(name: string): Labelled[][] {
  const events: Labelled[][] = [];
  let template = "";
  for (const line of Deno.readTextFileSync(new URL(name, FOLDER)).trimEnd().split("\n")) {
    if (line.startsWith("= ")) events.push([]);
    if (line.startsWith("= ")) template = line.slice(2);
    else events.at(-1)!.push({ line, template });
  }
  return events;
}

/** The events by turns, as a system writes them. */
function byTurns(events: Labelled[][]): Labelled[] {
  const longest = Math.max(...events.map((lines) => lines.length));
  return Array.from({ length: longest }, (_, i) => events.flatMap((lines) => lines.slice(i, i + 1))).flat();
}

/** The text that the miner gives each line in the end. */
function mined(lines: readonly Labelled[]): string[] {
  const miner = new Miner(), encoder = new TextEncoder();
  const indices = lines.map(({ line }) => {
    const bytes = encoder.encode(line);
    return miner.learnLine(bytes, 0, bytes.length);
  });
  miner.settle();
  return indices.map((index) => eventText(miner.template(index).text));
}

const spelled = (text: string) => text.replaceAll(/<[^<>\s]*>/g, "<*>");

for (const { name } of [...Deno.readDirSync(FOLDER)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
  const events = eventsOf(name);
  const orders: Record<string, Labelled[]> = {
    "as they stand": events.flat(),
    "by turns": byTurns(events),
    reversed: byTurns(events).toReversed(),
  };
  for (const [order, lines] of Object.entries(orders)) {
    Deno.test(`Miner tells the templates of ${name}, lines ${order}`, () => {
      const texts = mined(lines).map(spelled);
      assert.deepEqual(
        lines.map(({ line }, i) => `${line} → ${texts[i]}`),
        lines.map(({ line, template }) => `${line} → ${template}`),
      );
    });
  }
}
