/**
 * Events that are records: parts that may be missing, pairs of key and value, lists of members. Other ones for logs that may be read
 * and logs that may not.
 *
 * @module
 */
import type { Draw } from "./failure.ts";
import { sample, type World } from "./world.ts";

/** An event that no call site writes. */
interface RecordEvent {
  template: string;
  draw: Draw;
}

/** The record events of a log. */
export function recordEvents(world: World): RecordEvent[] {
  return (world.half === 0
    ? [access, transfer, pairs, pairs, members, clock]
    : [session, firewall, collection, disk, request, quota])
    .map((make) => make(world));
}

const ip = ({ random }: World) =>
  `10.${random.integer(0, 255)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;

function access(world: World): RecordEvent {
  const { random, words, people } = world;
  return {
    template: '<*> - <*> "<*>" <*> <*> "<*>" "<*>"',
    draw: () => {
      const path = `/${sample(random, words, random.integer(1, 3)).join("/")}${
        random.pick(["", "", `?q=${random.pick(words)}&n=${random.integer(1, 99)}`])
      }`;
      const agent = random.pick(["Mozilla/5.0 (X11; Linux x86_64)", "curl/7.88.1", "Prometheus/2.45.0", "-"]),
        bytes = random.pick(["-", random.integer(0, 99_999)]);
      return `${ip(world)} - ${random.pick(["-", "-", random.pick(people)])} "${
        random.pick(["GET", "POST", "HEAD"])
      } ${path} HTTP/1.1" ${random.pick([200, 200, 304, 404, 500])} ${bytes} "${
        random.pick(["-", `https://${random.pick(world.hosts)}/`])
      }" "${agent}"`;
    },
  };
}

const rounded = (bytes: number) =>
  bytes < 1024
    ? ""
    : bytes < 1 << 20
    ? ` (${(bytes / 1024).toFixed(1)} KB)`
    : ` (${(bytes / (1 << 20)).toFixed(2)} MB)`;

function transfer(world: World): RecordEvent {
  const { random, hosts } = world,
    verb = random.pick(["transfer", "upload", "copy", "flush"]),
    end = random.pick(["finished", "complete", "done"]);
  const bytes = () =>
    random.pick([0, random.integer(1, 900), random.integer(2000, 90_000), random.integer(2 << 20, 9 << 20)]);
  return {
    template: `<*> ${verb} ${end}, <*> bytes<*> sent, <*> bytes<*> received, took <*>`,
    draw: () => {
      const sent = bytes(),
        received = bytes(),
        took = random.pick([`00:${random.integer(10, 59)}`, "<1 sec", `02:0${random.integer(0, 9)}`]);
      return `${random.pick(hosts)}:${random.pick([80, 443, 8080])} ${verb} ${end}, ${sent} bytes${
        rounded(sent)
      } sent, ${received} bytes${rounded(received)} received, took ${took}`;
    },
  };
}

function pairs(world: World): RecordEvent {
  const { random, words, people, hosts } = world,
    keys = sample(
      random,
      "user tty rhost uid src dst zone rule proto len app reason session shell path code".split(" "),
      random.integer(4, 7),
    );
  const head = random.pick(["connection evaluated;", "policy applied:", "auth check:", "flow record"]);
  const draws = keys.map(() =>
    random.pick<Draw>([
      ...[() => String(random.integer(0, 9999)), () =>
        random.pick(people), () =>
        ip(world), () =>
        random.pick(hosts), () =>
        `/${random.pick(words)}/${random.pick(words)}`],
      ...[() =>
        random.pick(["", "", random.pick(words)]), () => `"${sample(random, words, 2).join(" ")}"`],
    ])
  );
  return {
    template: `${head} ${keys.map((key) => `${key}=<*>`).join(" ")}`,
    draw: () => `${head} ${keys.map((key, i) => `${key}=${draws[i]()}`).join(" ")}`,
  };
}

function members({ random }: World): RecordEvent {
  const head = random.pick(["Assigned members", "Targets selected:", "Lost contact with", "Draining nodes"]),
    name = random.pick(["node", "rack1-n", "worker", "c-"]);
  const tail = random.pick(["", " by scheduler", " (forced)"]), separator = random.pick([", ", ","]);
  return {
    template: `${head} <*>${tail}`,
    draw: () =>
      `${head} ${
        Array.from({ length: random.pick([1, 1, 2, 3, 6, 9]) }, () => name + random.integer(0, 128)).join(
          separator,
        )
      }${tail}`,
  };
}

function clock(world: World): RecordEvent {
  const { random, hosts } = world,
    head = random.pick(["synchronized to", "clock source now", "elected peer"]),
    rank = random.pick(["stratum", "priority", "rank"]);
  return {
    template: `${head} <*>, ${rank} <*>`,
    draw: () =>
      `${head} ${random.pick([ip(world), ip(world), "LOCAL(0)", random.pick(hosts)])}, ${rank} ${
        random.pick([random.integer(1, 16), random.integer(1, 16), "none"])
      }`,
  };
}

function session({ random, people }: World): RecordEvent {
  return {
    template: "Session <*> of <*> expired after <*> minutes, state <*>",
    draw: () =>
      `Session ${random.hex(8)} of ${random.pick(people)} expired after ${
        random.integer(1, 90)
      } minutes, state ${random.pick(["idle", "none", "3/4", "closing"])}`,
  };
}

function firewall(world: World): RecordEvent {
  const { random } = world;
  return {
    template: "DROP IN=<*> OUT=<*> SRC=<*> DST=<*> LEN=<*> PROTO=<*> SPT=<*>",
    draw: () =>
      `DROP IN=${random.pick(["eth0", "eth1", "br-lan"])} OUT=${random.pick(["", "", "wg0"])} SRC=${
        ip(world)
      } DST=${ip(world)} LEN=${random.integer(40, 1500)} PROTO=${random.pick(["TCP", "UDP", "2"])} SPT=${
        random.pick(["?", random.integer(1, 65_535)])
      }`,
  };
}

function collection({ random }: World): RecordEvent {
  return {
    template: "Pause <*> <*>-><*>(<*>) <*> after <*> cycles",
    draw: () =>
      `Pause ${random.pick(["Young (Normal)", "Young (Mixed)", "Full (System.gc())", "Remark"])} ${
        random.integer(1, 900)
      }M->${random.integer(1, 90)}M(${random.pick([256, 1024])}M) ${
        (random.next() * 20).toFixed(3)
      }ms after ${random.pick(["none", random.integer(1, 9)])} cycles`,
  };
}

function disk({ random }: World): RecordEvent {
  return {
    template: "attached disk <*> model <*> firmware <*> on bay <*>",
    draw: () =>
      `attached disk sd${random.pick([..."abcdefgh"])} model ${
        random.pick(["ST4000", "WD Red Pro", "Samsung SSD 860", "INTEL-X25"])
      } firmware ${random.pick(["?", "CV12", "1.0b", "none"])} on bay ${
        random.pick(["A", "B", "3", "upper"])
      }`,
  };
}

function request(world: World): RecordEvent {
  const { random, words, people } = world;
  return {
    template: "<*> <*> <*> <*> <*> (user <*>, <*> retries)",
    draw: () =>
      `${random.pick(["GET", "PUT", "DELETE"])} /${random.pick(words)}/${random.integer(1, 9999)} ${
        random.pick([200, 201, 404, 503])
      } ${random.integer(1, 900)}ms ${random.pick(["hit", "miss", "-"])} (user ${
        random.pick(["-", random.pick(people)])
      }, ${random.pick(["no", random.integer(1, 4)])} retries)`,
  };
}

function quota(world: World): RecordEvent {
  const { random, words } = world;
  return {
    template: "usage volume=<*> used=<*> free=<*> owner=<*> note=<*>",
    draw: () =>
      `usage volume=${random.pick(words)} used=${(random.next() * 900).toFixed(1)}GiB free=${
        random.integer(0, 100)
      }% owner=${random.pick(["", "", random.pick(world.people)])} note=${
        random.pick([`"${sample(random, words, 2).join(" ")}"`, '""', random.pick(words)])
      }`,
  };
}
