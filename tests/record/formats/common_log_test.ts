import { commonLog } from "../../../lib/record/formats/common_log.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", HEAD = "h - - [02/Mar/2026:10:00:00 +0000]";

Deno.test("common reads time, severity and content", async () => {
  await checkGolden(commonLog, [
    [`${HEAD} "GET / HTTP/1.1" 200 512`, [T, 9, null, '"GET / HTTP/1.1" 200 512']],
    [`${HEAD} "GET /" 404 -`, [T, 13, null, '"GET /" 404 -']],
    [`${HEAD} "-" 500 0`, [T, 17, null, '"-" 500 0']],
    [`a.example:80 ${HEAD} "-" - -`, [T, 0, "a.example", '"-" - -']],
    [`${HEAD} "GET /" 200 512 "-" "curl/8.5.0"`, null],
    [`${HEAD} "GET /" 200`, null],
    [`${HEAD} "GET /" 200 `, null],
    [`${HEAD} GET / 200 5`, null],
  ]);
});
