/**
 * A machine's clock that can be put forward and back, for processes that are started through it.
 *
 * They see the clock of libfaketime, which the loader gives them: `LD_PRELOAD` would do for one process, but Deno hands it on to no other.
 * So they get a `/etc/ld.so.preload` of their own, in a name space of their own.
 *
 * @module
 */

/** Where Debian's package `libfaketime` puts the library, by architecture. */
const LIBRARY = `/usr/lib/${Deno.build.arch}-linux-gnu/faketime/libfaketimeMT.so.1`;

/** Gives `/etc` a layer on top with the file that names the library, which ends with the process, and becomes the program. */
const SCRIPT = `set -e
mount -t tmpfs tmpfs "$0"
mkdir "$0/upper" "$0/work"
echo ${LIBRARY} > "$0/upper/ld.so.preload"
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$0/upper,workdir=$0/work" /etc
exec "$@"`;

/** Whether Debian's package is installed. */
export function hasFaketime(): boolean {
  try {
    return Deno.statSync(LIBRARY).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether this user may give a process an `/etc` of its own; containers often forbid it. */
export function canMount(): boolean {
  const script = `mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work &&
    mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc`;
  try {
    const args = ["--mount", "sh", "-c", script];
    return new Deno.Command("unshare", { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The clock. Timers go on as they are: only the time of day moves. */
export class MovedClock {
  /** How far it is from the machine's own, ms. */
  offset = 0;

  private constructor(private readonly file: string, private readonly layer: string) {}

  /** One whose offset is kept in `folder`; `null` where this machine can't have one. */
  static async open(folder: string): Promise<MovedClock | null> {
    const clock = new MovedClock(`${folder}/clock`, `${folder}/clock.layer`), program = ["date", "+%s"];
    await Deno.mkdir(clock.layer, { recursive: true });
    clock.move(-86_400_000);
    try {
      const [name, ...args] = [...clock.through, ...program];
      const { success, stdout } = await new Deno.Command(name, { args, env: clock.env, stderr: "null" })
        .output();
      const told = 1000 * Number(new TextDecoder().decode(stdout));
      return success && told < Date.now() - 80_000_000 ? clock : null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null; // there is no such program
      throw error;
    } finally {
      clock.move(0);
    }
  }

  /** What programs are started through. */
  get through(): string[] {
    return ["unshare", "--mount", "sh", "-c", SCRIPT, this.layer];
  }

  /** What they need in their environment. */
  get env(): Record<string, string> {
    return {
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    };
  }

  /** Puts it so many ms before or behind the machine's own. */
  move(offset: number): void {
    this.offset = offset;
    const seconds = Math.round(offset / 1000);
    Deno.writeTextFileSync(`${this.file}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
    Deno.renameSync(`${this.file}.new`, this.file);
  }
}
