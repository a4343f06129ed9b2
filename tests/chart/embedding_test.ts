import assert from "node:assert/strict";
import { type EmbeddedRow, embedding } from "../../lib/chart/embedding.ts";

type Scale = { scale: { domain: string[]; range: string[] } };
const encodingOf = (chart: ReturnType<typeof embedding>) =>
  chart.spec.encoding as { x: { axis: { title: string } } & Scale; shape: Scale; fill: Scale };

const row = (group: string, windows = 1, x = 0): EmbeddedRow => ({ x, y: 0, group, windows });

Deno.test("embedding() puts ordinary groups first and the others by their windows", () => {
  const rows = [row("slow", 2), row("normal", 90), row("lost", 7), row("training", 30), row("slow", 3, 1)];
  const chart = embedding(rows, { ordinary: ["training", "normal", "absent"] });
  assert.deepEqual(encodingOf(chart).shape.scale.domain, ["training", "normal", "lost", "slow"]);
  assert.equal(
    chart.toText(),
    "Rows on two axes: training 30 windows in 1 place, normal 90 windows in 1 place, lost 7 windows in 1 place, " +
      "slow 5 windows in 2 places.",
  );
  assert.equal(encodingOf(chart).x.axis.title, "First principal axis");
});

Deno.test("embedding() gives every group a shape and a colour of its own, and makes one of what is past the sixth", () => {
  const rows = Array.from({ length: 9 }, (_, i) => row(`kind ${i}`, 20 - i));
  const { shape, fill } = encodingOf(embedding([...rows, row("normal", 50)], { ordinary: ["normal"] }));
  assert.deepEqual(shape.scale.domain, ["normal", ...[0, 1, 2, 3, 4].map((i) => `kind ${i}`), "4 others"]);
  for (const { scale } of [shape, fill]) {
    assert.equal(new Set(scale.range).size, 7);
    assert.ok(scale.range.every((look) => typeof look === "string"));
  }
});

Deno.test("embedding() draws the ordinary below, one mark a place, and says what it leaves out", () => {
  const rows = [row("lost"), row("normal"), row("normal"), { ...row("normal"), y: NaN }];
  const chart = embedding(rows, { ordinary: ["normal"], shares: [0.5, 0.25] });
  const { values } = chart.spec.data as { values: { group: string }[] };
  assert.deepEqual(values.map(({ group }) => group), ["normal", "lost"]);
  assert.match(chart.toText(), /; the axes hold 75 % of the variance\. 1 not finite and left out\.$/);
});

Deno.test("embedding() of nothing is an empty chart", () => {
  assert.equal(embedding([]).toText(), "Rows on two axes: no rows");
});
