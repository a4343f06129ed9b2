import assert from "node:assert/strict";
import type { Shown } from "../../lib/table/jupyter.ts";
import { LiveDisplay, notebookScreen } from "../../lib/table/live_display.ts";
import { Table } from "../../lib/table/table.ts";

const epochs = (count: number) => new Table({ epoch: Array.from({ length: count }, (_, i) => i + 1) });

Deno.test("LiveDisplay passes over what comes faster than it is shown, but never the last", async () => {
  const shown: string[] = [];
  const screen = {
    broadcast: async (type: string, { data, transient }: Record<string, unknown>) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const { display_id } = transient as { display_id: string };
      shown.push(
        `${type} ${display_id} ${(data as Record<string, string>)["text/plain"].replaceAll("\n", ",")}`,
      );
    },
  };
  const live = new LiveDisplay(screen, "loss");
  for (let count = 1; count <= 9; count++) live.show(epochs(count));
  await live.settled();
  assert.ok(shown.length >= 1 && shown.length < 9);
  assert.match(shown[0], /^display_data loss epoch/);
  for (const later of shown.slice(1)) assert.match(later, /^update_display_data loss/);
  assert.match(shown.at(-1)!, /,8,9$/);
});

Deno.test("LiveDisplay shows what comes after something that could not be shown", async () => {
  const sent: string[] = [];
  const live = new LiveDisplay({ broadcast: (type) => Promise.resolve(void sent.push(type)) }, "chart");
  live.show({
    [Symbol.for("Jupyter.display")]: () => {
      throw new Error("it can't be drawn");
    },
  } as unknown as Shown);
  await assert.rejects(() => live.settled(), /it can't be drawn/);
  live.show(epochs(1));
  await live.settled();
  assert.deepEqual(sent, ["display_data"]);
});

Deno.test("LiveDisplay tells of what could not be shown, and shows nothing outside of a notebook", async () => {
  const broken = {
    [Symbol.for("Jupyter.display")]: () => Promise.reject(new Error("it can't be drawn")),
  } as unknown as Shown;
  const live = new LiveDisplay({ broadcast: () => Promise.resolve() }, "chart");
  live.show(broken);
  await assert.rejects(() => live.settled(), /it can't be drawn/);

  const outside = new LiveDisplay(undefined, "chart");
  outside.show(epochs(1));
  await outside.settled();
});

Deno.test("notebookScreen() is none outside of a notebook, where naming it would throw", () => {
  assert.throws(() => (Deno as { jupyter?: unknown }).jupyter, /only available in/);
  assert.equal(notebookScreen(), undefined);
});
