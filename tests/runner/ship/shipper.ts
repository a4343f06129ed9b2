/**
 * `deepscan ship` in this process: a folder with logs and settings, and a cluster.
 *
 * @module
 */
import type { Context } from "../../../runner/context.ts";
import { planOf } from "../../../runner/plan.ts";
import { parseRunOptions } from "../../../runner/options.ts";
import { runCommand } from "../../../runner/worker.ts";
import { BulkCluster } from "../../services/bulk_cluster.ts";

/** What a run came to. */
export interface Shipment {
  code: number;
  figures: Record<string, number> & { problems: string[] };
  stderr: string;
}

/** How a {@linkcode Shipper} is set up. */
export interface ShipperOptions {
  /** Settings beside the cluster and one stream of `*.log*`; default: no patience. */
  more?: string;
  /** A cluster to use instead of its own. */
  url?: string;
  /** What is said of the cluster beside its address: `, api_key_file: key`. */
  cluster?: string;
}

/** A folder to ship from. */
export class Shipper implements AsyncDisposable {
  readonly cluster = new BulkCluster();
  now = Date.UTC(2026, 2, 3);

  private constructor(readonly folder: string) {}

  /** An empty one. */
  static async make(
    { more = "ship: {patience: 0s}", url, cluster = "" }: ShipperOptions = {},
  ): Promise<Shipper> {
    const shipper = new Shipper(await Deno.makeTempDir({ prefix: "ship" }));
    const streams = 'streams: [{name: shop, inputs: ["*.log*"]}]\nstate: {directory: state}\n';
    const settings = `elasticsearch: {nodes: ["${
      url ?? shipper.cluster.url
    }"]${cluster}}\n${streams}${more}\n`;
    await Deno.writeTextFile(`${shipper.folder}/deepscan.yaml`, settings);
    return shipper;
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** Adds text to a log. */
  append(text: string, name = "shop.log"): void {
    Deno.writeTextFileSync(this.path(name), text, { append: true });
  }

  /** Ships what is there. */
  async ship(...args: string[]): Promise<Shipment> {
    const { folder } = this, said = { stdout: "", stderr: "" };
    const context: Context = {
      ...{ root: folder, cwd: folder, isTerminal: false, env: () => undefined, now: () => this.now },
      plan: await planOf(parseRunOptions([], folder, []), folder, folder),
      stdout: (text) => void (said.stdout += text),
      stderr: (text) => void (said.stderr += text),
    };
    const began = performance.now(), code = await runCommand("ship", ["--json", ...args], context);
    const figures = said.stdout === "" ? {} : JSON.parse(said.stdout),
      elapsed = (performance.now() - began) / 1000;
    return { code, figures: { ...figures, elapsed }, stderr: said.stderr };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** `count` lines with times a second apart, from number `from` on. */
export function lines(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2026, 2, 2, 10) + (from + i) * 1000).toISOString();
    return `${time} INFO order ${from + i} was packed`;
  });
}

/** Lines as a file holds them. */
export function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
