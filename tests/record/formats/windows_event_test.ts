import assert from "node:assert/strict";
import { windowsEvent } from "../../../lib/record/formats/windows_event.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z";

Deno.test("windows_event reads time, severity, source and content of lines", async () => {
  await checkGolden(windowsEvent, [
    ["Information\t3/2/2026 10:00:00 AM\tShop\t7036\tNone\tx y", [T, 9, "Shop", "x y"]],
    ["Warning,02.03.2026 10:00:00,disk,7,(1),x", [T, 13, "disk", "x"]],
    ['Critical,3/2/2026 10:00:00 AM,disk,7,None,"x ""y"", z"', [T, 21, "disk", 'x ""y"", z']],
    ['Error,3/2/2026 10:00:00 AM,disk,7,None,"goes on', [T, 17, "disk", "goes on"]],
    ["Audit Success\t2026-03-02 10:00:00\tSec\t4624\tLogon\tx", [T, 9, "Sec", "x"]],
    ["3/2/2026 10:00:00 AM    7036 Information   x", [T, 9, null, "x"]],
    ["2026-03-02 10:00:00, Error                 CBS    x  y", [T, 17, "CBS", "x  y"]],
    ["2026-03-02 10:00:00, Info                  CSI    0001@2026 x", [T, 9, "CSI", "0001@2026 x"]],
    ["Level\tDate and Time\tSource\tEvent ID\tTask Category", null],
    ["Information 3/2/2026", null],
    ["Informational\t3/2/2026 10:00:00 AM\tShop\t7036\tNone\tx", null],
    ["3/2/2026 10:00:00 AM    7036 Loud   x", null],
    ["2026-03-02 10:00:00, order 4711 paid", null],
  ]);
});

Deno.test("windows_event reads lists of wevtutil and PowerShell", async () => {
  const text = [
    "Event[0]:\r\n  Source: Shop\r\n  Date: 2026-03-02T10:00:00.000\r\n  Level: Error\r\n  Description: \r\nx: y\r\nmore\r\n",
    "Event[1]:\n  Source: disk\n  Date: 2026-03-02T10:00:00.000\n  Level: Information\n  Description:\n\n",
    "TimeCreated      : 3/2/2026 10:00:00 AM\nProviderName     : Shop\nId               : 7\nLevelDisplayName : Warning\nMessage          : z\n                   more\n\n",
    "Message      : w\nId           : 7\nTimeCreated  : 3/2/2026 10:00:00 AM\n\n",
  ].join("");
  const { records, reader } = await recordsOf(text);
  assert.equal(reader.format, windowsEvent);
  assert.deepEqual(records.map(({ severity, service, content }) => [severity, service, content]), [
    [17, "Shop", "x: y"],
    [9, "disk", ""],
    [13, "Shop", "z"],
    [0, "fallback", "w"],
  ]);
  assert.ok(records.every(({ timestamp }) => timestamp === Date.parse(T)));
});

Deno.test("windows_event joins the lines of a quoted description", async () => {
  const { records } = await recordsOf(
    'Level,Date and Time,Source,Event ID,Task Category\nError,3/2/2026 10:00:00 AM,a,7,None,"x\n\ny"\nError,3/2/2026 10:00:01 AM,a,7,None,z\n',
    { format: windowsEvent },
  );
  assert.deepEqual(records.map(({ content, lines }) => [content, lines]).slice(1), [["x", 3], ["z", 1]]);
});
