import assert from "node:assert/strict";
import fc from "fast-check";
import { Chart } from "../../lib/chart/chart.ts";
import { exampleCharts, HOSTILE } from "./example_charts.ts";

const GOLDEN = new URL("./golden/", import.meta.url);

/** Draws the example charts in a process of its own that may do nothing at all, in the time zone `zone`. */
async function drawnElsewhere(zone: string): Promise<Record<string, string>> {
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    args: [
      "run",
      "--no-prompt",
      "--cached-only",
      "--config",
      "tests/deno.json",
      "tests/chart/example_charts.ts",
    ],
    cwd: new URL("../../", import.meta.url),
    env: { TZ: zone, LANG: "de_DE.UTF-8", NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("Chart.svg() draws the golden files, whatever the time zone and language, without any permission", async () => {
  // DEEPSCAN_UPDATE_GOLDEN=1 writes them anew; look at them before you commit.
  const update = Deno.env.get("DEEPSCAN_UPDATE_GOLDEN") === "1";
  const [here, there] = [await drawnElsewhere("UTC"), await drawnElsewhere("America/St_Johns")];
  assert.deepEqual(there, here);
  for (const [name, svg] of Object.entries(here)) {
    const file = new URL(`${name}.svg.golden`, GOLDEN);
    const text = svg.replaceAll("><", ">\n<") + "\n"; // an element a line, so that a difference can be read
    if (update) Deno.writeTextFileSync(file, text);
    assert.equal(text, Deno.readTextFileSync(file), `${name}.svg has changed`);
  }
});

Deno.test("Chart.svg() gives equal bytes when drawn again in one process", async () => {
  const texts = ["shop", "mail"];
  const once = exampleCharts(texts);
  for (const [name, chart] of Object.entries(exampleCharts(texts))) {
    assert.equal(await chart.svg(), await once[name].svg(), name);
    assert.equal(await chart.withTheme("dark").withTheme("light").svg(), await chart.svg(), name);
  }
});

/** Fails on anything in an SVG that runs, fetches or leaves it, and on what isn't well-formed XML. */
function assertHarmless(svg: string, name: string) {
  const tags: string[] = [];
  const elements = /<(\/?)([A-Za-z]+)((?: [A-Za-z][\w:-]*="[^"<]*")*)(\/?)>/g;
  const rest = svg.replaceAll(elements, (_match, closing, tag, attributes, selfClosing) => {
    assert.match(tag, /^(svg|g|path|rect|line|text|tspan|defs|clipPath)$/, `${name}: <${tag}>`);
    const names = attributes.replaceAll(/="[^"]*"/g, "");
    assert.doesNotMatch(names, /\b(on\w*|href|style|src)\b/, `${name}: ${attributes}`);
    assert.doesNotMatch(attributes, /url\((?!#)/, `${name}: ${attributes}`);
    if (closing) assert.equal(tags.pop(), tag, name);
    else if (!selfClosing) tags.push(tag);
    return "";
  });
  assert.deepEqual(tags, [], name);
  assert.doesNotMatch(rest, /[<>]/, `${name}: ${rest}`); // what is left is text
  assert.doesNotMatch(svg, /&(?!(amp|lt|gt|quot|apos|#\d+);)/, name);
  assert.ok(!/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u.test(svg), name);
  assert.equal(
    (svg.match(/https?:/g) ?? []).length,
    (svg.match(/="http:\/\/www\.w3\.org\//g) ?? []).length,
    name,
  );
}

Deno.test("Chart.svg() escapes whatever a log line holds", async () => {
  for (const [name, chart] of Object.entries(exampleCharts(HOSTILE))) {
    assertHarmless(await chart.svg(), name);
  }
  const titled = new Chart(() => ({ mark: "point", data: { values: [{}] } }), HOSTILE.join(" "));
  assertHarmless(await titled.svg(), "text");
});

Deno.test("Chart.svg() draws any text harmlessly and without a complaint of Vega", async () => {
  const text = fc.string({ unit: "binary", maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (texts) => {
      const { volume_over_time, top_reasons } = exampleCharts(texts);
      for (const chart of [volume_over_time, top_reasons]) {
        assertHarmless(await chart.svg(), JSON.stringify(texts));
      }
    }),
    { numRuns: 25, seed: 1 },
  );
});

Deno.test("Chart.svg() fails aloud where Vega would only warn", async () => {
  const chart = new Chart(
    () => ({ data: { values: [{ a: 1 }] }, mark: "nonsense", encoding: {} }),
    "nothing",
  );
  await assert.rejects(() => chart.svg(), /^Error: Cannot draw chart: /);
});

Deno.test("Chart.svg() loads nothing", async () => {
  const chart = new Chart(
    () => ({ data: { url: "https://example.invalid/a.csv" }, mark: "point" }),
    "nothing",
  );
  await assert.rejects(() => chart.svg(), /Cannot draw chart/);
});

Deno.test("Chart shows itself in a notebook as Vega-Lite, SVG and text, and never as HTML", async () => {
  const { loss_curve } = exampleCharts([]);
  const show = (loss_curve as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[
    Symbol.for("Jupyter.display")
  ];
  const bundle = await show.call(loss_curve);
  assert.deepEqual(Object.keys(bundle), ["application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"]);
  assert.equal(bundle["text/plain"], loss_curve.toText());
  assert.match(String(bundle["image/svg+xml"]), /^<svg role="img" aria-label="Loss by epoch: 3 epochs/);
  assert.deepEqual(JSON.parse(JSON.stringify(bundle["application/vnd.vegalite.v5+json"])), loss_curve.spec);
});

Deno.test("Chart.withTheme() changes colours and nothing else", async () => {
  for (const [name, chart] of Object.entries(exampleCharts(["shop"]))) {
    const dark = chart.withTheme("dark");
    assert.equal(dark.toText(), chart.toText());
    const colourless = (svg: string) =>
      svg.replaceAll(/#[0-9a-f]{6}\b|\bwhite\b/g, "").replaceAll(/c[0-9a-z]+-\d/g, "");
    assert.notEqual(await dark.svg(), await chart.svg(), name);
    assert.equal(colourless(await dark.svg()), colourless(await chart.svg()), name);
    assert.deepEqual(exampleCharts(["shop"], "dark")[name].spec, dark.spec, name);
  }
});

Deno.test("Chart gives axes titles with units, and times their zone", () => {
  for (const [name, chart] of Object.entries(exampleCharts(["shop"]))) {
    const titles = [...JSON.stringify(chart.spec).matchAll(/"axis":\{"title":\[?"([^"]+)"/g)].map((
      [, title],
    ) => title);
    assert.ok(titles.length >= 2, `${name}: ${titles}`);
    if (name.includes("over_time")) {
      assert.ok(titles.some((title) => title.includes("(UTC)")), `${name}: ${titles}`);
    }
  }
});
