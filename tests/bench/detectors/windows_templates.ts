/**
 * Templates of the window benchmark's streams: mined, or by a key of the content.
 *
 * @module
 */
import type { TemplateNames } from "../../../lib/feature/event_window.ts";
import { Miner } from "../../../lib/template/miner.ts";

/** Templates that the benchmark makes up: an error and a message that no log has. */
const MADE_UP = [
  { id: "made-up-error", text: "ERROR unexpected failure in worker <*>", severity: 17 },
  { id: "made-up-info", text: "worker pool resized to <*>", severity: 9 },
];

/** Number of the first made-up template: far behind all others. */
export const MADE_UP_FROM = 1 << 20;

/** A line that has a template. */
interface Matched {
  content: Uint8Array;
  severity: number;
}

/** A request by method, first part of the path, extension and status. */
export function requestKey(content: string): string {
  const [, method, path, status] = /"(\S+) ([^?\s"]*)[^"]*" (\d+)/.exec(content) ?? ["", "", "", ""];
  const [, first = "", extension = ""] = /^\/([^/]*).*?(?:\.(\w+))?$/.exec(path) ?? [];
  return `${method} /${first} .${extension} ${status}`;
}

/** Templates and the lines that have them. */
export interface Known {
  match(line: Matched): number;
  names: TemplateNames;
}

/** Templates mined from these lines; others are born when they first come. */
export function mined(read: readonly Matched[]): Known {
  const miner = new Miner();
  for (const { content, severity } of read) miner.learnLine(content, 0, content.length, severity);
  const { catalogue } = miner.freeze();
  return {
    match: ({ content, severity }) => catalogue.matchLine(content, 0, content.length, severity),
    names: namesOf((index) => catalogue.template(index), () => catalogue.size),
  };
}

/** Templates by a key of the content. */
export function keyed(keyOf: (content: string) => string): Known {
  const texts: string[] = [], numbers = new Map<string, number>();
  return {
    match({ content }) {
      const key = keyOf(new TextDecoder().decode(content));
      if (!numbers.has(key)) numbers.set(key, texts.push(key) - 1);
      return numbers.get(key)!;
    },
    names: namesOf((index) => ({ id: texts[index], text: texts[index], severity: 0 }), () => texts.length),
  };
}

/** What a template is called. */
interface Named {
  id: string;
  text: string;
  severity: number;
}

/** Names of the stream's templates and of the made-up ones. */
function namesOf(template: (index: number) => Named, size: () => number): TemplateNames {
  const of = (index: number) => index >= MADE_UP_FROM ? MADE_UP[index - MADE_UP_FROM] : template(index);
  return {
    id: (index) => of(index).id,
    text: (index) => of(index).text,
    severity: (index) => of(index).severity,
    indexOf: (id) => {
      const made = MADE_UP.findIndex((template) => template.id === id);
      if (made >= 0) return MADE_UP_FROM + made;
      for (let index = 0; index < size(); index++) if (template(index).id === id) return index;
      return -1;
    },
  };
}
