import { syslogIso } from "../../../lib/record/formats/syslog_iso.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z";

Deno.test("syslog_iso reads time, service and content", async () => {
  await checkGolden(syslogIso, [
    ["2026-03-02T11:00:00.000001+01:00 h sshd[42]: a: b", [T, 0, "sshd", "a: b"]],
    ["2026-03-02T10:00:00Z h cron: error: x", [T, 17, "cron", "error: x"]],
    ["2026-03-02T05:00:00-05:00 h sshd(pam_unix)[42]:", [T, 0, "sshd(pam_unix)", ""]],
    ["2026-03-02T10:00:00Z ERROR payment: failed", null], // a level, not a host
    ["2026-03-02T10:00:00 h sshd[42]: no zone", null],
    ["2026-03-02 10:00:00Z h sshd[42]: x", null],
    ["2026-03-02T10:00:00Z h: x", null],
    ["2026-03-02T10:00:00Z h two words: x", null],
    ["2026-03-02T10:00:00Z [42] sshd: x", null],
    ["2026-03-02T10:00:00Z h http://shop.example", null],
  ]);
});
