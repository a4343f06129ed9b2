import { mysqlError } from "../../../lib/record/formats/mysql_error.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z", NINE = "2026-03-02T09:00:00.000Z";

Deno.test("mysql_error reads time, severity, subsystem and content", async () => {
  await checkGolden(mysqlError, [
    ["2026-03-02T10:00:00.123456Z 7 [Warning] [MY-010055] [Server] x", [M, 13, "Server", "x"]],
    ["2026-03-02T11:00:00.123456+01:00 0 [ERROR] [MY-1] [InnoDB] [x] y", [M, 17, "InnoDB", "[x] y"]],
    ["2026-03-02T10:00:00.123456Z 0 [System] [MY-1] x", [M, 9, null, "x"]],
    ["2026-03-02T10:00:00.123456Z 0 [Note] InnoDB: x", [M, 9, null, "InnoDB: x"]],
    ["2026-03-02 10:00:00 7f0a40 [Note] x", [T, 9, null, "x"]],
    ["2026-03-02  9:00:00 0 [Note] x", [NINE, 9, null, "x"]],
    ["260302 10:00:00 [Note] x", [T, 9, null, "x"]],
    ["260302  9:00:00 [ERROR] x", [NINE, 17, null, "x"]],
    ["260302 10:00:00 mysqld_safe x", [T, 0, null, "mysqld_safe x"]],
    ["260302 10:00:00  InnoDB: x", [T, 0, null, "InnoDB: x"]],
    ["260302 10:00:00 x", null],
    ["261302 10:00:00 [Note] x", null],
    ["260302 25:00:00 [Note] x", null],
    ["2026-03-02T10:00:00.123456Z 7 Query select 1", null],
    ["2026-03-02T10:00:00Z [Loud] x", null],
  ]);
});

Deno.test("mysql_error takes times without a zone as FormatOptions.utcOffset says", async () => {
  await checkGolden(mysqlError, [
    ["260302 12:00:00 [Note] x", [T, 9, null, "x"]],
    ["2026-03-02 11:00:00 0 [Note] x", [NINE, 9, null, "x"]],
    ["2026-03-02T10:00:00.123456Z 0 [Note] x", [M, 9, null, "x"]],
  ], { utcOffset: 120 });
});
