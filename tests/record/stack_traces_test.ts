import assert from "node:assert/strict";
import { kindOfLine } from "../../lib/record/continuation.ts";
import { FORMATS } from "../../lib/record/formats/mod.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";
import { cutInvariant, recordsOf } from "./records_of.ts";

const TRACES: Record<string, string> = {
  Java: `java.lang.IllegalStateException: cannot pay order 4711
	at shop.pay.Till.charge(Till.java:88)
	at java.base/java.lang.Thread.run(Thread.java:840)
	Suppressed: java.io.IOException: cannot close
		at shop.pay.Bank.close(Bank.java:12)
		... 3 more
Caused by: shop.pay.CardDeclined: no money
	at shop.pay.Bank.ask(Bank.java:31)
	... 12 more
Exception in thread "till-1" java.lang.OutOfMemoryError: Java heap space
	at shop.Basket.<init>(Basket.java:7)`,
  Python: `Traceback (most recent call last):
  File "/srv/shop/pay.py", line 88, in charge
    bank.ask(order)
    ~~~~~~~~^^^^^^^
shop.errors.CardDeclined: no money

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/shop/till.py", line 12, in pay
    raise KeyError(order)
KeyError: 4711

The above exception was the direct cause of the following exception:

  + Exception Group Traceback (most recent call last):
  |   File "/srv/shop/till.py", line 30, in run
  | ExceptionGroup: two failed (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | ValueError: one
    +------------------------------------`,
  Node: `/srv/shop/pay.js:88
    throw new PayError("no money", { cause });
    ^

PayError: no money
    at charge (/srv/shop/pay.js:88:11)
    at async Server.<anonymous> (file:///srv/shop/till.js:12:3) {
  code: 'E_DECLINED',
  [cause]: TypeError: Cannot read properties of undefined (reading 'id')
      at ask (/srv/shop/bank.js:31:9)
      ... 4 lines matching cause stack trace ...
}

Node.js v22.1.0`,
  Go: `panic: runtime error: index out of range [5] with length 3 [recovered]
	panic: again
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47]

goroutine 17 [running]:
main.(*Till).pay(0xc000010000, {0x4a1b20, 0xc00001c0a8})
	/srv/shop/pay.go:88 +0x1d
shop.example/bank.Ask[...](...)
	/srv/shop/bank/ask.go:31
net/http.(*conn).serve.func1()
	/usr/lib/go/src/net/http/server.go:1850 +0xb0
created by main.main in goroutine 1
	/srv/shop/main.go:12 +0x45
exit status 2`,
  ".NET": `System.InvalidOperationException: cannot pay order 4711
 ---> System.Net.Http.HttpRequestException: refused
   at Shop.Bank.Ask(Int32 order) in /srv/shop/Bank.cs:line 31
   --- End of inner exception stack trace ---
   at Shop.Till.Pay() in /srv/shop/Till.cs:line 12
--- End of stack trace from previous location ---
   at Shop.Program.Main()
Unhandled exception. System.AggregateException: one or more errors
 ---> (Inner Exception #0) System.Exception: no<---`,
};

/** Formats in which a line without a header goes on with a record; the journal's export has messages of several lines in a field. */
const MULTILINE = FORMATS.filter(({ multiline, name }) => multiline && name !== "journald_export");

function kindOf(line: string): string {
  const batch = new LogBatch();
  return kindOfLine(batch, 0, new TextEncoder().encodeInto(line, batch.bytes).written);
}

for (const [language, trace] of Object.entries(TRACES)) {
  Deno.test(`RecordReader joins a stack trace of ${language} to its record in every format of several lines`, async () => {
    for (const format of MULTILINE) {
      const { examples } = format,
        lines = [...Array(9).fill(examples).flat(), ...examples.flatMap((example) => [example, trace])];
      const bytes = bytesOf(lines.join("\n") + "\n");
      const { records, reader } = await recordsOf(bytes, { format });
      assert.equal(records.length, 10 * examples.length, format.name);
      assert.ok(records.at(-1)!.text.endsWith(trace), format.name);
      assert.equal(reader.quality.lines, bytes.filter((byte) => byte === 10).length, format.name);
      const cut = await recordsOf(bytes, { format }, new MemoryInput(bytes, { pieces: [37, 90, 11] }));
      assert.deepEqual(cut.records.map(cutInvariant), records.map(cutInvariant), format.name);
    }
  });

  Deno.test(`kindOfLine() takes no line of a stack trace of ${language} for a record of its own`, () => {
    const own = trace.split("\n").filter((line) => kindOf(line) === "other");
    assert.deepEqual(own, []);
  });
}

Deno.test("RecordReader joins a dump of a thousand goroutines to one record", async () => {
  const goroutine = (id: number) =>
    `goroutine ${id} [chan receive, 12 minutes]:\nmain.(*Till).wait(0xc0000${id})\n\t/srv/shop/wait.go:31 +0x1d\n\n`;
  const dump = Array.from({ length: 1000 }, (_, i) => goroutine(i)).join("");
  const { records } = await recordsOf(`2026/03/02 10:00:00 stuck\n${dump}2026/03/02 10:00:01 done\n`);
  assert.deepEqual(records.map(({ content }) => content), ["stuck", "done"]);
});

Deno.test("kindOfLine() takes sentences and calls in them for records of their own", () => {
  for (
    const line of [
      "started",
      "listening on port 8080",
      "main(x) is called",
      "goroutines: 17",
      "order 4711 (paid)",
    ]
  ) {
    assert.equal(kindOf(line), "other", line);
  }
});
