import { apacheError } from "../../../lib/record/formats/apache_error.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("apache_error reads time, severity and content", async () => {
  await checkGolden(apacheError, [
    ["[Mon Mar 02 10:00:00 2026] [notice] a b", [T, 10, null, "a b"]],
    ["[Mon Mar  2 10:00:00 2026] [error] [client 192.0.2.7] x", [T, 17, null, "[client 192.0.2.7] x"]],
    ["[Mon Mar 02 10:00:00.123456 2026] [core:emerg] [pid 42:tid 7] x", [M, 21, null, "x"]],
    ["[Mon Mar 02 10:00:00.123456 2026] [:crit] [pid 42] [client h:1] x", [M, 18, null, "[client h:1] x"]],
    ["[Mon Mar 02 10:00:00.123456 2026] [mod_a:trace8] [pid 42] x", [M, 1, null, "x"]],
    ["[Mon Mar 02 10:00:00 2026] [warn]", [T, 13, null, ""]],
    ["[Mon Mar 02 10:00:00 2026] [warn] [pid 42", [T, 13, null, "[pid 42"]],
    ["[Mon Mar 02 10:00:00 2026] [loud] x", null],
    ["[Mon Mar 02 10:00:00 2026] [a b:warn] x", null],
    ["[Mon Mar 02 10:00:00 2026] x", null],
    ["[Mon Feb 30 10:00:00 2026] [warn] x", null],
    ["[Mon Mar 02 25:00:00 2026] [warn] x", null],
    ["[Mon Mar 02 10:00:00 26] [warn] x", null],
    ["Mon Mar 02 10:00:00 2026 [warn] x", null],
  ]);
});

Deno.test("apache_error takes times as FormatOptions.utcOffset says", async () => {
  const options = { utcOffset: 120 };
  await checkGolden(apacheError, [["[Mon Mar 02 12:00:00 2026] [warn] x", [T, 13, null, "x"]]], options);
});
