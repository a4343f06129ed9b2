/**
 * rsyslog in the foreground with a configuration of a test's own.
 *
 * @module
 */

const decoder = new TextDecoder();

/** A running rsyslogd. */
export interface Rsyslog extends AsyncDisposable {
  /** Folder that it works in. */
  readonly folder: string;
  /** What it said so far. */
  said(): string;
}

/** Starts it; `configure` gets the folder it works in and gives its configuration. */
export async function startRsyslog(configure: (folder: string) => Promise<string>): Promise<Rsyslog> {
  const folder = await Deno.makeTempDir({ prefix: "rsyslog-" });
  await Deno.writeTextFile(`${folder}/rsyslog.conf`, await configure(folder));
  const process = new Deno.Command("/usr/sbin/rsyslogd", {
    args: ["-n", "-f", `${folder}/rsyslog.conf`, "-i", `${folder}/rsyslog.pid`],
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  let text = "", ended = false;
  process.status.then(() => ended = true);
  const read = (async () => {
    for await (const bytes of process.stderr) text += decoder.decode(bytes);
  })();
  return {
    folder,
    said: () => text,
    async [Symbol.asyncDispose]() {
      if (!ended) process.kill("SIGTERM");
      await process.status;
      await read;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Sends text to a port of this machine that somebody will listen on soon. */
export async function sendTo(port: number, text: string): Promise<void> {
  for (let tries = 0;; tries++) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      return await new Blob([text]).stream().pipeTo(connection.writable);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
