/**
 * The machine: cron, systemd and disks, as syslog has them.
 *
 * @module
 */
import { DAY, HOUR, MINUTE, SECOND } from "./calendar.ts";
import type { Random } from "./random.ts";
import { type Process, type Shop, STEADY } from "./shop.ts";
import { ssh } from "./ssh.ts";
import { OPERATORS, visitorAddress } from "./words.ts";

/** Writes the three lines of a job: session opened, command, session closed. */
function runJob(shop: Shop, random: Random, time: number, job: string, planted = -1): void {
  const [user, command, seconds] = job.split("|");
  const tag = `CRON[${random.integer(2_000, 64_000)}]`;
  const id = user === "root" ? 0 : 998;
  shop.auth.write(
    time,
    tag,
    `pam_unix(cron:session): session opened for user ${user}(uid=${id}) by (uid=0)`,
    planted,
  );
  shop.auth.write(time, tag, `(${user}) CMD (${command})`, planted);
  const end = time + Number(seconds) * SECOND;
  shop.auth.write(end, tag, `pam_unix(cron:session): session closed for user ${user}`, planted);
}

/** What cron does by the clock. */
function cron(shop: Shop): Process[] {
  const random = shop.random("cron");
  const job = (period: number, offset: number, text: string) =>
    shop.regularly(random, period, (time) => runJob(shop, random, time, text), { offset: offset + SECOND });
  const stockExport = (time: number) => {
    const planted = shop.underWay("missing_heartbeat", "CRON", time);
    if (planted < 0) runJob(shop, random, time, "shop|/usr/local/bin/stock-export --delta|4");
    else {
      random.next();
      shop.miss(planted, 3);
    }
  };
  return [
    job(5 * MINUTE, 0, "root|/usr/local/bin/shop-metrics --push|2"),
    shop.regularly(random, 10 * MINUTE, stockExport, { offset: 4 * MINUTE + SECOND }),
    job(HOUR, 17 * MINUTE, "root|cd / && run-parts --report /etc/cron.hourly|1"),
    job(DAY, HOUR + 10 * MINUTE, "shop|/usr/local/bin/newsletter --queue|300"),
    job(
      DAY,
      6 * HOUR + 25 * MINUTE,
      "root|test -x /usr/sbin/anacron or run-parts --report /etc/cron.daily|40",
    ),
    shop.regularly(random, DAY, (time) => {
      const [late, planted] = lateBackup(shop, "CRON", time);
      runJob(shop, random, time + late, "backup|/usr/local/bin/backup-shop --full|1260", planted);
    }, { offset: 2 * HOUR + SECOND }),
  ];
}

/** How much later than usual the backup of this night runs, and the entry of the plan that says so. */
export function lateBackup(
  shop: Shop,
  service: string,
  time: number,
): readonly [late: number, planted: number] {
  const planted = shop.underWay("late_backup", service, time + HOUR);
  return [planted < 0 ? 0 : HOUR, planted];
}

/** systemd's timers, the disks, the firewall. */
function system(shop: Shop): Process[] {
  const random = shop.random("system"), auth = shop.auth;
  const unit = (period: number, offset: number, title: string, seconds: number) =>
    shop.regularly(random, period, (time) => {
      auth.write(time, "systemd[1]", `Starting ${title}...`);
      auth.write(time + seconds * SECOND, "systemd[1]", `Finished ${title}.`);
    }, { offset, jitter: 20_000 });
  return [
    unit(30 * MINUTE, 9 * MINUTE, "Clean expired sessions", 1),
    unit(DAY, 0, "Rotate log files", 3),
    unit(DAY, 6 * HOUR, "Daily package lists update", 21),
    unit(12 * HOUR, 5 * HOUR, "Discard unused blocks on filesystems", 8),
    shop.regularly(random, 5 * MINUTE, (time) => disks(shop, random, time), { offset: 150 * SECOND }),
    shop.arrivals(random, 22, (time) => auth.write(time, "kernel", blocked(random)), STEADY),
    shop.arrivals(random, .3, (time) => auth.write(time, ...rareLine(random)), STEADY),
  ];
}

/** How full the disks are; /var follows the day, and grows when it is planned to. */
function disks(shop: Shop, random: Random, time: number): void {
  const planted = shop.underWay("resource_growth", "diskcheck", time);
  let used = 58 + 4 * ((time % DAY) / DAY) + random.next() * .3;
  if (planted >= 0) {
    const { from, to, size } = shop.plan[planted];
    used += (size - used) * (time - from) / (to - from);
  }
  const free = Math.round((100 - used) * 407), server = 33 + random.next() * .2;
  shop.auth.write(time, "diskcheck[733]", `/var ${used.toFixed(1)}% used, ${free} MB free`, planted);
  shop.auth.write(
    time,
    "diskcheck[733]",
    `/srv ${server.toFixed(1)}% used, ${Math.round((100 - server) * 890)} MB free`,
  );
  if (used < 90) return;
  shop.auth.write(time, "diskcheck[733]", `warning: /var above 90%, ${free} MB free`, planted);
}

function blocked(random: Random): string {
  const port = random.pick([22, 23, 445, 1433, 3389, 5900, 8080, random.integer(1024, 65_000)]);
  const source = `SRC=${visitorAddress(random).replace(/^2001.*/, "203.0.113.7")} DST=192.0.2.20`;
  const packet = `LEN=${random.pick([40, 44, 52, 60])} TTL=${random.integer(40, 250)} ID=${
    random.integer(1, 65_535)
  }`;
  return `[UFW BLOCK] IN=eth0 OUT= ${source} ${packet} PROTO=TCP SPT=${
    random.integer(1024, 65_000)
  } DPT=${port}`;
}

/** Remarks that come about once a day each. */
function rareLine(random: Random): [tag: string, message: string] {
  return random.pick<[string, string]>([
    ["chronyd[612]", `Selected source 192.0.2.${random.integer(120, 123)} (time.example.org)`],
    ["systemd[1]", "Reloading."],
    ["kernel", "EXT4-fs (sdb1): mounted filesystem with ordered data mode. Opts: errors=remount-ro"],
    [
      "sshd[" + random.integer(2_000, 64_000) + "]",
      "error: kex_exchange_identification: Connection closed by remote host",
    ],
    [
      "sudo",
      `${
        random.pick(OPERATORS)
      } : 1 incorrect password attempt ; TTY=pts/0 ; PWD=/srv/shop ; USER=root ; COMMAND=/usr/bin/less /var/log/syslog`,
    ],
    ["systemd-logind[540]", `Session ${random.integer(100, 990)} logged out. Waiting for processes to exit.`],
    [
      "kernel",
      `TCP: request_sock_TCP: Possible SYN flooding on port ${random.pick([80, 443])}. Sending cookies.`,
    ],
  ]);
}

/** Everything in auth.log but planted things. */
export function host(shop: Shop): Process[] {
  return [
    ...cron(shop),
    ...system(shop),
    ...ssh(shop),
  ];
}
