import assert from "node:assert/strict";
import { type ServiceCount, volumeOverTime } from "../../lib/chart/volume_over_time.ts";

const MINUTE = 60_000;

function points(rows: ServiceCount[]) {
  return (volumeOverTime(rows, { size: MINUTE }).spec as {
    data: { values: { time: number; service: string; count: number }[] };
  }).data.values;
}

Deno.test("volumeOverTime() shows silence as zeros", () => {
  const rows = [{ time: 0, service: "shop", count: 5 }, { time: 3 * MINUTE, service: "shop", count: 2 }];
  assert.deepEqual(points(rows).map(({ count }) => count), [5, 0, 0, 2]);
});

Deno.test("volumeOverTime() adds up the smallest services past the seventh", () => {
  const rows = Array.from(
    { length: 10 },
    (_, index) => ({ time: 0, service: `s${index}`, count: 10 - index }),
  );
  const drawn = points(rows);
  assert.equal(drawn.length, 7);
  assert.deepEqual(drawn.at(-1), { time: 0, service: "4 other services", count: 4 + 3 + 2 + 1 });
});

Deno.test("volumeOverTime() keeps services apart whose names look alike", () => {
  const name = "a-service-with-a-name-longer-than-forty-characters-";
  const drawn = points([{ time: 0, service: `${name}1`, count: 1 }, {
    time: 0,
    service: `${name}2`,
    count: 2,
  }]);
  assert.equal(new Set(drawn.map(({ service }) => service)).size, 2);
});
