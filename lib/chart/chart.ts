/**
 * A chart: a Vega-Lite specification that draws itself and says what it shows.
 *
 * @module
 */
import { JUPYTER, type MimeBundle } from "../table/jupyter.ts";
import { escapeMarkup } from "../table/markup.ts";
import { printable } from "./printable.ts";
import { type Palette, PALETTES, type Theme, themeConfig } from "./theme.ts";

/** A Vega-Lite specification: plain data, data included. */
export type Specification = Record<string, unknown>;

/** What every chart function takes. */
export interface ChartOptions {
  /** Above the chart. */
  title?: string;
  /** Default `light`. */
  theme?: Theme;
}

/** The title asked for, fit to be drawn, or the usual one. */
export function titleOf(options: ChartOptions, usual: string): string {
  return printable(options.title ?? usual, 100);
}

/** Only what Vega-Lite 5 and 6 have in common is used, so that JupyterLab and VS Code draw it, too. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/**
 * A chart of finished data. In a notebook it shows itself as Vega-Lite, SVG and text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Chart } from "./chart.ts";
 *
 * const spec = { data: { values: [{ a: 1 }] }, mark: "point", encoding: { x: { field: "a", type: "quantitative" } } };
 * const chart = new Chart(() => spec, "One point at 1.");
 * assert.match(await chart.svg(), /^<svg .*aria-label="One point at 1\."/);
 * assert.equal(chart.toText(), "One point at 1.");
 * ```
 */
export class Chart {
  readonly theme: Theme;
  readonly #body: (palette: Palette) => Specification;
  readonly #text: string;
  #svg: Promise<string> | null = null;

  /**
   * @param body Specification in the colours of a theme, without `$schema` and `config`.
   * @param text What the chart shows, in a sentence or two: the alternative text.
   */
  constructor(
    body: (palette: Palette) => Specification,
    text: string,
    options: Pick<ChartOptions, "theme"> = {},
  ) {
    this.#body = body;
    this.#text = printable(text, 2000);
    this.theme = options.theme ?? "light";
  }

  /** The whole Vega-Lite specification. */
  get spec(): Specification {
    return { $schema: SCHEMA, ...this.#body(PALETTES[this.theme]), config: themeConfig(this.theme) };
  }

  /** The same chart in another theme. */
  withTheme(theme: Theme): Chart {
    return new Chart(this.#body, this.#text, { theme });
  }

  /**
   * The chart as one self-contained SVG element: no script, no font, no link; equal data give equal bytes.
   *
   * @throws {Error} if Vega has anything to complain about.
   */
  svg(): Promise<string> {
    return this.#svg ??= draw(this.spec, this.#text);
  }

  /** What the chart shows, in a sentence or two. */
  toText(): string {
    return this.#text;
  }

  /** What a notebook stores and shows. */
  async [JUPYTER](): Promise<MimeBundle> {
    return { [VEGA_LITE]: this.spec, "image/svg+xml": await this.svg(), "text/plain": this.#text };
  }
}

/** Refuses to fetch anything: a chart has all its data. */
const LOADER = {
  load: (uri: string) => Promise.reject(new Error(`it must not load ${uri}`)),
  sanitize: (uri: string) => Promise.reject(new Error(`it must not link to ${uri}`)),
};

/** Vega's logger, which would print: here its complaints are kept, so that drawing can fail with them. */
function listener(complaints: unknown[]) {
  const logger = {
    level: () => logger,
    error: (...messages: unknown[]) => keep(messages),
    warn: (...messages: unknown[]) => keep(messages),
    info: () => logger,
    debug: () => logger,
  };
  const keep = (messages: unknown[]) => {
    complaints.push(...messages);
    return logger;
  };
  return logger;
}

async function draw(spec: Specification, text: string): Promise<string> {
  // Imported here because Vega takes a third of a second to load, and most runs draw nothing.
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const complaints: unknown[] = [];
  const logger = listener(complaints) as never;
  try {
    const { $schema: _, ...lite } = spec;
    // A copy, because Vega writes into its data.
    const compiled = vegaLite.compile(structuredClone(lite) as never, { logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", loader: LOADER as never, logger });
    const svg = await view.toSVG();
    view.finalize();
    if (complaints.length === 0) return labelled(svg, text);
  } catch (error) {
    complaints.push(error);
  }
  const messages = complaints.map((complaint) =>
    complaint instanceof Error ? complaint.message : String(complaint)
  );
  const cause = complaints.find((complaint) => complaint instanceof Error);
  throw new Error(`Cannot draw chart: ${messages.join("; ")}`, { cause });
}

/** Gives the root its label, and ids (numbered by Vega through the life of the process) names that depend on the chart alone. */
function labelled(svg: string, text: string): string {
  const prefix = `c${hash(text + svg.replaceAll(/\bclip\d+/g, "")).toString(36)}`;
  const names = new Map<string, string>();
  const named = svg.replaceAll(/(<clipPath id="|clip-path="url\(#)(clip\d+)/g, (_match, before, id) => {
    if (!names.has(id)) names.set(id, `${prefix}-${names.size}`);
    return before + names.get(id);
  });
  return named.replace("<svg ", `<svg role="img" aria-label="${escapeMarkup(text)}" `);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
