import assert from "node:assert/strict";
import { isPresent, testThatNeeds } from "../needs.ts";
import { MovedClock } from "../services/moved_clock.ts";
import { MISCHIEFS } from "./saboteur.ts";
import { disturbances, disturbedWatch, undisturbedWatch, type WatchOutcome } from "./watch_history.ts";
import { SHORT } from "./watch_plots.ts";

Deno.test("watch tells every incident once, threads what follows and ends it once, whatever befalls it and its receivers", async () => {
  const outcome = await disturbedWatch(SHORT, () => {}), { accounts, planted, faults } = outcome;
  assert.deepEqual(faults, []);
  assert.deepEqual(disturbances(await undisturbedWatch(SHORT), outcome), []);
  assert.equal(planted.told.length, planted.planted);
  assertDisturbed(outcome);
  assert.equal(accounts.length, 3);
  for (const { channel, incidents, messages, resolved, lost, threaded } of accounts) {
    assert.ok(messages > incidents && resolved >= incidents && incidents > 1, channel);
    assert.deepEqual(lost, []);
    if (channel === "email") {
      assert.ok(threaded !== null && threaded.right === threaded.of && threaded.of > 0);
    }
  }
});

/** Everything that should have befallen it has. */
function assertDisturbed(
  { disturbed: { done, kills, rotations, wrongClocks, answered }, hasClock }: WatchOutcome,
): void {
  assert.equal(hasClock, isPresent("faketime") && isPresent("mounts"));
  const wanted = MISCHIEFS.filter((mischief) => mischief !== "clock" || hasClock);
  assert.deepEqual([...done.keys()].sort(), wanted.toSorted());
  assert.ok(
    kills >= 3 && rotations >= 5 && wrongClocks >= 2,
    JSON.stringify({ kills, rotations, wrongClocks }),
  );
  for (const [mood, times] of Object.entries(answered)) assert.ok(times > 0, `no receiver was ${mood}`);
}

testThatNeeds(
  ["faketime", "mounts"],
  "MovedClock gives programs another time of day, which moves while they run",
  async () => {
    const folder = await Deno.makeTempDir(), clock = (await MovedClock.open(folder))!;
    try {
      clock.move(3_600_000);
      const [program, ...args] = [...clock.through, "sh", "-c", "date +%s; read line; date +%s"];
      const child = new Deno.Command(program, { args, env: clock.env, stdin: "piped", stdout: "piped" })
        .spawn();
      const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader(),
        writer = child.stdin.getWriter();
      const hours = async () =>
        Math.round((1000 * Number((await lines.read()).value) - Date.now()) / 3_600_000);
      const ahead = await hours();
      clock.move(-3_600_000);
      await writer.write(new TextEncoder().encode("\n"));
      assert.deepEqual([ahead, await hours()], [1, -1]);
      await Promise.all([writer.close(), lines.cancel(), child.status]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
