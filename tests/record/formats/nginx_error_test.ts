import { nginxError } from "../../../lib/record/formats/nginx_error.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z";

Deno.test("nginx_error reads time, severity and content", async () => {
  await checkGolden(nginxError, [
    ["2026/03/02 10:00:00 [error] 42#7: *17 x, client: h", [T, 17, null, "x, client: h"]],
    ["2026/03/02 10:00:00 [alert] 42#7: x", [T, 19, null, "x"]],
    ["2026/03/02 10:00:00 [info] 42#7:", [T, 9, null, ""]],
    ["2026/03/02 10:00:00 [debug] 42#7: x", [T, 5, null, "x"]],
    ["2026/03/02 10:00:00 [warn] 42#7: *x y", [T, 13, null, "*x y"]],
    ["2026/03/02 10:00:00 [loud] 42#7: x", null],
    ["2026/03/02 10:00:00 x", null],
    ["2026/03/02 10:00:00 [error] x", null], // as other programs have it
    ["2026/02/30 10:00:00 [warn] 42#7: x", null],
    ["2026/03/02 24:00:00 [warn] 42#7: x", null],
  ]);
});

Deno.test("nginx_error takes times as FormatOptions.utcOffset says", async () => {
  await checkGolden(nginxError, [["2026/03/02 12:00:00 [warn] 4#7: x", [T, 13, null, "x"]]], {
    utcOffset: 120,
  });
});
