import { logfmt } from "../../../lib/record/formats/logfmt.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("logfmt reads time, severity, service and content", async () => {
  await checkGolden(logfmt, [
    ['time=2026-03-02T10:00:00.123Z level=info msg="a b" user=1', [M, 9, null, "a b"]],
    ['time="2026-03-02T10:00:00Z" level=WARNING msg=up', [T, 13, null, "up"]],
    ['ts=1772445600.123 level=error service=pay msg="say \\"x\\"" err=y', [M, 17, "pay", 'say \\"x\\"']],
    ["t=2026-03-02T11:00:00+0100 lvl=eror msg=a logger=b", [T, 17, null, "a"]],
    ["t=2026-03-02T10:00:00Z lvl=dbug msg=a", [T, 5, null, "a"]],
    ["level=info msg=waiting for orders queue=main", [null, 9, null, "waiting for orders"]],
    ["level=info  ts=1772445600 component=a left=2 ", [T, 9, null, "component=a left=2 "]],
    ["component=a level=info left=2", [null, 9, null, "component=a level=info left=2"]],
    ['msg="" a=1', [null, 0, null, ""]],
    ['a=1 msg="cut in the mid', [null, 0, null, "cut in the mid"]],
    ["a= msg= level=loud", [null, 0, null, ""]],
    ["msg=a message=b c d", [null, 0, null, "a"]],
    ["message=a msg=b service.name=s app=t", [null, 0, "s", "b"]],
    ["at=error code=H12 path=/basket status=503", [null, 17, null, "code=H12 path=/basket status=503"]],
    ["type=CWD msg=audit(1772445600.123:42): cwd=/srv", [
      M,
      0,
      null,
      "type=CWD msg=audit(1772445600.123:42): cwd=/srv",
    ]],
    ["level=info", null], // one pair is a setting
    ["a=1 b=2", null], // pairs, but nothing of a log
    ["t=5 x=3", null], // no time of day
    ["set level=info msg=x", null],
    ["level=info says that all is well and that more is to come", null],
    ["level=info =x a=1", [null, 9, null, "=x a=1"]], // a word that is no pair
    ['level=info msg="a"b c=1', null],
    ["if (level=info) msg=x", null],
  ]);
});
