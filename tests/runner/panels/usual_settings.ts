/**
 * Settings of panels where nothing is said of indices.
 *
 * @module
 */
import { parseConfig } from "../../../runner/config.ts";
import type { PanelSettings } from "../../../runner/panels/sources.ts";

/** Those with the usual names, or with what `more` says of `findings` and `ship`. */
export async function usualSettings(more = "findings: {}"): Promise<PanelSettings> {
  const text =
    `streams: [{name: shop, inputs: [x.log]}]\nelasticsearch: {nodes: ["http://localhost:9200"]}\n${more}\n`;
  const { ship, findings } = await parseConfig(text, "/etc/deepscan.yaml");
  return { ship, findings: findings! };
}
