/**
 * Elastic's own small distribution for integration tests, fetched once.
 *
 * It lacks most modules: data streams, lifecycle, ingest processors, scripts, several aggregations.
 *
 * @module
 */

const decoder = new TextDecoder();

/** The folder of a version's programs; fetched where it is not there yet. */
export async function distribution(version: string): Promise<string> {
  const cache = `/var/tmp/deepscan-tests-${Deno.uid()}`, folder = `${cache}/elasticsearch-${version}`;
  if (await isThere(folder)) return folder;
  await Deno.mkdir(cache, { recursive: true });
  await Deno.chmod(cache, 0o755); // nobody reads it too
  const fetched = await Deno.makeTempDir({ dir: cache });
  await Deno.chmod(fetched, 0o755);
  await succeed(
    "mvn",
    [
      ...["-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack"],
      `-Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:${version}:zip`,
      ...[`-DoutputDirectory=${fetched}`, `-Dmdep.unpack.overWriteIfNewer=false`],
    ],
    fetched,
  );
  await Deno.rename(`${fetched}/elasticsearch-${version}`, folder).catch(async (error) => {
    if (!(await isThere(folder))) throw error; // another test run was first
  });
  await Deno.remove(fetched, { recursive: true });
  return folder;
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Runs a program that must not fail. */
export async function succeed(program: string, args: string[], cwd?: string): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd }).output();
  const said = decoder.decode(stdout) + decoder.decode(stderr);
  if (!success) throw new Error(`Cannot run ${program} ${args.join(" ")}: ${said}`);
}
