/** What every detector's snapshot must be refused for; run by the contracts of both sorts of detectors. */
import assert from "node:assert/strict";
import type { DetectorSnapshot } from "../../lib/detector/detector.ts";

/** Registers the tests for one kind. */
export function testRefusedSnapshots(
  kind: { readonly name: string; restore(snapshot: DetectorSnapshot): Promise<unknown> },
  saved: () => Promise<DetectorSnapshot>,
): void {
  Deno.test(`${kind.name}: restore() refuses another kind, another version and a field that it doesn't know`, async () => {
    const snapshot = await saved();
    assert.equal(snapshot.kind, kind.name);
    for (const change of [{ kind: "oracle" }, { version: snapshot.version + 1 }, { colour: "red" }]) {
      await assert.rejects(kind.restore({ ...snapshot, ...change }), TypeError);
    }
    await assert.rejects(kind.restore(null as unknown as DetectorSnapshot), TypeError);
  });
  Deno.test(`${kind.name}: restore() refuses a snapshot in which any one field is missing or of another type`, async () => {
    const snapshot = await saved();
    for (const field of Object.keys(snapshot)) {
      const { [field]: _, ...without } = snapshot;
      await assert.rejects(kind.restore(without as DetectorSnapshot), TypeError, field);
      for (const wrong of [null, [null], "?", -1.5, {}]) {
        await assert.rejects(kind.restore({ ...snapshot, [field]: wrong }), TypeError, `${field}: ${wrong}`);
      }
    }
  });
}
