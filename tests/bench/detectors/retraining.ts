/**
 * Whether incidents that come again are found by a model whose training saw them before.
 *
 * @module
 */
import { generateSample, type SampleIncident } from "../../../data/generate.ts";
import { State, type Verdict } from "../../../lib/mod.ts";
import { type Alert, parseAlert } from "../../../runner/alert/alert.ts";
import type { Context } from "../../../runner/context.ts";
import { parseRunOptions } from "../../../runner/options.ts";
import { planOf } from "../../../runner/plan.ts";
import { runCommand } from "../../../runner/worker.ts";
import type { Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";

const ROOT = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");
const DAY = 86_400_000, LOGS = ["auth", "postgresql", "shop-app", "shop-checkout", "shop-web.access"];

/** Part of the sample's visitors that a quick run has. */
const QUICK = .2;

/** What is done behind the sixth day, before the same incidents come again. */
const WAYS: readonly { title: string; trains: boolean; expects: boolean }[] = [
  { title: "training without windows in alerts", trains: true, expects: false },
  { title: "training on all windows", trains: true, expects: true },
  { title: "no training", trains: false, expects: false },
];

/** The sample's settings in a folder of their own, with its logs as they are by and by. */
class Shop {
  private constructor(private readonly folder: string, private readonly tell: (what: string) => void) {}

  static async make(folder: string, tell: (what: string) => void): Promise<Shop> {
    await Deno.mkdir(`${folder}/sample`, { recursive: true });
    await Deno.copyFile(`${ROOT}/data/deepscan.yaml`, `${folder}/deepscan.yaml`);
    return new Shop(folder, tell);
  }

  /** Puts another sample's logs, which begin alike, in place of those that are there. */
  async take(sample: string): Promise<void> {
    for (const log of LOGS) {
      const bytes = await Deno.readFile(`${sample}/${log}.log`);
      await Deno.writeFile(`${this.folder}/sample/${log}.log`, bytes);
    }
  }

  async run(command: "detect" | "train"): Promise<void> {
    this.tell(command);
    const { folder } = this, said: string[] = [];
    const context: Context = {
      ...{ root: folder, cwd: folder, isTerminal: false, env: () => undefined },
      now: () => Date.UTC(2026, 5, 1),
      plan: await planOf(parseRunOptions([], folder, []), ROOT, folder),
      stdout: () => {},
      stderr: (text) => void said.push(text),
    };
    if (await runCommand(command, [], context) !== 0) throw new Error(`Cannot ${command}: ${said.join("")}`);
  }

  /** What the state holds. */
  look<T>(at: (state: State) => T): T {
    const state = State.open(`${this.folder}/data/state/state.db`);
    try {
      return at(state);
    } finally {
      state.close();
    }
  }

  /** Says of every alert that it was meant to be: then its windows are learned from. */
  expectAll(): void {
    this.look((state) => {
      for (const { id, stream } of state.alerts()) {
        state.feedback.put({ alert: id, stream, said: "expected", note: "", at: 0 });
      }
    });
  }
}

/** Trains on six days of the sample, three of them with incidents, and judges three more with the same kinds. */
export async function measureRetraining(
  { folder, seed, tell, quick = false }: Part & { quick?: boolean },
): Promise<ReportTable[]> {
  const how = { seed, scale: quick ? QUICK : 1 }, six = generateSample(`${folder}/six`, { ...how, days: 6 });
  const nine = generateSample(`${folder}/nine`, { ...how, days: 9 }), rows: Cell[][] = [];
  const later = nine.incidents.filter(({ start }) => Date.parse(start) >= six.end);
  for (const [i, { title, trains, expects }] of WAYS.entries()) {
    const shop = await Shop.make(`${folder}/shop${i}`, (what) => tell(`${title}: ${what}`));
    await shop.take(`${folder}/six`);
    await shop.run("detect");
    if (expects) shop.expectAll();
    if (trains) await shop.run("train");
    await shop.take(`${folder}/nine`);
    await shop.run("detect");
    const { verdicts, alerts } = shop.look((state) => ({
      verdicts: state.verdicts({ anomalous: true, from: six.end }),
      alerts: state.alerts().map(({ body }) => parseAlert(body)).filter(({ start }) =>
        (start ?? 0) >= six.end
      ),
    }));
    const found = later.filter((incident) => verdicts.some((verdict) => lies(verdict, incident)));
    const wrong = alerts.filter((alert) =>
      ![...nine.incidents, ...nine.harmless].some((one) => touches(alert, one))
    );
    const kinds = new Set(found.map(({ kind }) => kind)).size;
    rows.push([title, found.length, kinds, alerts.length, wrong.length / ((nine.end - six.end) / DAY)]);
  }
  return [{
    title: "Incidents that come again three days after they were first seen",
    notes: [
      `The sample, nine days: ${later.length} incidents of ${
        new Set(later.map(({ kind }) => kind)).size
      } kinds on days`,
      "four to six, the same ones on days seven to nine. Trained behind day six, judged on days seven to nine.",
    ],
    columns: ["behind day six", "found again", "kinds", "alerts", "false alerts a day"],
    rows,
  }];
}

/** Whether an anomalous window or order of its stream lies in an incident. */
function lies({ stream, key, kind, start, end }: Verdict, incident: SampleIncident): boolean {
  if (stream !== incident.stream) return false;
  if (incident.orders.length > 0) {
    return kind === "session" && incident.orders.map(String).includes(key.split("@")[0]);
  }
  return start < Date.parse(incident.end) && end > Date.parse(incident.start);
}

function touches({ stream, start, end }: Alert, incident: SampleIncident): boolean {
  return stream === incident.stream && (start ?? NaN) < Date.parse(incident.end) &&
    (end ?? NaN) > Date.parse(incident.start);
}
