/** One small chart of each kind, always the same; run as a program, it prints them as JSON: name → SVG. */
import { budgetCurve } from "../../lib/chart/budget_curve.ts";
import type { Chart } from "../../lib/chart/chart.ts";
import { confusionMatrix } from "../../lib/chart/confusion_matrix.ts";
import { embedding } from "../../lib/chart/embedding.ts";
import { levelsOverTime } from "../../lib/chart/levels_over_time.ts";
import { lossCurve } from "../../lib/chart/loss_curve.ts";
import { precisionRecall } from "../../lib/chart/precision_recall.ts";
import { reconstruction } from "../../lib/chart/reconstruction.ts";
import { rocCurve } from "../../lib/chart/roc_curve.ts";
import { scoreHistogram } from "../../lib/chart/score_histogram.ts";
import { scoresOverTime } from "../../lib/chart/scores_over_time.ts";
import { templatesOverTime } from "../../lib/chart/templates_over_time.ts";
import type { Theme } from "../../lib/chart/theme.ts";
import { topReasons } from "../../lib/chart/top_reasons.ts";
import { volumeOverTime } from "../../lib/chart/volume_over_time.ts";

const START = Date.UTC(2026, 2, 1, 22);
const HOUR = 3_600_000;

/** Text as an attacker would log it: markup, attributes, entities, what XML forbids, direction changes, half a character. */
export const HOSTILE = [
  `</text></svg><script>alert("1")</script>`,
  `" onload="alert(2)" x='`,
  `<image href="//example.invalid/x.png"/>&amp;&lt;`,
  `]]><!--<![CDATA[ \u0000\u0008\u001b[31m \ufffe`,
  `\u202egnp.exe \ud800 datum["x"] {"signal":"1"}`,
];

/** A chart of each kind about `texts`. */
export function exampleCharts(texts: readonly string[], theme: Theme = "light"): Record<string, Chart> {
  const hours = [0, 1, 2, 3].map((hour) => START + hour * HOUR);
  return {
    "levels_over_time": levelsOverTime(
      hours.flatMap((time, hour) => [
        { time, level: "info" as const, count: 100 + 10 * hour },
        { time, level: "error" as const, count: hour === 2 ? 40 : 1 },
      ]),
      { size: HOUR, theme },
    ),
    "volume_over_time": volumeOverTime(
      hours.flatMap((time, hour) =>
        texts.map((service, index) => ({ time, service, count: 9 * hour + index }))
      ),
      { size: HOUR, theme },
    ),
    "templates_over_time": templatesOverTime(
      hours.flatMap((time, hour) =>
        texts.map((template, index) => ({
          time: time + index,
          template,
          level: hour === 2 ? "error" : "info",
        }))
      ),
      { theme },
    ),
    "scores_over_time": scoresOverTime(
      hours.map((start, hour) => ({ start, score: hour, threshold: 2.5, anomalous: hour > 2.5 })),
      { theme },
    ),
    "top_reasons": topReasons(
      texts.map((title, index) => ({
        anomalous: true,
        reasons: [{ id: `t${index}`, title, share: 1 / (1 + index) }],
      })),
      { theme },
    ),
    "loss_curve": lossCurve(
      [1, 2, 3].map((epoch) => ({ epoch, loss: 1 / epoch ** 3, validationLoss: 1.1 / epoch ** 3 })),
      {
        theme,
      },
    ),
    "budget_curve": budgetCurve(
      [0.25, 1, 4].map((budget, i) => ({ budget, alerts: 5 * (i + 1), falseAlerts: i ** 2, found: 5 })),
      { chosen: 1, unit: texts[0], theme },
    ),
    "score_histogram": scoreHistogram([0.01, 0.02, 0.02, 0.05, 2], {
      thresholds: texts.map((rule, index) => ({ rule, value: 0.1 * (1 + index) })),
      bins: 8,
      theme,
    }),
    "embedding": embedding(
      texts.flatMap((group, index) => [
        { x: index, y: 1, group: "normal", windows: 9 },
        { x: index, y: -index, group },
      ]),
      { ordinary: ["normal"], shares: [0.6, 0.25], theme },
    ),
    "reconstruction": reconstruction(
      texts.map((title, index) => ({ kind: "template", id: `t${index}`, title })),
      texts.map((name, window) => ({
        name,
        actual: texts.map((_, index) => index + 1),
        rebuilt: texts.map((_, index) => index === window ? 0.4 : index + 1),
      })),
      { theme },
    ),
    "precision_recall": precisionRecall(
      [{ threshold: 3, precision: 1, recall: 0.4 }, { threshold: 1, precision: 0.7, recall: 0.9 }],
      { chosen: 1, averagePrecision: 0.75, theme },
    ),
    "roc_curve": rocCurve(
      [{ threshold: 3, falseAlarmRate: 0.1, recall: 0.4 }, {
        threshold: 1,
        falseAlarmRate: 0.6,
        recall: 0.9,
      }],
      { chosen: 1, area: 0.75, theme },
    ),
    "confusion_matrix": confusionMatrix(
      { truePositives: 3, falsePositives: 12, falseNegatives: 1, trueNegatives: 9876 },
      { title: texts.join(" "), theme },
    ),
  };
}

if (import.meta.main) {
  const charts = Object.entries(exampleCharts(["shop", "mail <daemon>"]));
  const drawn = await Promise.all(charts.map(async ([name, chart]) => [name, await chart.svg()]));
  console.log(JSON.stringify(Object.fromEntries(drawn)));
}
