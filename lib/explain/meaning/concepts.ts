/**
 * Concepts: words that mean the same in messages, whatever software says them.
 *
 * @module
 */
import { wordsOf } from "./words.ts";

/** What messages speak of. */
const THINGS: Record<string, string> = {
  storage:
    "disk drive volume filesystem storage partition spool tape medium ssd hdd nvme lun array raid mount inode inodes block sector " +
    "journal wal datastore tablespace snapshot flash card superblock extent extents scratch bucket backup archive datafile ext xfs " +
    "zpool zfs btrfs lvm scsi ata brick osd repository directory fs vol disks cartridge floppy platter",
  memory:
    "memory heap ram swap page pages paging stack arena rss oom alloc allocate allocation allocator malloc calloc mmap metaspace " +
    "hugepages footprint buffer buffers leak cache gc jemalloc cgroup resident kb mib gib heapsize",
  processor:
    "cpu cpus core cores processor processors vcpu load loop tick ticks cycle scheduler interrupt clock lag frames frame encoding " +
    "compute realtime runqueue overload overloaded starved starvation throttled busy utilisation utilization",
  part:
    "fan fans psu power supply voltage battery temperature sensor dimm board motor cable relay optics laser transceiver sfp gpu nic " +
    "controller hardware firmware module chassis bay slot enclosure thermal heat heater cooling pump valve encoder fuse breaker " +
    "inverter charger bus pcie pci usb ecc parity lane probe coil rotor axis servo brake drum toner printer camera lens antenna " +
    "rack blade component device riser lamp engine compressor generator transformer smart bmc ipmi mains watt volts current wear",
  way:
    "link interface port carrier line uplink downlink tunnel route gateway network socket connection channel stream pipe trunk " +
    "radio signal wifi wlan modem bgp ospf lte path packets packet tcp udp rtp ethernet eth vlan vpn peer remote neighbor neighbour " +
    "mesh bridge call transport backhaul circuit endpoint connect reconnect reconnecting websocket rdma switch router cable bluetooth " +
    "lan wan dial hop client keepalive connectivity online offline",
  name:
    "dns resolver resolve resolved resolving hostname host domain zone record mx srv ptr lookup name names nameserver nxdomain " +
    "servfail getaddrinfo alias cname soa address addresses query bind forwarder",
  seal:
    "certificate tls ssl cert certs cipher handshake x509 ca chain issuer keystore truststore fingerprint ocsp pkix crl dtls https " +
    "starttls encryption encrypted decrypt self signed spiffe ike mtls thumbprint notafter pem",
  identity:
    "user login logon password passwd token credential credentials ticket account badge pin otp secret passphrase principal key keys " +
    "signin bind identity authentication authenticate authenticated kerberos ntlm oauth jwt sasl ldap publickey username session apikey " +
    "mfa kdc radius bearer cookie passcode grant auth sign log",
  right:
    "permission permissions access privilege privileges right rights role policy acl owner scope capability allowed permitted " +
    "authorized authorised admin administrator root sandbox entitlement rule group grant elevated selinux entitled sudo restricted",
  limit:
    "limit limits quota max maximum rate allowance cap budget licence license licenses seats slots pool queue capacity ceiling " +
    "threshold concurrent concurrency connections sessions descriptors handles files requests size plan credit backlog minimum per " +
    "number count throttle throttled throttling too many volume depth clients",
  lock:
    "lock locks locked lockfile mutex lease latch exclusive exclusively semaphore deadlock transaction concurrent instance conflict " +
    "contention busy running another checkout held in use",
  thing:
    "file files object table row key resource path directory class topic queue collection bucket page route function item asset " +
    "script entry element artifact document folder id index procedure image secret target blob",
  data:
    "data value field format header checksum json xml csv yaml byte bytes character token type syntax schema column payload message " +
    "date number utf encoding decode parse crc digest hash record segment string length packet offset literal integer constraint " +
    "request body argument column line attribute tag sequence parser",
  group:
    "cluster quorum leader node nodes replica replicas member members primary master standby shard follower raft election witness " +
    "secondary peers failover replication term epoch partition brain gossip consensus isr mirror coordinator slave candidate votes " +
    "stack vrrp hsrp ha vote majority membership pair controller",
  program:
    "process thread worker service daemon task job kernel application app server program child actor supervisor plugin goroutine " +
    "module vm container guest renderer module agent",
  release:
    "version versions image build deploy deployment package plugin library lib firmware migration upgrade update release install " +
    "driver module compiler abi rollout rollback schema installed loader platform architecture compiled kernel built manifest mod " +
    "extension dependency dependencies requirement wheel gem crate provision artifact pipeline patch downgrade",
  setting:
    "config configuration conf option setting settings flag parameter directive property variable section env environment key profile " +
    "argument switch annotation default value yaml toml ini directive template mode property placeholder",
  span:
    "timeout deadline timer seconds second sec ms minutes min hours interval time window wait period budget duration walltime wall " +
    "milliseconds elapsed watchdog heartbeat",
  intruder:
    "attack scan scanner injection exploit malware virus trojan worm botnet phishing brute spoofed spoofing flood ddos ransom " +
    "intrusion suspicious traversal rootkit honeypot rogue banned ban blacklist spam threat exfiltration beacon fraud abuse guess " +
    "guessing impersonation probe probing escalation tampered union select sweep signature anomaly payload backdoor stolen forged",
  helper:
    "upstream backend provider service database api broker dependency server directory catalog origin third external partner " +
    "downstream metadata registry hub store engine collector supplier source bridge vendor cloud",
};

/** What is said of them. */
const STATES: Record<string, string> = {
  full:
    "full exhausted exceeded exceed exceeds exceeding over above reached overflow out low short insufficient enough depleted spent " +
    "saturated many more beyond large larger big hit violates used drained near maximum empty larger high taken consumed",
  broken:
    "lost lose broken broke dropped drop closed close reset down dead cut disconnected disconnect gone vanished torn unplugged hung " +
    "interrupted severed unreachable detached aborted left hangup flapping flaps bounced lossy offline silent withdrawn terminated",
  refused:
    "refused refuse denied deny rejected reject forbidden declined blocked disallowed prohibited disallow declines refuses denies " +
    "unauthorized unauthorised ban revoked turned withheld",
  wrong:
    "wrong invalid bad incorrect mismatch malformed corrupt corrupted unexpected illegal damaged garbled differs differ broken " +
    "unparsable inconsistent implausible mismatched improper unrecognised unrecognized unsupported contradict violates violate " +
    "unknown unparsed truncated undecodable duplicate",
  absent:
    "missing absent found unknown such nonexistent exist exists deleted removed undefined undeclared gone unregistered locate " +
    "disappeared vanished lacks without there",
  late:
    "late overdue slow slower long longer waiting waited stalled hung elapsed timed took delayed stuck answer reply response respond " +
    "answered replied acknowledged ack silent heard responding finished pending idle expired",
  old:
    "expired expire expires stale outdated obsolete old older newer deprecated unsupported incompatible mismatch requires require " +
    "needs earlier later",
  held:
    "held busy taken already opened running another elsewhere owned reserved concurrent use used modified changed by other",
  ended:
    "crashed crash died dead aborted abort exited exit terminated terminating killed panic panicked segfault sigsegv dumped dump core " +
    "fault fatal assertion unhandled uncaught exception traceback null nil bug abend abended unexpectedly restarting oops trap " +
    "undefined segmentation",
  ill:
    "unavailable degraded down outage failing unhealthy offline impaired ill suspended unresponsive fallback falling cached 500 502 " +
    "503 maintenance disrupted",
  odd:
    "degraded worn defective faulty uncorrectable correctable failed failure fault stuck tripped open short blocked jammed wear",
  unable:
    "cannot unable can't couldn't could fail failed fails failure error unsuccessful impossible won't refuses",
  fine:
    "ok success succeeded successful successfully restored ready finished completed complete done again healthy passed started " +
    "connected established accepted loaded reloaded renewed granted released recovered cleared resolved up enabled created " +
    "registered synchronised synchronized valid saved updated closed stopped attached",
  not: "no not without never none zero 0 nothing nobody cannot neither",
};

const CONCEPTS = conceptsByStem();

function conceptsByStem(): ReadonlyMap<string, readonly string[]> {
  const concepts = new Map<string, string[]>();
  for (const [name, words] of [...Object.entries(THINGS), ...Object.entries(STATES)]) {
    for (const stem of new Set(wordsOf(words))) concepts.set(stem, [...(concepts.get(stem) ?? []), name]);
  }
  return concepts;
}

/** The concepts of a message's words, each once, in the order of the alphabet. */
export function conceptsOf(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => CONCEPTS.get(word) ?? []))].sort();
}
