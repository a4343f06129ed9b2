/**
 * Who comes in by ssh: those who run the shop, and strangers who don't get in.
 *
 * @module
 */
import { MINUTE, SECOND } from "./calendar.ts";
import type { Random } from "./random.ts";
import { type Process, type Shop, STEADY } from "./shop.ts";
import { OPERATORS, visitorAddress } from "./words.ts";

/** Users that strangers try. */
export const STRANGERS = [
  "admin",
  "test",
  "oracle",
  "postgres",
  "ubuntu",
  "git",
  "pi",
  "guest",
  "root",
  "root",
];

/** A password that was wrong: one to three lines. */
export function failedLogin(
  shop: Shop,
  random: Random,
  time: number,
  { user, address, planted }: { user: string; address: string; planted: number },
): void {
  const tag = `sshd[${random.integer(2_000, 64_000)}]`, port = random.integer(32_768, 60_999);
  const known = user === "root" || OPERATORS.includes(user);
  if (!known) shop.auth.write(time, tag, `Invalid user ${user} from ${address} port ${port}`, planted);
  const who = known ? user : `invalid user ${user}`;
  shop.auth.write(
    time + SECOND,
    tag,
    `Failed password for ${who} from ${address} port ${port} ssh2`,
    planted,
  );
  const end = known ? `authenticating user ${user}` : `invalid user ${user}`;
  shop.auth.write(
    time + 2 * SECOND,
    tag,
    `Connection closed by ${end} ${address} port ${port} [preauth]`,
    planted,
  );
}

/** Someone who runs the shop signs in, does something with sudo now and then, and leaves. */
function operatorSession(shop: Shop, random: Random, time: number): void {
  const user = random.pick(OPERATORS), auth = shop.auth;
  const tag = `sshd[${random.integer(2_000, 64_000)}]`, session = random.integer(100, 9_900);
  const from = `192.0.2.${random.integer(40, 49)} port ${random.integer(32_768, 60_999)}`;
  const length = Math.round(random.skewed(6 * MINUTE));
  const method = user === "ops2"
    ? `password for ${user} from ${from} ssh2`
    : `publickey for ${user} from ${from} ssh2: ED25519 SHA256:${random.hex(32)}`;
  auth.write(time, tag, `Accepted ${method}`);
  auth.write(time, tag, `pam_unix(sshd:session): session opened for user ${user}(uid=1001) by (uid=0)`);
  auth.write(time, "systemd-logind[540]", `New session ${session} of user ${user}.`);
  if (random.chance(.5)) sudo(shop, random, time + length / 2, user);
  auth.write(time + length, tag, `Disconnected from user ${user} ${from}`);
  auth.write(time + length, tag, `pam_unix(sshd:session): session closed for user ${user}`);
  auth.write(time + length, "systemd-logind[540]", `Removed session ${session}.`);
}

function sudo(shop: Shop, random: Random, time: number, user: string): void {
  const command = random.pick([
    "systemctl status shop-app",
    "journalctl -u shop-app",
    "tail -n 200 /var/log/nginx/error.log",
    "du -sh /var/log",
  ]);
  shop.auth.write(
    time,
    "sudo",
    `${user} : TTY=pts/${random.integer(0, 3)} ; PWD=/srv/shop ; USER=root ; COMMAND=/usr/bin/${command}`,
  );
  shop.auth.write(
    time,
    "sudo",
    `pam_unix(sudo:session): session opened for user root(uid=0) by ${user}(uid=1001)`,
  );
  shop.auth.write(time + 2 * SECOND, "sudo", "pam_unix(sudo:session): session closed for user root");
}

/** Sessions of those who run the shop, and passwords that are guessed all the time. */
export function ssh(shop: Shop): Process[] {
  const random = shop.random("sshd");
  return [
    shop.arrivals(random, 1.4, (time) => operatorSession(shop, random, time)),
    shop.arrivals(random, 7, (time) => {
      const user = random.pick([...STRANGERS, ...OPERATORS]);
      failedLogin(shop, random, time, { user, address: visitorAddress(random), planted: -1 });
    }, STEADY),
  ];
}
