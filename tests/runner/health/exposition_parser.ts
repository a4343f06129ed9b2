/**
 * A strict reader of the Prometheus text format, version 0.0.4, after its description: comments, types and samples, in order.
 *
 * @module
 */

/** A family as it was read. */
export interface ReadFamily {
  type: string;
  help: string;
  /** Values by their labels, as JSON of sorted pairs. */
  samples: Map<string, number>;
}

const NAME = String.raw`[a-zA-Z_:][a-zA-Z0-9_:]*`,
  VALUE = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN`;
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);

/**
 * Reads a page.
 *
 * @throws {SyntaxError} if a line is of another form, a family is told of twice or has no type, or a value is there twice.
 */
export function parseExposition(text: string): Map<string, ReadFamily> {
  if (!text.endsWith("\n")) throw new SyntaxError("the last line has no end");
  const families = new Map<string, ReadFamily>();
  let present = "", help: [string, string] | null = null;
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`).exec(line);
    if (comment?.[1] === "HELP") help = [comment[2], comment[3]];
    else if (comment !== null) {
      const [, , name, type] = comment;
      if (families.has(name)) throw new SyntaxError(`${name} is there twice`);
      if (help?.[0] !== name) throw new SyntaxError(`${name} has no help right before its type`);
      if (!["counter", "gauge"].includes(type)) throw new SyntaxError(`${name} is a ${type}`);
      if (type === "counter" && !name.endsWith("_total")) {
        throw new SyntaxError(`${name} does not end in _total`);
      }
      families.set(present = name, { type, help: help[1], samples: new Map() });
    } else readSample(line, families, present);
  }
  return families;
}

function readSample(line: string, families: Map<string, ReadFamily>, present: string): void {
  const sample = SAMPLE.exec(line);
  if (sample === null) throw new SyntaxError(`no sample: ${line}`);
  const [, name, labels = "", value] = sample;
  if (name !== present) throw new SyntaxError(`${name} stands among those of ${present}`);
  const pairs = [...labels.matchAll(new RegExp(`(\\w+)="((?:[^"\\\\]|\\\\.)*)"`, "g"))]
    .map(([, label, text]) => [label, text.replace(/\\(.)/g, (_, sign) => sign === "n" ? "\n" : sign)]);
  const key = JSON.stringify(Object.fromEntries(pairs.sort(([a], [b]) => a < b ? -1 : 1)));
  const { samples } = families.get(name)!;
  if (samples.has(key)) throw new SyntaxError(`${line} is there twice`);
  samples.set(key, value === "+Inf" ? Infinity : value === "-Inf" ? -Infinity : Number(value));
}

/** A value of a page; `undefined` where it has none. */
export function valueOf(
  page: ReadonlyMap<string, ReadFamily>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const key = JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)));
  return page.get(name)?.samples.get(key);
}
