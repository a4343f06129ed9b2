import assert from "node:assert/strict";
import { DAY, EPISODE_GAP, Episodes } from "../../../lib/ensemble/threats/episodes.ts";

const HOUR = 3_600_000;
const at = (hour: number, value = 10, rank = 0) => ({
  start: hour * HOUR,
  end: (hour + 1) * HOUR,
  value,
  rank,
});

Deno.test("Episodes say an attack that goes on in every window, since its beginning", () => {
  const episodes = new Episodes();
  for (let hour = 0; hour < 50; hour++) {
    assert.deepEqual(episodes.see("scanner", "a", at(hour)), { since: 0, isSaid: true });
  }
});

Deno.test("Episodes say an attack behind a pause only when it is worse", () => {
  const episodes = new Episodes();
  episodes.see("scanner", "a", at(0));
  assert(!episodes.see("scanner", "a", at(5)).isSaid);
  assert(!episodes.see("scanner", "a", at(6)).isSaid); // seen an hour before, but not said
  assert(episodes.see("scanner", "a", at(7, 16)).isSaid);
  assert(!episodes.see("scanner", "a", at(12, 16)).isSaid);
  assert(episodes.see("scanner", "a", at(13, 16, 2)).isSaid);
});

Deno.test("Episodes begin anew behind a day", () => {
  const episodes = new Episodes(), hours = EPISODE_GAP / HOUR;
  episodes.see("scanner", "a", at(0));
  assert.equal(episodes.see("scanner", "a", at(hours)).since, 0);
  assert.equal(episodes.see("scanner", "a", at(3 * hours)).since, 3 * hours * HOUR);
  assert(episodes.goesOn("scanner", "a", (3 * hours + 5) * HOUR));
  assert(!episodes.goesOn("scanner", "b", 0) && !episodes.goesOn("injection", "a", 0));
});

Deno.test("Episodes.flood() asks for more where there was one a day for a week", () => {
  const episodes = new Episodes();
  for (let day = 0; day < 7; day++) {
    assert.equal(episodes.flood("scanner", day * DAY), 0);
    episodes.see("scanner", `source ${day}`, at(24 * day, 20 + day));
  }
  assert.equal(episodes.flood("scanner", 7 * DAY), 20);
  assert.equal(episodes.flood("injection", 7 * DAY), 0);
  assert.equal(episodes.flood("scanner", 9 * DAY), 0); // the first is more than a week ago
});

Deno.test("Episodes are bounded by forgetting what is over", () => {
  const episodes = new Episodes();
  for (let hour = 0; hour < 1000; hour++) {
    episodes.see("scanner", `source ${hour}`, at(hour));
    episodes.forget(hour * HOUR);
  }
  const { open, said } = episodes.toJSON();
  assert(open.length <= 26 && said[0][1].length <= 170);
});

Deno.test("Episodes are restored as they were saved, and refuse anything else", () => {
  const episodes = new Episodes();
  for (let hour = 0; hour < 9; hour++) episodes.see("scanner", `source ${hour % 4}`, at(hour));
  const saved = JSON.parse(JSON.stringify(episodes));
  assert.deepEqual(Episodes.fromJSON(saved).toJSON(), episodes.toJSON());
  for (const wrong of [null, {}, { open: [["a", {}]], said: [] }]) {
    assert.throws(() => Episodes.fromJSON(wrong), TypeError);
  }
});
