import assert from "node:assert/strict";
import { timeOf } from "../../lib/table/time_of.ts";

/** Runs with the machine's clock in a zone far from UTC. */
function inTokyo(run: () => void): void {
  const zone = Deno.env.get("TZ");
  Deno.env.set("TZ", "Asia/Tokyo");
  try {
    assert.equal(new Date(0).getTimezoneOffset(), -540, "the zone is not in use");
    run();
  } finally {
    if (zone === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", zone);
  }
}

Deno.test("timeOf() reads times without a zone as UTC wherever the machine is", () =>
  inTokyo(() => {
    const ten = Date.UTC(2026, 2, 2, 10);
    for (
      const text of ["2026-03-02T10:00", "2026-03-02 10:00:00", "2026-03-02T12:00+02:00", "2026-03-02T10:00Z"]
    ) {
      assert.equal(timeOf(text), ten, text);
    }
    assert.equal(timeOf("2026-03-02"), Date.UTC(2026, 2, 2));
    assert.equal(timeOf("2026"), Date.UTC(2026));
    for (const text of ["3/2/2026", "Mar 2 2026", "2 March 2026 10:00"]) { // read by the machine's zone
      assert.throws(() => timeOf(text), RangeError, text);
    }
  }));

Deno.test("timeOf() takes ms as they are, nothing as nothing, and refuses what is no time", () => {
  assert.deepEqual([timeOf(5), timeOf(""), timeOf(undefined)], [5, undefined, undefined]);
  assert.throws(() => timeOf("soon"), { name: "RangeError", message: /^Cannot read a time: .* is soon$/ });
});

Deno.test("timeOf() reads the times of the notebooks' parameters, never Date.parse", () => {
  for (const folder of ["notebooks", "notebooks/reports"]) {
    for (const { name } of Deno.readDirSync(folder)) {
      if (!name.endsWith(".ipynb")) continue;
      assert.doesNotMatch(
        Deno.readTextFileSync(`${folder}/${name}`),
        /Date\.parse\((?:parameters|text)/,
        `${folder}/${name}`,
      );
    }
  }
});
