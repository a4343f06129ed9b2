/**
 * The dashboard as users start it, over the small sample with an error that nobody likes to see, and a browser that looks at it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import axe from "axe-core";
import { makeData } from "../../notebooks/sample_notebooks.ts";
import { type Browser, type BrowserPage, type PageOptions, startBrowser } from "../../services/browser.ts";
import { runTask, startTask } from "./task.ts";

/** What a log line may try, and how it has to be shown. */
export const HOSTILE =
  `=cmd|' /C calc'!A0 <img src=x onerror=alert(1)><script>alert(2)</script> \u001b[31m\u202egnp.exe`;

/** What people are told goes into a file, and what goes on is told again by the next run already. */
const ALERTS =
  "alerts: { repeat_interval: 1ms, longest_repeat: 1ms, channels: { console: false, file: { path: told.jsonl } } }";

/** What people were told. */
export interface Told {
  title: string;
  /** Why: `opened`, `repeat` … */
  kind: string;
  incident: string;
}

/** A dashboard that is served, and who looks at it. */
export class DashboardStage implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    readonly address: string,
    readonly browser: Browser,
    readonly server: Deno.ChildProcess,
  ) {}

  /** Makes the sample, lets something go wrong in it, serves it and starts a browser. */
  static async open(): Promise<DashboardStage> {
    const folder = await Deno.makeTempDir({ prefix: "dashboard" });
    await makeData(folder, { scale: 0.1 });
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, `\n${ALERTS}\n`, { append: true });
    await goesWrong(folder, "00:0", [`ERROR ${HOSTILE}`, `ERROR payload ${"A".repeat(1_000_000)}`]);
    const server = startTask("dashboard", ["--listen", "127.0.0.1:0"], { cwd: folder }, {
      stderr: "inherit",
    });
    return new DashboardStage(folder, await firstLine(server.stdout), await startBrowser(), server);
  }

  /**
   * Something else goes wrong in the log, and `detect` finds it.
   *
   * @param tens When: `00:2`.
   * @returns When that was in the state, by `performance.now()`.
   */
  async goesWrong(tens: string, message: string): Promise<number> {
    const before = this.#incidents();
    const detected = goesWrong(this.folder, tens, [`ERROR ${message}`]);
    let isOver = false, written: number | undefined;
    detected.finally(() => isOver = true).catch(() => {}); // it is awaited below
    while (!isOver && written === undefined) {
      if (this.#incidents() !== before) written = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await detected;
    return written ?? performance.now();
  }

  /** What people are told of an incident by one more run of `detect` while it goes on. */
  async toldAgain(incident: string, tens: string): Promise<string[]> {
    const before = (await this.told()).length;
    await goesWrong(this.folder, tens, ["ERROR it goes on"]);
    return (await this.told()).slice(before).filter((one) => one.incident === incident).map(({ kind }) =>
      kind
    );
  }

  /** What people were told until now, in order. */
  async told(): Promise<Told[]> {
    const text = await Deno.readTextFile(`${this.folder}/told.jsonl`);
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  }

  #incidents(): unknown {
    using database = new DatabaseSync(`${this.folder}/state/sample/state.db`, { readOnly: true });
    return database.prepare("select count(*) as count from incident").get()!.count;
  }

  /** What a view's address answers as JSON. */
  // deno-lint-ignore no-explicit-any
  async json(path: string): Promise<any> {
    return await (await fetch(`${this.address}api/v1/${path}`)).json();
  }

  /**
   * Opens a page and waits until it keeps itself fresh.
   *
   * @param options `state`: how it does, `live` = it is told what happens.
   */
  async page(
    path: string,
    { state = "live", ...options }: { state?: string } & Pick<PageOptions, "blocked"> = {},
  ): Promise<BrowserPage> {
    const page = await this.browser.open(this.address + path, {
      ...{ width: 1280, colourScheme: "light" },
      ...options,
    });
    await page.until(`document.getElementById("live").dataset.state === "${state}"`);
    return page;
  }

  /** What a page complained of, and what it asked for elsewhere. */
  complaints({ complaints }: BrowserPage): string[] {
    return complaints.filter((complaint) => !complaint.startsWith(`request: ${this.address}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser[Symbol.asyncDispose]();
    await this.stop();
    await Deno.remove(this.folder, { recursive: true });
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    try {
      this.server.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    await this.server.status;
  }
}

/** Lines of the log on the day after the sample, in three minutes; another one later closes their window. */
async function goesWrong(folder: string, tens: string, messages: string[]): Promise<void> {
  const line = (minute: string, text: string) => `2026-03-07T${minute}:00.000Z ${text}\n`;
  const lines = [1, 2, 3].flatMap((minute) => messages.map((text) => line(`${tens}${minute}`, text)));
  const calm = line(`${tens}9`, "DEBUG Pool connections active=3 idle=9 waiting=0");
  await Deno.writeTextFile(`${folder}/sample/shop-app.log`, lines.join("") + calm, { append: true });
  await detect(folder);
}

async function detect(folder: string): Promise<void> {
  const { code, stderr } = await runTask("detect", [], { cwd: folder });
  assert.equal(code, 0, stderr);
}

async function firstLine(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let said = "";
  for await (const part of stdout.pipeThrough(new TextDecoderStream())) {
    said += part;
    if (said.includes("\n")) return said.split("\n")[0];
  }
  throw new Error(`Cannot look at the dashboard: it said ${said}`);
}

/** What axe finds grave in a page as it is shown, all that is folded unfolded. */
export async function graveFindings(page: BrowserPage): Promise<unknown> {
  if (!await page.evaluate(`"axe" in window`)) await page.evaluate(axe.source);
  return await page.evaluate(`(async () => {
    for (const folded of document.querySelectorAll("details:not([name], .menu)")) folded.open = true;
    const { violations } = await axe.run(document, { preload: false, resultTypes: ["violations"] });
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
      .map(({ id, nodes }) => ({ id, example: nodes[0].html.slice(0, 200), why: nodes[0].failureSummary }));
  })()`);
}
