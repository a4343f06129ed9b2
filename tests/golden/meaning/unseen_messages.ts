/**
 * Messages of software that the corpus doesn't know, each with what it means: written when corpus, cues and features were finished,
 * and nothing was changed for them. They are odder and shorter than what most logs have.
 *
 * @module
 */
import type { Software } from "../../../lib/explain/meaning/corpus/software.ts";

/** The messages, by what they mean. */
export const UNSEEN_MESSAGES: Software["messages"] = {
  "memory": [
    "sidekiq worker RSS 2.1GB exceeds max_rss, restarting",
    "ollama: model requires more system memory (9.1 GiB) than is available",
    "nvcc runtime: CUDA out of memory. Tried to allocate 512 MiB",
  ],
  "disk": [
    "journal: failed to allocate extent, filesystem has no free clusters",
    "Backup volume F: has insufficient free space for the next increment",
    "zpool: pool tank has experienced an unrecoverable checksum error on vdev",
    "fsck: UNEXPECTED INCONSISTENCY; run manually",
  ],
  "network": [
    "Stratum connection to pool interrupted, reconnecting in 10 seconds",
    "syncthing: connection to device ABC closed: reading length: EOF",
    "zigbee adapter: serial port disconnected",
  ],
  "network timeout": [
    "peer 203.0.113.4:8333 stalling block download, disconnecting",
  ],
  "authentication": [
    "OpenVAS feed sync: access key invalid",
    "Invalid login token for device thermostat-3",
    "dovecot: imap-login: auth failed, 1 attempts",
    "ssh_exchange: agent refused operation, key signing failed",
  ],
  "permission": [
    "Grafana: user viewer tried to save dashboard without edit rights",
    "SFTP: user acme is not allowed to write outside of its chroot",
    "SELinux is preventing httpd from name_connect access",
  ],
  "tls": [
    "mosquitto: OpenSSL Error: error:0A000418 tlsv1 alert unknown ca",
    "curl: (60) SSL certificate problem: unable to get local issuer certificate",
  ],
  "dns": [
    "relay lookup failed: NXDOMAIN for smtp.exampl.org",
    "resolvconf: all configured nameservers returned SERVFAIL",
  ],
  "quota": [
    "Mapbox tile quota for this month used up",
    "Discord gateway: you are being ratelimited, retry after 4.2s",
    "ulimit reached: cannot fork, process table is full",
    "postscreen: cache full, dropping oldest connections",
  ],
  "timeout": [
    "Unity asset import worker did not respond within 60 seconds",
    "restic: lock was not refreshed in time",
    "Playwright: page.goto exceeded 30000ms",
    "haveged: entropy source stalled, no data for 30 s",
  ],
  "dependency": [
    "Stripe webhook endpoint returned 500, will be retried",
    "Plex: metadata agent unavailable",
    "Jitsi: no bridge available for conference",
  ],
  "configuration": [
    "prosody: no certificate configured for component conference.example",
    "gunicorn: unknown setting 'worker_clas'",
    "Caddyfile:14: unrecognized directive: reverse_proxi",
    "traefik label malformed: rule Host() has no argument",
  ],
  "data": [
    "influx line protocol: unable to parse 'cpu,host=': missing tag value",
    "GeoJSON polygon is not closed",
    "FATAL row 17: quantity must be positive",
    "Avro: schema fingerprint mismatch for subject orders-value",
    "ERROR: duplicate invoice number 2031-17",
    "perl: Wide character in print",
  ],
  "crash": [
    "bevy: thread 'Compute Task Pool' panicked at index out of bounds",
    "Homebridge plugin threw an error and was unloaded",
    "kodi.bin killed by SIGBUS",
    "Zoom plugin host terminated unexpectedly, restarting it",
    'perl: Can\'t call method "id" on an undefined value at app.pl line 7',
  ],
  "deployment": [
    "fastlane: error building the application, exit status 65",
    "Flatpak: runtime org.gnome.Platform branch 45 not installed, app cannot be updated",
    "helmfile: release web failed to roll out",
  ],
  "deployment missing": [
    "Could not load file libcudart.so.11.0: needed by the plugin",
  ],
  "lock": [
    "apt-daily: Could not get lock /var/lib/apt/lists/lock",
    "Keyspace migration waits for another migration to finish",
    "Bazel: Another command (pid=221) is running. Waiting for it to complete on the server",
  ],
  "cluster": [
    "hazelcast: Member 10.0.0.3:5701 is suspected to be dead",
    "patroni: demoting self because DCS is not accessible and I was a leader",
    "mongo balancer: shard rs3 has no reachable primary",
    "gossip: node 7 is unreachable, moving its ranges",
  ],
  "hardware": [
    "ipmitool: PS1 Status | Failure detected",
    "GPU 00000000:3B:00.0 has fallen off the bus",
    "amdgpu: ring gfx timeout, GPU reset begin",
  ],
  "cpu": [
    "ffmpeg: real-time buffer too full, encoder cannot keep up with frame rate",
    "Prometheus alert: node CPU above 95% for 20m",
  ],
  "attack": [
    "fail2ban recidive: 203.0.113.9 banned for a week",
    "OSSEC: integrity checksum changed for /usr/bin/ssh",
    "crowdsec: http-probing from 203.0.113.44",
    "mod_evasive: blacklisting address 203.0.113.3: possible DoS attack",
  ],
  "missing": [
    "rclone: directory not found: photos/2031",
    "Blender: linked library textures.blend is missing",
    "jq: error: Could not open file out.json: No such file or directory",
    "ansible-galaxy: role geerlingguy.none was not found",
  ],
  "none": [
    "rsync: total size is 221 speedup is 12.00",
    "Wireguard handshake completed with peer 4",
    "Home Assistant initialized in 12.3s",
    "borg: archive created successfully",
    "telegraf: Loaded inputs: cpu disk mem",
    "Nightscout: 12 entries uploaded",
    "acpid: waiting for events: event logging is off",
  ],
  "hardware disk": [
    "smartctl: drive failure expected in less than 24 hours",
  ],
};
