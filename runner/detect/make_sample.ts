/**
 * The bundled sample, for runs without a settings file.
 *
 * @module
 */
import type { Context } from "../context.ts";

/** Makes the sample's logs where they are absent, and says so. */
export async function makeSample(context: Pick<Context, "root" | "stderr">): Promise<void> {
  const { ensureSample } = await import("../../data/generate.ts");
  const { summary, made } = ensureSample(`${context.root}/data/sample`);
  if (!made) return;
  const { lines, files } = summary;
  context.stderr(
    `made the sample: ${lines.toLocaleString("en")} lines in ${files.length} files under data/sample\n`,
  );
}
