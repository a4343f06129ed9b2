/** Messages of mail, names, directories and other network services, worded as such software words them. */
import type { Software } from "./software.ts";

/** Network services. */
export const SERVICES: readonly Software[] = [
  {
    name: "OpenSSL",
    messages: {
      tls: [
        "SSL routines:tls_process_server_certificate:certificate verify failed",
        "SSL routines:ssl3_get_record:wrong version number",
        "SSL routines:ssl3_read_bytes:sslv3 alert handshake failure",
        "verify error:num=10:certificate has expired",
        "verify error:num=18:self signed certificate",
        "unable to load Private Key: bad decrypt",
        "no shared cipher",
        "dh key too small",
        "ee key too small for security level",
        "tlsv1 alert protocol version",
        "peer did not return a certificate",
        "OCSP response: certificate revoked",
        "certificate is not yet valid",
        "x509 key values mismatch between key and certificate",
        "hostname mismatch, certificate issued for another name",
        "certificate for shop.example will expire in 3 days",
        "renewal of certificate failed, old one stays in use",
        "session ticket decrypt error, peer sent unexpected alert",
      ],
    },
  },
  {
    name: "DNS resolvers",
    messages: {
      "dns timeout": ["plugin/errors: 2 shop.example. A: read udp 10.0.0.2:331->8.8.8.8:53: i/o timeout"],
      dns: [
        "named: error (network unreachable) resolving 'shop.example/A/IN': 2001:500::1#53",
        "named: lame server resolving 'example.org' (in 'example.org'?): 192.0.2.53#53",
        "unbound: SERVFAIL <shop.example. A IN>: all servers for this domain failed, at zone example.",
        "validation failure <shop.example. A IN>: signature expired from 192.0.2.53",
        "named: zone example.org/IN: not loaded due to errors.",
        "dnsmasq: Maximum number of concurrent DNS queries reached (max: 150)",
        'coredns: plugin/loop: Loop detected for zone "."',
        "query refused: recursion not available",
        "NXDOMAIN for host lookup of mailer",
        "nameserver not responding",
        "transfer of zone from master failed: REFUSED",
        "resolver returned no answer for record type AAAA",
        "stale cache entry used because upstream resolver is unreachable",
        "could not look up host name from address",
        "gethostbyname failed for relay",
        "no PTR record for address",
      ],
      none: [
        "named: running",
        "zone example.org/IN: loaded serial 2031010101",
        "dnsmasq: using nameserver 10.0.0.2#53",
      ],
    },
  },
  {
    name: "Postfix, Exim and Dovecot",
    messages: {
      "dependency network": ["spamd connection failed, message scanned without it"],
      network: [
        "connect to mx.example[192.0.2.25]:25: Connection refused",
        "lost connection after DATA from unknown[203.0.113.9]",
        "delivery temporarily suspended: no route to mail host",
      ],
      timeout: [
        "connect to mx.example[192.0.2.25]:25: Connection timed out",
        "timeout after RCPT from mail.example",
        "SMTP timeout while waiting for greeting",
      ],
      dns: [
        "Host or domain name not found. Name service error for name=exmaple.org type=MX: Host not found",
        "all relevant MX records point to non-existent hosts",
      ],
      authentication: [
        "warning: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
        "auth: Error: ldap(anna): Password mismatch",
        "535 5.7.8 Error: authentication failed",
        "imap-login: Aborted login (auth failed, 3 attempts in 8 secs)",
      ],
      permission: [
        "NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 554 5.7.1 Relay access denied",
        "550 5.7.1 message refused by policy",
        "535 sender address rejected: not owned by user",
      ],
      quota: [
        "452 4.2.2 Mailbox full: quota exceeded",
        "421 4.7.0 Too many connections from your IP",
        "message size 20480000 exceeds size limit 10240000 of server",
        "450 4.7.1 Greylisting in action, please try later",
      ],
      disk: [
        "mail system: insufficient system storage",
        "queue file write error",
        "imap: Error: write(dovecot.index.log) failed: No space left on device",
      ],
      tls: [
        "SSL_accept error from unknown: -1; no shared cipher",
        "Server certificate not trusted, mail deferred: untrusted issuer",
        "STARTTLS is required but host did not offer it",
      ],
      data: [
        "550 5.1.1 <x@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
        "malformed MIME header in message, rejected",
        "dovecot: Corrupted index cache file: invalid record size",
        "501 5.1.3 Bad recipient address syntax",
      ],
      configuration: [
        "fatal: bad numeric configuration: message_size_limit = 10M",
        "warning: /etc/postfix/main.cf, line 12: overriding earlier entry",
        "open database /etc/aliases.db: old format, run newaliases",
      ],
      dependency: [
        "warning: connect to private/tlsmgr: milter service unavailable",
        "temporary lookup failure: table hash lookup server down",
      ],
      crash: [
        "fatal: process /usr/lib/postfix/smtpd killed by signal 6",
        "panic: vstream flush lost, bounce daemon stopped",
      ],
      none: [
        "status=sent (250 2.0.0 Ok: queued as 4F2)",
        "connect from mail.example[192.0.2.8]",
        "disconnect from unknown[203.0.113.9] ehlo=1 mail=1",
        "Login: user=<anna>, method=PLAIN, TLS",
      ],
    },
  },
  {
    name: "LDAP and Active Directory",
    messages: {
      "authentication missing": ["krb5: client not found in Kerberos database"],
      authentication: [
        "ldap_bind: Invalid credentials (49)",
        "LDAP error 49 - 80090308: AcceptSecurityContext error, data 775: account locked out",
        "Preauthentication failed while getting initial credentials",
        "Kerberos: Clock skew too great",
        "An account failed to log on. Failure reason: Unknown user name or bad password.",
      ],
      network: [
        "ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1)",
        "nss_ldap: could not reconnect to LDAP server - sleeping",
        "sssd: backend is offline, server not reachable",
      ],
      permission: [
        "ldap_modify: Insufficient access (50)",
        "0000052D: Constraint violation: user lacks right to reset password",
      ],
      missing: ["LDAP: No such object (32) matched DN: dc=example", "group 'ops' not found in directory"],
      timeout: ["LDAP search exceeded time limit (3)", "domain controller took too long to answer"],
      quota: ["LDAP: Size limit exceeded (4)", "slapd: connection deferred, too many executing threads"],
      data: ["ldap_add: Invalid syntax (21): attribute mail invalid per syntax", "entry already exists (68)"],
      tls: ["TLS: peer cert untrusted or revoked while StartTLS to directory"],
      cluster: [
        "syncrepl: consumer out of sync, full refresh needed",
        "replication between domain controllers failed 12 times",
      ],
      none: ['conn=1002 op=1 BIND dn="cn=app" method=128 result ok', "slapd starting"],
    },
  },
  {
    name: "NTP, DHCP, FTP, Samba and VPN",
    messages: {
      "authentication configuration": ["IKE AUTHENTICATION_FAILED: no matching peer config or shared secret"],
      network: [
        "ovpn: TCP/UDP: Connection refused writing to peer",
        "smbd: getpeername failed. Error was Transport endpoint is not connected",
        "pppd: LCP terminated by peer, link lost",
        "wg0: handshake did not complete after 5 seconds, peer unreachable",
        "no server suitable for synchronization found",
      ],
      timeout: [
        "Inactivity timeout (--ping-restart), restarting tunnel",
        "ftpd: user timed out after 900 seconds idle",
        "IKE: retransmission count exceeded, peer not responding",
      ],
      authentication: [
        "AUTH_FAILED: control channel login rejected",
        "smbd: NT_STATUS_LOGON_FAILURE for user bob",
        "FTP LOGIN FAILED, anonymous from host",
        "radius: Access-Reject for user wifi-22",
      ],
      permission: [
        "smbd: NT_STATUS_ACCESS_DENIED opening share 'finance'",
        "550 STOR: Permission denied on server",
        "tftpd: access violation reading file",
      ],
      tls: [
        "VERIFY ERROR: depth=1, error=certificate has expired: CN=vpn-ca",
        "TLS Error: TLS key negotiation failed to occur within 60 seconds (check your network connectivity)",
      ],
      quota: [
        "DHCPDISCOVER: no free leases in pool 10.0.0.0/24",
        "vsftpd: 421 There are too many connected users, please try later",
        "dhcpd: pool nearly exhausted: 250 of 254 addresses given out",
      ],
      configuration: [
        "dhcpd: Not configured to listen on any interfaces!",
        'smb.conf: Unknown parameter encountered: "wins suport"',
        "Options error: Unrecognized option or missing parameter(s) in client.ovpn:14",
      ],
      missing: ["ftpd: 550 file unavailable: not found", "smbd: share 'old' cannot be found"],
      hardware: [
        "chronyd: System clock wrong by -3122.1 seconds, RTC battery low",
        "hwclock: real time clock cannot be read",
      ],
      none: [
        "DHCPREQUEST for 10.0.0.9 from 00:11:22:33:44:55 via eth0",
        "Initialization Sequence Completed",
        "ftpd: connection from 10.0.0.9",
        "time stepped by 0.12 s",
      ],
    },
  },
  {
    name: "intrusion detection and firewalls",
    messages: {
      "attack authentication": ["multiple failed logins followed by success from the same address"],
      "configuration data": [
        "firewalld: ERROR: INVALID_ZONE: dmzz",
        "ufw: invalid rule syntax in user.rules",
      ],
      attack: [
        "fail2ban: [sshd] Ban 203.0.113.9",
        "snort: ET SCAN Nmap Scripting Engine User-Agent detected",
        "suricata: ET EXPLOIT possible remote code execution attempt inbound",
        "Blocked request: path traversal attempt ../../etc/passwd",
        "SQL injection attempt blocked in parameter id",
        "port scan detected from 203.0.113.9",
        "web application firewall rule matched: cross site scripting",
        "rootkit check: suspicious file hidden in /dev",
        "integrity checksum of system binary changed since last scan",
        "malware signature found in upload, file quarantined",
        "ClamAV: Eicar-Test-Signature FOUND",
        "possible denial of service: request flood from one source",
        "user enumeration attempt detected on login form",
        "brute force attack against login detected",
        "outgoing traffic to known command and control server",
        "shell command injection pattern in query string",
      ],
      network: ["iptables: DROP IN=eth0 SRC=203.0.113.9 DST=10.0.0.1 PROTO=TCP DPT=23"],
      none: ["signature database is up to date", "firewall rules reloaded"],
    },
  },
];
