/**
 * How a report looks: light and dark, wide, narrow and on paper. System fonts, nothing loaded.
 *
 * @module
 */

/** The style sheet of a report. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #1b1f24; --quiet: #59616b; --line: #dfe3e8; --code: #f3f4f6;
  --link: #0b5cad; --bar: #d55e00; --expected: #0072b2; --good: #1a7f4b;
  --low: #2563a8; --medium: #8a5a00; --high: #b3261e; --critical: #7a0c2e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d0f12; --card: #15181d; --ink: #e6e8eb; --quiet: #9aa2ad; --line: #2b313a; --code: #1e232a;
    --link: #6cb2ff; --bar: #ff8a3d; --expected: #56b4e9; --good: #4cc38a;
    --low: #3f7fca; --medium: #a8741a; --high: #d0453c; --critical: #b8245a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 12px; }
h3 { font-size: 15px; margin: 0; font-weight: 600; }
p { margin: 0 0 12px; }
a { color: var(--link); }
code, .sample { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
.quiet { color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.lead { font-size: 17px; margin: 14px 0 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; }
.tiles > div { padding: 12px 16px 14px; }
.tiles dt { color: var(--quiet); font-size: 13px; }
.tiles dd { margin: 0; font-size: 24px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.tiles small { display: block; color: var(--quiet); font-size: 12.5px; font-weight: 400; }
figure { margin: 0 0 14px; padding: 12px 12px 10px; }
figure > div { overflow-x: auto; }
figure svg { display: block; max-width: 100%; min-width: 520px; height: auto; margin: 0 auto; }
figure .dark { display: none; }
figcaption { color: var(--quiet); font-size: 13px; padding: 6px 6px 0; }
@media (prefers-color-scheme: dark) {
  figure .dark { display: block; }
  figure .dark + .light { display: none; }
  figure .light { background: #ffffff; border-radius: 6px; }
}
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 7px 12px; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; color: var(--quiet); font-size: 13px; font-weight: 500; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.time, td.name { white-space: nowrap; }
td { overflow-wrap: break-word; max-width: 560px; }
td:last-child { min-width: 120px; }
td.number:last-child { min-width: 0; }
td.what { overflow-wrap: anywhere; min-width: 280px; }
.badge { display: inline-block; padding: 1px 9px 2px; border-radius: 999px; color: #ffffff; font-size: 12px; font-weight: 600;
  white-space: nowrap; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.low { background: var(--low); } .medium { background: var(--medium); }
.high { background: var(--high); } .critical { background: var(--critical); }
details.alert { margin: 0 0 12px; border-left-width: 5px; overflow: hidden; }
details.alert.at-low { border-left-color: var(--low); } details.alert.at-medium { border-left-color: var(--medium); }
details.alert.at-high { border-left-color: var(--high); } details.alert.at-critical { border-left-color: var(--critical); }
summary { padding: 12px 16px; cursor: pointer; overflow-wrap: anywhere; list-style-position: outside; }
summary::-webkit-details-marker { display: none; }
summary { list-style: none; }
summary h3 { display: inline; }
summary .facts { display: block; color: var(--quiet); font-size: 13.5px; margin-top: 4px; }
section.incident { margin: 20px 0; padding: 0 0 0 14px; border-left: 3px solid var(--line); }
section.incident > p { margin: 0 0 8px; overflow-wrap: anywhere; }
.overview thead th { white-space: normal; vertical-align: bottom; }
.overview .seen { color: var(--quiet); font-size: 13px; margin-top: 2px; }
.overview .seen a { color: inherit; }
.inside { padding: 0 16px 14px; }
.reason { display: grid; grid-template-columns: 56px minmax(0, 1fr) 200px; gap: 2px 14px; padding: 10px 0; border-top: 1px solid var(--line); }
.reason .share { font-weight: 600; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.meaning { border-left: 3px solid var(--line); padding: 0 0 0 12px; margin: 0 0 12px; font-size: 14px; }
.meaning h4 { margin: 0 0 4px; font-size: 14px; }
.meaning p { margin: 0 0 8px; }
.reason .seen { color: var(--quiet); font-size: 13px; }
.reason .what { overflow-wrap: anywhere; }
.reason .what code { font-size: 13px; }
.counts { font-size: 13px; font-variant-numeric: tabular-nums; }
.counts svg { display: block; width: 100%; height: 16px; margin: 2px 0; }
.counts .actual { fill: var(--bar); } .counts .expected { fill: var(--expected); }
.counts b { color: var(--bar); font-weight: 600; } .counts i { color: var(--expected); font-style: normal; font-weight: 600; }
.sample { display: block; background: var(--code); border-radius: 6px; padding: 6px 10px; margin-top: 6px; overflow-wrap: anywhere; }
.sample b { font-weight: inherit; border-bottom: 1px dotted currentColor; }
.further { margin: 8px 0 0; font-size: 13.5px; color: var(--quiet); overflow-wrap: anywhere; }
.calm { color: var(--good); font-weight: 600; }
ul.plain { margin: 0; padding: 12px 16px 12px 34px; }
footer { color: var(--quiet); font-size: 13px; padding: 32px 20px 40px; }
@media (max-width: 640px) {
  body { font-size: 14.5px; }
  main, header, footer { padding-left: 14px; padding-right: 14px; }
  h1 { font-size: 22px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .tiles > div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  .reason { grid-template-columns: 50px minmax(0, 1fr); gap: 2px 10px; }
  .reason .counts { grid-column: 2; }
  th, td { padding: 6px 10px; }
  .overview thead, .overview td.number { display: none; }
  .overview tr { display: block; padding: 9px 12px; border-top: 1px solid var(--line); }
  .overview tr:first-child { border-top: 0; }
  .overview td { display: inline; border: 0; padding: 0 6px 0 0; }
  .overview td.what { display: block; padding-top: 3px; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --code: #f3f4f6;
    --link: #000; --bar: #d55e00; --expected: #0072b2; --low: #2563a8; --medium: #8a5a00; --high: #b3261e; --critical: #7a0c2e; }
  body { font-size: 11pt; }
  figure .dark { display: none; } figure .dark + .light { display: block; }
  details.alert, figure, .tiles > div, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  details.alert::details-content { content-visibility: visible; height: auto; }
}
`;
