import assert from "node:assert/strict";
import { type Palette, PALETTES } from "../../lib/chart/theme.ts";

type Triple = [number, number, number];

/** What people with each kind of colour-blindness see of linear RGB: Machado, Oliveira and Fernandes (2009), severity 1. */
const SIGHTS: Record<string, number[][]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [
    -0.003882,
    -0.048116,
    1.051998,
  ]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [
    -0.01182,
    0.04294,
    0.968881,
  ]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [
    0.004733,
    0.691367,
    0.3039,
  ]],
};

function linear(colour: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** CIELAB (D65) of a colour as it is seen. */
function lab(colour: string, sight: number[][]): Triple {
  const rgb = linear(colour);
  const [r, g, b] = sight.map((row) =>
    Math.min(1, Math.max(0, row.reduce((sum, part, index) => sum + part * rgb[index], 0)))
  );
  const f = (t: number) => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function assertDistinct(colours: readonly string[], least: number, what: string) {
  for (const [name, sight] of Object.entries(SIGHTS)) {
    for (const [index, a] of colours.entries()) {
      for (const b of colours.slice(index + 1)) {
        const [p, q] = [lab(a, sight), lab(b, sight)];
        const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
        assert.ok(distance >= least, `${what}: ${a} and ${b} are ${distance.toFixed(1)} apart in ${name}`);
      }
    }
  }
}

for (const [theme, palette] of Object.entries(PALETTES) as [string, Palette][]) {
  Deno.test(`PALETTES.${theme} keeps colours apart for every kind of colour vision`, () => {
    assertDistinct(Object.values(palette.levels), 20, "levels");
    assertDistinct(palette.categories, 20, "categories");
    assertDistinct([palette.calm, palette.anomalous], 40, "calm and anomalous");
  });
  Deno.test(`PALETTES.${theme} contrasts with its background`, () => {
    const { background, text, axis, calm, anomalous, levels, categories } = palette;
    assert.ok(contrast(text, background) >= 7, "text");
    for (const colour of [axis, calm, anomalous]) assert.ok(contrast(colour, background) >= 3, colour);
    for (const colour of [...Object.values(levels), ...categories]) {
      assert.ok(contrast(colour, background) >= 2, colour);
    }
  });
}
