/**
 * The dashboards as files.
 *
 * @module
 */
import { grafanaFile } from "./grafana.ts";
import { kibanaFile } from "./kibana.ts";
import type { PanelSettings } from "./sources.ts";

/** The files, by their paths below the folder that they are written into. */
export function dashboardFiles(settings: PanelSettings): Record<string, string> {
  return { "kibana/deepscan.ndjson": kibanaFile(settings), "grafana/deepscan.json": grafanaFile(settings) };
}

/**
 * Writes them, over those that are there.
 *
 * @param folder Absolute; it is made where it is missing.
 * @returns Their paths.
 * @throws {Error} if they can't be written.
 */
export async function writeDashboards(settings: PanelSettings, folder: string): Promise<string[]> {
  const files = Object.entries(dashboardFiles(settings)).map(([path, text]) => ({
    ...{ path: `${folder}/${path}`, text },
  }));
  for (const { path, text } of files) {
    try {
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, text);
    } catch (cause) {
      throw new Error(`Cannot write ${path}: ${(cause as Error).message}`, { cause });
    }
  }
  return files.map(({ path }) => path);
}
