import assert from "node:assert/strict";
import { WindowKeys } from "../../lib/feature/window_keys.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { openFiles } from "../../lib/source/files.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";

const LINES = [
  "2026-03-01T00:00:01.000Z INFO order=7 begun",
  "2026-03-01T00:00:59.000Z INFO order=8 begun, instead of order=7",
  "2026-03-01T00:04:59.999Z INFO three carts are open",
  "2026-03-01T00:05:00.000Z INFO two carts are open",
  "2026-03-01T00:06:00.000Z INFO order=7 done",
];

Deno.test("WindowKeys name the windows that records are counted in", async () => {
  const path = await Deno.makeTempFile({ suffix: ".log" });
  await Deno.writeTextFile(path, LINES.join("\n") + "\n");
  for (const session of [SessionPattern.compile("order=(\\d+)"), null]) {
    const services = new Dictionary(), [input] = (await openFiles([path])).inputs;
    const reader = new RecordReader(input, { services, fallbackService: "shop" });
    const options = { session, size: 300_000, idle: 1e6, lateness: Infinity, keepSessions: true };
    const windows = new OpenWindows(options, services),
      keys = new WindowKeys(options),
      found: (string | null)[] = [];
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      batch.template.fill(0, 0, batch.length);
      windows.add(batch, 0, batch.length);
      found.push(...keys.of(batch));
    }
    reader.close();
    const carts = ["shop@2026-03-01T00:00:00.000Z", "shop@2026-03-01T00:05:00.000Z"];
    assert.deepEqual(found, session ? ["7", "8", ...carts, "7"] : [carts[0], carts[0], ...carts, carts[1]]);
    const closed = windows.closeAll(), all = Array.from({ length: closed.length }, (_, i) => closed.key(i));
    assert.deepEqual(new Set(found), new Set(all));
  }
  await Deno.remove(path);
});

Deno.test("WindowKeys have none for a record without a session and a time", async () => {
  const path = await Deno.makeTempFile({ suffix: ".log" });
  await Deno.writeTextFile(path, "no time at all\norder=9 has none either\n");
  const [input] = (await openFiles([path])).inputs;
  const reader = new RecordReader(input, {
    services: new Dictionary(),
    fallbackService: "shop",
    format: "plain",
  });
  const keys = new WindowKeys({ session: SessionPattern.compile("order=(\\d+)"), size: 60_000 });
  assert.deepEqual(keys.of((await reader.next())!), [null, "9"]);
  reader.close();
  await Deno.remove(path);
});
