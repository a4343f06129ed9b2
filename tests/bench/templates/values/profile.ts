/**
 * What one call site puts in one of its places: its habits, of which all its lines come.
 *
 * @module
 */
import type { Hole } from "../extract/log_call.ts";
import { type Draw, failures } from "./failure.ts";
import { ANY, type Kind, kindOf, type Surroundings } from "./kind.ts";
import { sample, type World } from "./world.ts";

/** A place's habits. */
export interface Profile {
  kind: Kind;
  draw: Draw;
  /** Whether the place sometimes says that there is no value. */
  optional: boolean;
}

/** A place and what is written around it. */
export interface Place extends Hole, Surroundings {}

/** The habits of a place. */
export function makeProfile(place: Place, world: World): Profile {
  const { random } = world,
    kind = kindOf(place, place) ?? random.pick(ANY),
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
  "failure",
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

/** One of a pool that this place has of its own: the first values come far more often. */
function pooled(world: World, values: readonly string[], sizes: readonly number[]): Draw {
  const { random } = world, pool = sample(random, values, random.pick(sizes));
  return random.chance(.5) ? () => random.pick(pool) : () => random.pickEarly(pool);
}

/** Whole numbers as one place has them: always the same few, small, any, or counting up. */
function counts({ random }: World): Draw {
  let next = random.integer(0, 90_000);
  const few = Array.from(
    { length: random.integer(1, 4) },
    () => String(random.pick([random.integer(0, 9), random.integer(10, 999), random.integer(1000, 70_000)])),
  );
  const top = random.pick([9, 60, 999, 50_000, 9_999_999]);
  return random.pick<Draw>([
    () => random.pick(few),
    () => String(random.integer(0, top)),
    () => String(random.integer(0, top)),
    () => String(random.chance(.2) ? random.pick([-1, 0]) : random.integer(1, top)),
    () => String(next += random.integer(1, 9)),
  ]);
}

function bigCounts({ random }: World): Draw {
  let next = random.integer(1e5, 1e10);
  return random.chance(.5)
    ? () => String(next += random.integer(1, 900))
    : () => String(random.integer(0, 4e9));
}

const decimals = ({ random }: World, top: number): Draw => {
  const digits = random.pick([1, 2, 3, 6]);
  return () => (random.next() * top).toFixed(digits);
};

/** Durations as numbers where the text may hold the unit, else with a unit of their own. */
function durations(world: World, place: Place): Draw {
  const { random } = world, top = random.pick([60, 3000, 90_000]);
  const plain: Draw[] = [() => String(random.integer(1, top)), () => (random.next() * top).toFixed(2)];
  if (place.conversion !== "text") return plain[0];
  if (/^ ?[a-z]/.test(place.after)) return random.pick(plain);
  const unit = random.pick(["ms", " ms", "s", "µs", " seconds"]);
  const own: Record<World["language"], Draw> = {
    python: () =>
      `0:${String(random.integer(0, 59)).padStart(2, "0")}:${
        String(random.integer(0, 59)).padStart(2, "0")
      }.${random.integer(100_000, 999_999)}`,
    java: () =>
      `PT${random.pick(["", `${random.integer(1, 9)}M`])}${random.integer(1, 59)}.${random.integer(1, 999)}S`,
    npm: () => `${random.integer(1, top)}${unit}`,
  };
  return random.pick([...plain, ...plain, own[world.language], () => `${random.integer(1, top)}${unit}`]);
}

function sizes({ random }: World, place: Place): Draw {
  const bytes = () => Math.floor(2 ** (random.next() * 33)), plain = () => String(bytes());
  if (place.conversion !== "text" || /^ ?[A-Za-z]/.test(place.after) || random.chance(.7)) return plain;
  const blank = random.pick(["", " "]), i = random.pick(["", "i"]);
  return () => {
    const value = bytes(), step = value < 1024 ? 0 : value < 1 << 20 ? 1 : value < 2 ** 30 ? 2 : 3;
    return step === 0
      ? `${value}${blank}B`
      : `${(value / 1024 ** step).toFixed(1)}${blank}${"KMG"[step - 1]}${i}B`;
  };
}

function times({ random }: World): Draw {
  const at = () => new Date(1_750_000_000_000 + random.integer(0, 9_000_000) * 1000 + random.integer(0, 999));
  return random.pick<Draw>([
    () => at().toISOString(),
    () => at().toISOString().slice(0, 19).replace("T", " "),
    () => String(at().getTime()),
    () => String(Math.floor(at().getTime() / 1000)),
    () => at().toISOString().slice(0, 10),
    () => at().toUTCString(),
  ]);
}

function ids(world: World): Draw {
  const { random } = world,
    prefix = random.pick(["", "", "0x", "id-", "sess_", `${random.pick(world.words)}-`]);
  const length = random.pick([6, 8, 12, 16, 32, 40]), hex = () => random.hex(length);
  return random.pick<Draw>([
    () => `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
    () => prefix + hex(),
    () => String(random.integer(1, 99_999_999)),
    () => `${random.pick(["req", "job", "tx", "msg"])}-${random.integer(1, 99_999)}`,
    () => btoa(String.fromCharCode(...Array.from({ length: 9 }, () => random.integer(33, 122)))),
  ]);
}

const ip = ({ random }: World) =>
  `${random.pick([10, 172, 192, 203])}.${random.integer(0, 255)}.${random.integer(0, 255)}.${
    random.integer(1, 254)
  }`;

/** Addresses in one to five shapes. */
function addresses(world: World): Draw {
  const { random } = world, port = () => random.pick([80, 443, 5432, 8080, random.integer(1024, 65_000)]);
  const shapes: Draw[] = [
    () => `${ip(world)}:${port()}`,
    () => ip(world),
    () => `/${ip(world)}:${port()}`,
    () => `${random.pick(world.hosts)}:${port()}`,
    () => `localhost:${port()}`,
    () => `[2001:db8::${random.hex(3)}]:${port()}`,
  ];
  const chosen = random.pick([
    shapes.slice(0, 1),
    shapes.slice(0, 2),
    shapes.slice(2, 3),
    shapes.slice(3, 5),
    shapes.slice(1, 2),
    shapes.slice(0, 5),
    shapes.slice(5),
  ]);
  return () => random.pick(chosen)();
}

function paths(world: World): Draw {
  const { random, folders, words } = world,
    root = `/${random.pick(folders)}/${random.pick(folders)}`,
    deep = random.integer(0, 2);
  const ending = random.pick<Draw>([
    () => "",
    () => `.${random.pick(["json", "log", "yml", "db"])}`,
    () => `-${random.integer(1, 900)}.snap`,
    () => `/${random.hex(8)}`,
    () => "/",
  ]);
  const fixed = Array.from({ length: random.integer(1, 3) }, () => `${root}/${random.pick(words)}.conf`);
  return random.chance(.2)
    ? () => random.pick(fixed)
    : () =>
      `${root}${"/x".repeat(deep).replaceAll("x", () => random.pick(folders))}/${
        random.pick(words)
      }${ending()}`;
}

function urls(world: World): Draw {
  const { random, hosts, words } = world,
    scheme = random.pick(["http", "https", "https", "amqp", "ws"]),
    query = random.chance(.3);
  return () =>
    `${scheme}://${random.pick(hosts)}:${random.pick([8080, 443, random.integer(1024, 9999)])}/${
      random.pick(words)
    }/${random.hex(4)}${query ? `?limit=${random.integer(1, 99)}&q=${random.pick(words)}` : ""}`;
}

/** How lists are printed: opening, mark between, closing, quotes around each item; joined ones are bare. */
const LISTS: Record<World["language"] | "joined", [string, string, string, string][]> = {
  python: [["[", ", ", "]", "'"], ["[", ", ", "]", ""], ["{", ", ", "}", "'"], ["(", ", ", ")", "'"]],
  java: [["[", ", ", "]", ""], ["[", ", ", "]", ""], ["{", ", ", "}", ""]],
  npm: [["", ",", "", ""], ["[", ",", "]", '"'], ["[ ", ", ", " ]", "'"]],
  joined: [["", ", ", "", ""], ["", ", ", "", ""], ["", ",", "", ""], ["", " ", "", ""]],
};

/** Lists as the language prints them. */
function lists(world: World, place: Place, item: Draw): Draw {
  const { random, language } = world, most = random.pick([1, 3, 5, 8]);
  const [open, between, close, quote] = random.pick(
    LISTS[/join/i.test(place.expression) ? "joined" : language],
  );
  return () => {
    const items = new Set(Array.from({ length: random.integer(open === "" ? 1 : 0, most) }, item));
    return items.size === 0
      ? (open + close).replaceAll(" ", "")
      : open + quote + [...items].join(quote + between + quote) + quote + close;
  };
}

function maps(world: World): Draw {
  const { random, words, language } = world,
    keys = sample(random, [...words, "id", "size", "retries", "mode", "ttl"], random.integer(1, 4));
  const styles = {
      python: ["{'", "': ", ", '", "}"],
      java: ["{", "=", ", ", "}"],
      npm: ['{"', '":', ',"', "}"],
    }[language],
    quote = { python: "'", java: "", npm: '"' }[language];
  const values = keys.map(() =>
    random.pick<Draw>([
      () => String(random.integer(0, 999)),
      () => quote + random.pick(words) + quote,
      () => random.pick(["0", "1"]),
    ])
  );
  const varies = random.chance(.4);
  return () => {
    const shown = keys.map((key, i) => `${key}${styles[1]}${values[i]()}`).filter((_, i) =>
      !varies || i === 0 || random.chance(.6)
    );
    return styles[0] + shown.join(styles[2]) + styles[3];
  };
}

function objects(world: World): Draw {
  const { random, language, words } = world,
    type = random.pick(world.classes),
    plain = type.split(/[.$]/).at(-1)!;
  const number = () => random.integer(0, 9999), word = () => random.pick(words);
  const styles: Record<World["language"], Draw[]> = {
    python: [
      () => `<${type} object at 0x7f${random.hex(10)}>`,
      () => `${plain}(id=${number()}, name='${word()}')`,
      () => `<${plain} ${word()}>`,
      () => `<${plain}: ${number()}>`,
    ],
    java: [
      () => `${type}@${random.hex(7)}`,
      () => `${plain}{id=${number()}, name=${word()}}`,
      () => `${plain}[${word()}, ${number()}]`,
      () => `${plain}(name=${word()}, epoch=${number()})`,
    ],
    npm: [
      () => `{"id":${number()},"name":"${word()}"}`,
      () => `${plain}#${number()}`,
      () => `${word()}@${number()}`,
    ],
  };
  return random.pick(styles[language]);
}

function titles(world: World): Draw {
  const { random, words } = world,
    pool = Array.from(
      { length: random.integer(1, 7) },
      () =>
        random.pick(["the", "daily", "Main", "old", "all", ""]).concat(
          " ",
          sample(random, words, random.integer(1, 3)).join(" "),
          random.pick(["", "", " report", ` ${random.integer(2, 30)}`]),
        ).trim(),
    );
  return () => random.pick(pool);
}

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
