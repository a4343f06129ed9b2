/**
 * What one call site puts in one of its places: its habits, of which all its lines come.
 *
 * @module
 */
import { type Draw, failures } from "./failure.ts";
import { ANY, type Kind, kindOf, type Place } from "./kind.ts";
import { addresses, ids, paths, pooled, titles, urls } from "./names.ts";
import { bigCounts, counts, decimals, durations, sizes, times } from "./numbers.ts";
import { lists, maps, objects } from "./structures.ts";
import { sample, type World } from "./world.ts";

/** A place's habits. */
export interface Profile {
  kind: Kind;
  draw: Draw;
  /** Whether the place sometimes says that there is no value. */
  optional: boolean;
}

/** The habits of a place. */
export function makeProfile(place: Place, world: World): Profile {
  const { random } = world,
    kind = kindOf(place) ?? random.pick(ANY),
    draw = MAKERS[kind](world, place);
  const spoken = place.conversion === "repr" && QUOTED.has(kind) ? () => `'${draw()}'` : draw;
  const words = MISSING[kind];
  const known = /(?:\|\||\?\?|\bor)\s*(["'`])([^"'`]+)\1\s*$/.exec(place.expression)?.[2];
  if (known === undefined && (words === undefined || place.conversion !== "text" || !random.chance(.12))) {
    return { kind, draw: spoken, optional: false };
  }
  const missing = known ?? random.pick([...words!.split(" "), NOTHING[world.language]]),
    share = random.pick([.08, .3, .6]);
  return { kind, draw: () => (random.chance(share) ? missing : spoken()), optional: true };
}

/** Kinds that `repr` puts in quotes. */
const QUOTED = new Set<Kind>([
  "word",
  "identifier",
  "path",
  "url",
  "host",
  "person",
  "state",
  "title",
  "id",
  "numbered",
]);

/** What stands where there is no value. */
const MISSING: Partial<Record<Kind, string>> = {
  ...{
    host: "localhost unknown ?",
    address: "localhost unknown LOCAL(0)",
    path: "- stdin",
    count: "? - none N/A unknown",
  },
  ...{
    id: "- none",
    word: "- none ?",
    identifier: "- none (null)",
    person: "- anonymous unknown",
    duration: "- never",
    size: "- unknown",
  },
};

/** No value, as a language writes it. */
const NOTHING: Record<World["language"], string> = { python: "None", java: "null", npm: "undefined" };

const STATES = [
  "RUNNING PENDING FAILED IDLE ACTIVE SHUTTING_DOWN INITIALIZING COMMITTED".split(" "),
  "QUEUED OPENING Ready draining CLOSED Suspended SYNCING PREPARED".split(" "),
];

/** What makes the values of each kind. */
const MAKERS: Record<Kind, (world: World, place: Place) => Draw> = {
  count: counts,
  bigCount: bigCounts,
  float: (world) => decimals(world, world.random.pick([1, 100, 5000])),
  duration: durations,
  size: sizes,
  percent: (world) => decimals(world, 100),
  time: times,
  version: ({ random }) => {
    const ending = random.pick(["", "", "-beta.2", "-SNAPSHOT", ".post1"]), v = random.pick(["", "", "v"]);
    return () => `${v}${random.integer(0, 12)}.${random.integer(0, 40)}.${random.integer(0, 9)}${ending}`;
  },
  port: ({ random }) => {
    const few = [80, 443, 9000 + random.integer(0, 99)], any = random.chance(.5);
    return () => String(any ? random.integer(1024, 65_535) : random.pick(few));
  },
  path: paths,
  url: urls,
  address: addresses,
  host: (world) => pooled(world, world.hosts, [1, 2, 4, 8, 24]),
  person: (world) => pooled(world, world.people, [1, 3, 5, 14]),
  identifier: (world) => pooled(world, world.identifiers, [1, 2, 3, 6, 12, 40]),
  word: (world) => pooled(world, world.words, [1, 2, 3, 6, 12, 28]),
  className: (world, place) => {
    const simple = /simple|__name__|constructor/i.test(place.expression) || world.random.chance(.3),
      plain = (type: string) => type.split(".").at(-1)!;
    const shape = world.language === "python" && world.random.chance(.25)
      ? (type: string) => `<class '${type}'>`
      : (type: string) => type;
    return pooled(world, world.classes.map((type) => shape(simple ? plain(type) : type)), [1, 2, 4, 8]);
  },
  state: (world) => pooled(world, STATES[world.half], [1, 2, 3, 5]),
  method: (world) => pooled(world, ["GET", "POST", "PUT", "DELETE", "HEAD"], [1, 2, 5]),
  failure: (world, place) => {
    const all = failures(world, addresses(world), paths(world)).filter((draw) => draw() !== ""),
      some = sample(world.random, all, world.random.pick([1, 2, 3, 5, 8]));
    const draw = () => world.random.pickEarly(some)();
    return place.conversion === "repr" && world.language === "python"
      ? () => `OSError('${draw().replaceAll("'", "")}')`
      : draw;
  },
  title: titles,
  id: ids,
  numbered: (world) => {
    const { random } = world,
      pattern = random.pick([
        "task-#",
        "worker-#",
        "pool-1-thread-#",
        "job_#",
        "shard#",
        "consumer-#",
        "r#",
        "#",
        `${random.pick(world.words)}-#`,
      ]);
    const top = random.pick([3, 16, 400, 99_999]);
    return () => pattern.replace("#", String(random.integer(0, top)));
  },
  list: (world, place) => {
    const item = pooled(world, [...world.identifiers, ...world.words], [2, 5, 12]);
    return lists(world, place, item);
  },
  numberedList: (world, place) => {
    const { random } = world,
      name = random.pick(["node", `${random.pick(world.words)}-`, "dn-", "topic_", "r"]);
    return lists(world, place, () => `${name}${random.integer(0, 99)}`);
  },
  map: maps,
  object: objects,
  flag: ({ random, language }) => {
    const [yes, no] = language === "python" ? ["True", "False"] : ["true", "false"],
      share = random.pick([0, .1, .5, 1]);
    return () => (random.chance(share) ? yes : no);
  },
};
