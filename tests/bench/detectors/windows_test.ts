import assert from "node:assert/strict";
import { SeriesEnsemble } from "../../../lib/ensemble/series.ts";
import { testThatNeeds } from "../../needs.ts";
import { injectionsOf } from "./windows_injections.ts";
import { readLines, SOURCES, streamOf } from "./windows_streams.ts";

testThatNeeds(
  ["realLogs"],
  "injectionsOf() plants what its kind says, and leaves other windows alone",
  async () => {
    const source = SOURCES.find(({ name }) => name === "auth")!, read = await readLines(source.path);
    const stream = streamOf(source, read, source.configurations[0]);
    const scanner = await readLines("apache_attack_scans/acunetix.txt.gz");
    const injections = injectionsOf(stream, scanner, 3, 1);
    assert.deepEqual(
      [...new Set(injections.map(({ kind }) => kind))].sort(),
      ["a", "b", "c", "c2", "d", "e", "g", "h", "h2"],
    );
    for (const { kind, at, windows, template } of injections) {
      const before = stream.tested.slice(at, at + windows.length),
        lines = (all: typeof windows) => all.reduce((sum, each) => sum + each.lines, 0);
      assert.deepEqual(windows.map(({ start }) => start), before.map(({ start }) => start));
      const more = lines(windows) - lines(before);
      if (kind === "a") assert(more >= 10 && windows[0].events.templates.includes(template));
      if (kind === "b") {
        assert(
          more < 0 && windows.every(({ events }) => !events.templates.includes(template)),
        );
      }
      if (kind === "c" || kind === "c2") assert.equal(more, 1);
      if (kind === "d") assert.deepEqual([more, windows[0].events], [0, before[0].events]);
      if (kind === "g") assert(more < 0);
      if (kind === "h") assert.equal(more, 300);
    }
    const { names, windowMs, history, madeUp } = stream;
    const ensemble = SeriesEnsemble.fit(history, names, { windowMs }), state = ensemble.start();
    const planted = injections.find(({ kind, at }) => kind === "c" && at >= 0)!;
    for (const window of stream.tested.slice(0, planted.at)) ensemble.judge(state, window);
    const { opinions } = ensemble.judge(state, planted.windows[0]);
    assert(
      opinions.some(({ detector, parts }) => detector === "new-error" && parts[0].template === madeUp[0]),
    );
  },
);
