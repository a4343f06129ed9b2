/**
 * Somebody tries everything.
 *
 * @module
 */
import { contentOf, nearest, placeOf, type WindowInjection } from "./injection.ts";
import { withRequest } from "./request.ts";

/** Lines in the one window. */
const LINES = 300;
/** Lines that must have got in, where formats refuse some. */
const LEAST = 100;
/** What is tried. */
const PROBES = [
  ...[
    "/wp-login.php",
    "/.env",
    "/admin/config.php",
    "/cgi-bin/test.cgi",
    "/phpmyadmin/index.php",
    "/.git/HEAD",
  ],
  ...[
    "/../../etc/passwd",
    "/backup.zip",
    "/server-status",
    "/api/v1/users?id=1%27OR%271",
    "/xmlrpc.php",
    "/shell.jsp",
  ],
];
/** Where a probe goes in a message that is no request. */
const WORD = /[A-Za-z_][\w.-]{2,}/;

/**
 * Three hundred lines in one window that try what isn't there: requests for other paths where the log has requests, else
 * messages with a probe in the place of a word.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scanner } from "./scanner.ts";
 *
 * assert.equal(scanner.on, "window");
 * ```
 */
export const scanner: WindowInjection = {
  on: "window",
  name: "scanner",
  title: "three hundred probes",
  prepare({ log, writer, size, uses }, dice) {
    const records = uses.flatMap((use) => use.records.slice(0, 50));
    if (records.length === 0) return null;
    return {
      windows: 1,
      async plant(at, edit) {
        const model = nearest(log, records, at * size), { input } = log.records[model];
        const content = contentOf(log, model);
        if (!WORD.test(content)) return null;
        let lines = 0;
        for (const [i, time] of dice.times(LINES, at * size, (at + 1) * size).entries()) {
          const probe = `${dice.pick(PROBES)}${i % 3 === 0 ? `?n=${i}` : ""}`;
          const written = await writer.write(model, { time, content: probed(content, probe) });
          if (written === null && lines === 0 && i >= 10) return null;
          if (written === null) continue;
          edit.insert(input, placeOf(log, input, written.time), written.bytes);
          lines++;
        }
        return lines >= LEAST ? `${lines} probes such as ${PROBES[0]}` : null;
      },
    };
  },
};

function probed(content: string, probe: string): string {
  return withRequest(content, probe, 404) ?? content.replace(WORD, () => probe);
}
