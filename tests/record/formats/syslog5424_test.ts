import { syslog5424 } from "../../../lib/record/formats/syslog5424.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z";

Deno.test("syslog5424 reads time, severity, service and content", async () => {
  await checkGolden(syslog5424, [
    ["<34>1 2026-03-02T10:00:00Z h su - ID47 - a b", [T, 18, "su", "a b"]],
    ['<165>1 2026-03-02T11:00:00.000003+01:00 h app 42 - [a@1 b="c ] \\" d"][e] x', [T, 10, "app", "x"]],
    ["<0>1 - - - - - - x", [null, 21, null, "x"]],
    ["<14>1 2026-03-02T10:00:00Z h app - - - \ufeffé", [T, 9, "app", "é"]],
    ["<14>1 2026-03-02T10:00:00Z h app - - -", [T, 9, "app", ""]],
    ['<14>1 2026-03-02T10:00:00Z h app - - [a b="c"]', [T, 9, "app", '[a b="c"]']],
    ["<14>1 2026-03-02T10:00:00Z h app - - - ", [T, 9, "app", ""]],
    ["<14>2 2026-03-02T10:00:00Z h app - - - x", null],
    ["<192>1 2026-03-02T10:00:00Z h app - - - x", null],
    ["<14>1 2026-03-02T10:00:00 UTC h app - - - x", null],
    ["<14>1 2026-03-02T10:00:00Zoo h app - - - x", null],
    ["<14>1 2026-03-02T10:00:00Z h app - - x", null],
    ['<14>1 2026-03-02T10:00:00Z h app - - [a b="c] x', null],
    ["<14>1 2026-03-02T10:00:00Z h app -", null],
    ["<14>Mar  2 10:00:00 h app: x", null],
  ]);
});
