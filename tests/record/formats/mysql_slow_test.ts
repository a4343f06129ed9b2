import assert from "node:assert/strict";
import { mysqlSlow } from "../../../lib/record/formats/mysql_slow.ts";
import { recordsOf } from "../records_of.ts";

const HEAD = `# Time: 2026-03-02T10:00:00.123456Z
# User@Host: shop[shop] @ till1 [192.0.2.7]  Id:    17
# Query_time: 2.104711  Lock_time: 0.000012 Rows_sent: 1  Rows_examined: 471100
`;

async function read(text: string) {
  const { records, reader } = await recordsOf(text, { format: mysqlSlow });
  return {
    reader,
    records: records.map(({ timestamp, service, content, lines }) => [
      timestamp === null ? null : new Date(timestamp).toISOString(),
      service === "fallback" ? null : service,
      content,
      lines,
    ]),
  };
}

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("mysql_slow reads time, database and query of a block", async () => {
  const { records } = await read(
    [
      HEAD + "use orders;\nSET timestamp=1772445600;\nselect 1\n from basket;",
      HEAD + "select 2;",
      "# User@Host: a[a] @ b []\n# Query_time: 1  Lock_time: 0\nSET timestamp=1772445600.5;\nselect\n3\n;",
      "# Time: 260302 10:00:00\n# User@Host: a[a] @ b []\n# administrator command: Ping;",
      "# Time: 260302  9:00:00\n# User@Host: a[a] @ b []\nselect 4;",
      "# User@Host: a[a] @ b []\nselect 5;",
    ].join("\n") + "\n",
  );
  assert.deepEqual(records, [
    [M, "orders", "select 1", 7],
    [M, null, "select 2;", 4],
    ["2026-03-02T10:00:00.500Z", null, "select", 6],
    [T, null, "administrator command: Ping;", 3],
    ["2026-03-02T09:00:00.000Z", null, "select 4;", 3],
    [null, null, "select 5;", 2],
  ]);
});

Deno.test("mysql_slow is told from a file with the server's banner and long queries", async () => {
  const banner = "/usr/sbin/mysqld, Version: 8. started with:\nTime                 Id Command    Argument\n";
  const query = `select a,\n${"b,\n".repeat(100)}c;\n`;
  const { records, reader } = await recordsOf(banner + (HEAD + query).repeat(5));
  assert.equal(reader.format, mysqlSlow);
  assert.deepEqual(
    records.slice(2).map(({ content }) => content).filter((text) => text === "select a,").length,
    5,
  );
});

Deno.test("mysql_slow does not swallow a block without a query", async () => {
  const { records } = await read(HEAD + HEAD + "select 1;\n# Query_time: 1\nselect 2;\n");
  assert.deepEqual(records.map(([, , content, lines]) => [content, lines]), [
    ["# Time: 2026-03-02T10:00:00.123456Z", 3],
    ["select 1;", 6],
  ]);
});
