import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { svgToPng } from "../../lib/chart/png.ts";
import { ratiosOverTime } from "../../lib/chart/ratios_over_time.ts";
import { paintBox } from "../services/paint_box.ts";

const SQUARE =
  `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"><rect width="10" height="20" fill="#0072b2"/></svg>`;
const word = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="30" font-family="system-ui, sans-serif" font-size="24">${text}</text></svg>`;

/** Width, height and the bytes of its pixels' rows, filters and all. */
function decoded(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset), parts: Uint8Array[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at), kind = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (kind === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const bytes = inflateSync(new Uint8Array(parts.flatMap((part) => [...part])));
  return { width: view.getUint32(16), height: view.getUint32(20), bytes };
}

Deno.test("svgToPng() paints as many pixels as it is asked for, and says how large it is meant", async () => {
  const png = await svgToPng(SQUARE, { ...await paintBox(), scale: 3 });
  assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  const { width, height, bytes } = decoded(png.bytes);
  assert.deepEqual([width, height, png.width, png.height], [30, 60, 10, 20]);
  assert.deepEqual([...bytes.subarray(1, 5)], [0x00, 0x72, 0xb2, 0xff]);
});

Deno.test("svgToPng() draws text in the fonts that it is given, and gives equal bytes", async () => {
  const box = await paintBox();
  const [blank, text, again] = [
    await svgToPng(word(""), box),
    await svgToPng(word("threshold"), box),
    await svgToPng(word("threshold"), box),
  ];
  assert.ok(!decoded(blank.bytes).bytes.includes(255), "something is drawn");
  assert.ok(decoded(text.bytes).bytes.includes(255), "no glyph is drawn");
  assert.deepEqual(text.bytes, again.bytes);
});

Deno.test("svgToPng() paints a chart that is small enough for a mail", async () => {
  const ratios = Array.from({ length: 120 }, (_, i) => i > 80 && i < 90 ? 4 : 0.4);
  const chart = ratiosOverTime({ start: 0, size: 300_000, ratios, anomalous: [81, 82] });
  const { bytes, width } = await svgToPng(await chart.svg(), await paintBox());
  assert.ok(bytes.length < 60_000, `${bytes.length} bytes`);
  assert.ok(width < 620, `${width} wide`);
});

Deno.test("svgToPng() refuses what is no SVG, and an engine that is none", async () => {
  await assert.rejects(svgToPng("<html>", await paintBox()));
  const script = `
    const { svgToPng } = await import(${JSON.stringify(import.meta.resolve("../../lib/chart/png.ts"))});
    await svgToPng("<svg/>", { engine: new Uint8Array(3), fonts: [], family: "" }).catch((error) => console.log(error.message));`;
  const config = new URL("../deno.json", import.meta.url).pathname;
  const child = new Deno.Command("deno", {
    args: ["run", "--no-prompt", "--no-check", "--config", config, "-"],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout, stderr } = await child.output();
  assert.match(
    new TextDecoder().decode(stdout),
    /^Cannot paint: the engine does not start/,
    new TextDecoder().decode(stderr),
  );
});
