/**
 * The Javas of this machine.
 *
 * @module
 */

/** An installed Java. */
export interface JavaHome {
  path: string;
  /** First number of its version. */
  major: number;
}

/** The oldest Java that a version of Elasticsearch runs on. */
const NEEDED = { 8: 17, 9: 21 };

/** The oldest Java here that Elasticsearch of that first number runs on; `undefined` = there is none. */
export function javaFor(elasticsearch: keyof typeof NEEDED): JavaHome | undefined {
  return javas().filter(({ major }) => major >= NEEDED[elasticsearch]).sort((a, b) => a.major - b.major)[0];
}

function javas(): JavaHome[] {
  const named = [Deno.env.get("ES_JAVA_HOME"), Deno.env.get("JAVA_HOME")].filter((path) =>
    path !== undefined
  );
  return [...named, ...installed("/usr/lib/jvm")].flatMap((path) => {
    const major = majorOf(path);
    return major === undefined ? [] : [{ path, major }];
  });
}

function installed(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Version from the file that every JDK has; `undefined` = no JDK. */
function majorOf(path: string): number | undefined {
  try {
    const [, version] = Deno.readTextFileSync(`${path}/release`).match(/^JAVA_VERSION="(\d+)/m) ?? [];
    return version === undefined ? undefined : Number(version);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
