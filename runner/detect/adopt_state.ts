/**
 * What was learned while scanning, under the model that is active now.
 *
 * @module
 */
import {
  type Model,
  type OpenWindows,
  type SavedProvisional,
  type State,
  type StreamModel,
} from "../../lib/mod.ts";
import type { StreamDetail } from "./commit.ts";

/**
 * Takes the births of earlier runs into the model's catalogue; where another model judged then, renames the templates in
 * open windows from its numbers to the present ones. What the new model doesn't know stays provisional.
 *
 * @param before The stream as the earlier model had it; only asked for when it was another one.
 * @returns Births that the state holds already; 0 where they must be written anew.
 */
export async function adoptState(
  model: StreamModel,
  windows: OpenWindows,
  state: State,
  before: (version: string) => Promise<Model>,
): Promise<number> {
  const { name } = model.settings, row = state.stream(name)!, detail = row.detail as StreamDetail;
  const births = state.births(name) as SavedProvisional[];
  if (detail.fingerprint === model.trained.fingerprint) {
    model.catalogue.adopt(births);
    return births.length;
  }
  const old = (await before(row.model)).streams.find(({ settings }) => settings.name === name);
  if (old === undefined) {
    throw new Error(`Cannot go on with stream ${name}: model ${row.model} doesn't know it`);
  }
  windows.rekey(model.catalogue.adopt([...old.catalogue.exported(), ...births]));
  return 0;
}
