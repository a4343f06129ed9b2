import assert from "node:assert/strict";
import { detectFormat } from "../../../lib/record/detect.ts";
import { FORMATS } from "../../../lib/record/formats/mod.ts";
import { bytesOf } from "../memory_input.ts";

/** Those that say what they read; the rest reads anything, or is learned from a whole file. */
const LOGS = FORMATS.filter(({ name }) => !["plain", "content", "learned"].includes(name));

/** Texts that are no logs of any format. */
const OTHERS: Record<string, string> = {
  prose: `It was a dark night, and the level of the river rose: nobody knew why.
Error is human, they say; info is not knowledge.
On 2 March 2026 at 10:00 the shop opened. "Time is money," said Alice.
[sic] The rest is silence.`,
  csv: `time,level,service,message
2026-03-02T10:00:00Z,info,shop,order 4711 paid
2026-03-02T10:00:01Z,error,shop,"order 4712, failed"
2026-03-02T10:00:02Z,info,shop,order 4713 paid`,
  "csv of numbers": "1772445600,17,4.5\n1772445601,18,4.25\n1772445602,19,4.125",
  typescript: `import { shop } from "./shop.ts";
const level = "info", msg = "up";
export function log(level: string, message: string) {
  if (level === "error") throw new Error(message);
}
// time=now level=info`,
  python: `import logging
log = logging.getLogger("shop")
def pay(order, level="info"):
    log.info("order %s paid", order)
print(f"level={level}")`,
  settings: "LEVEL=info\nMESSAGE=hello\nTIME=2026-03-02T10:00:00Z\nPRIORITY=6\nSYSLOG_IDENTIFIER=shop",
  properties: "log.level=info\nlog.file = /srv/shop/log\nlevel=debug\nmsg=hello world",
  yaml: "level: info\ntime: 2026-03-02T10:00:00Z\nstreams:\n- name: shop\n  level: error",
  "pretty JSON": '{\n"level": "info",\n"message": "up",\n"list": [\n1,\n2\n]\n}',
  metrics: "load,host=shop1 value=0.7\ncpu=0.7 memory=12\ncpu=0.8 memory=13\na=1 b=2 c=3",
  html: '<ul class="log">\n<li>info: up</li>\n<li>error: down</li>\n</ul>',
  sql: "select time, level from log where level = 'error';\ninsert into log values (1, 'info');",
  shell: "export LEVEL=info\nlevel=info ./run.sh\nif [ -f log ]; then cat log; fi\ntime ls -l",
  dates: "2026/03/02\n02/Mar/2026\nMon Mar 02\n10:00:00",
};

/** Formats that a more general one reads too, which may therefore read more of a mixture. */
const GENERAL: Record<string, string> = { common: "combined", log4j: "iso8601" };

function detected(lines: readonly string[]): string {
  const bytes = bytesOf(lines.join("\n") + "\n");
  return detectFormat(bytes, bytes.length).format.name;
}

Deno.test("detectFormat() tells every format from its examples, in any order and among a third of other lines", () => {
  const told = LOGS.map(({ name, examples }) => {
    const twice = [...examples, ...examples];
    const mixed = twice.flatMap((line, i) => i % 2 === 0 ? [line, "it rains"] : [line]);
    return [name, detected(examples), detected([...examples].reverse()), detected(mixed)];
  });
  assert.deepEqual(told, LOGS.map(({ name }) => [name, name, name, name]));
});

Deno.test("detectFormat() takes prose, tables, code and settings for plain", () => {
  const told = Object.entries(OTHERS).map(([name, text]) => [name, detected(text.split("\n"))]);
  assert.deepEqual(told, Object.keys(OTHERS).map((name) => [name, "plain"]));
});

Deno.test("detectFormat() tells the format of the majority where two are mixed, alone or with the other one", () => {
  const ofLines = LOGS.filter(({ block }) => block === undefined);
  for (const one of ofLines) {
    for (const other of ofLines) {
      if (one === other) continue;
      const lines: string[] = [], count = { ones: 0, all: 0 };
      for (let i = 0; count.all < 40 || i < 40; i++) {
        const { examples } = count.ones <= 0.7 * count.all ? one : other,
          example = examples[i % examples.length];
        lines.push(example);
        count.all += example.split("\n").length;
        if (examples === one.examples) count.ones += example.split("\n").length;
      }
      const told = detected(lines);
      const names = told.replace("mixed:", "").split("+");
      assert.ok(
        names.includes(one.name) || names.includes(GENERAL[one.name]),
        `${one.name} among ${other.name}: ${told}`,
      );
    }
  }
});

Deno.test("detectFormat() takes a time and a level in brackets for nobody's own format", () => {
  assert.equal(detected(["2026-03-02T10:00:00.123Z [INFO]  stock: article 4711 is short"]), "iso8601");
  assert.equal(detected(["2026-03-02 10:00:00.123 [DEBUG][4242] sync.go 356: pong sent"]), "iso8601");
});
