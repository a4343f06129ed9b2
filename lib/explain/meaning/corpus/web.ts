/** Messages of web servers and proxies, worded as such software words them. */
import type { Software } from "./software.ts";

/** Web servers and proxies. */
export const WEB: readonly Software[] = [
  {
    name: "nginx",
    messages: {
      network: [
        "connect() failed (111: Connection refused) while connecting to upstream, client: <*>, server: <*>, request: <*>",
        "recv() failed (104: Connection reset by peer) while reading response header from upstream",
        "bind() to 0.0.0.0:80 failed (98: Address already in use)",
        "connect() to [::1]:9000 failed (101: Network is unreachable)",
      ],
      "timeout network": [
        "upstream timed out (110: Connection timed out) while reading response header from upstream",
      ],
      timeout: ["client timed out while waiting for request, client: <*>"],
      "dependency network": ["upstream prematurely closed connection while reading response header"],
      dependency: [
        "no live upstreams while connecting to upstream",
        "upstream server temporarily disabled while connecting",
      ],
      quota: [
        "1024 worker_connections are not enough",
        'limiting requests, excess: 20.440 by zone "perip", client: <*>',
        'limiting connections by zone "addr"',
        "accept4() failed (24: Too many open files)",
      ],
      "data quota": ["client intended to send too large body: 10485761 bytes"],
      data: [
        "upstream sent invalid header while reading response header from upstream",
        "client sent invalid host header while reading client request headers",
      ],
      permission: [
        'open() "/var/www/private/x.html" failed (13: Permission denied)',
        'directory index of "/srv/files/" is forbidden',
        "access forbidden by rule, client: <*>",
      ],
      authentication: [
        'user "deploy" was not found in "/etc/nginx/.htpasswd"',
        "no user/password was provided for basic authentication",
      ],
      missing: [
        'open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory)',
        '"/var/www/app/index.php" is not found (2: No such file or directory)',
      ],
      dns: [
        'host not found in upstream "backend.internal"',
        "could not be resolved (3: Host not found)",
        "no resolver defined to resolve <*>",
      ],
      tls: [
        "SSL_do_handshake() failed (SSL: error:1408F10B:SSL routines:wrong version number) while SSL handshaking",
        'cannot load certificate "/etc/ssl/site.pem": PEM_read_bio_X509_AUX() failed',
        'no "ssl_certificate" is defined for the listen socket while SSL handshaking',
        "upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream",
      ],
      configuration: [
        'unknown directive "proxy_passs" in /etc/nginx/conf.d/app.conf:12',
        'unexpected "}" in /etc/nginx/nginx.conf:88',
        'conflicting server name "shop.example" on 0.0.0.0:80, ignored',
      ],
      disk: ['pwrite() "/var/cache/nginx/tmp/0001" failed (28: No space left on device)'],
      crash: [
        "worker process 2711 exited on signal 11 (core dumped)",
        "worker process 88 exited with fatal code 2 and cannot be respawned",
      ],
      memory: [
        "could not allocate new session in SSL session shared cache",
        "ngx_slab_alloc() failed: no memory in zone",
      ],
      none: [
        "gracefully shutting down",
        "signal process started",
        "start worker process 2210",
        'using the "epoll" event method',
      ],
    },
  },
  {
    name: "Apache httpd",
    messages: {
      "authentication missing": ["AH01618: user guest not found: /status"],
      "attack permission": [
        "ModSecurity: Access denied with code 403 (phase 2). Matched SQL injection attack pattern",
      ],
      network: [
        "AH00957: HTTP: attempt to connect to 127.0.0.1:8080 (localhost) failed",
        "(98)Address already in use: AH00072: make_sock: could not bind to address [::]:443",
        "(104)Connection reset by peer: core_output_filter: writing data to the network",
      ],
      timeout: [
        "AH01075: Error dispatching request to : (70007)The timeout specified has expired",
        "Script timed out before returning headers: report.cgi",
      ],
      dependency: [
        "AH00940: HTTP: disabled connection for (backend01)",
        "AH01114: HTTP: failed to make connection to backend: app",
        "AH01102: error reading status line from remote server backend:8080",
      ],
      quota: [
        "AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting",
        "scoreboard is full, not at MaxRequestWorkers",
      ],
      permission: [
        "AH01630: client denied by server configuration: /var/www/secret",
        "(13)Permission denied: AH00035: access to /cgi denied because search permissions are missing on a component of the path",
        "Directory index forbidden by Options directive: /srv/www/",
      ],
      authentication: [
        'AH01617: user admin: authentication failure for "/manager": Password Mismatch',
      ],
      missing: [
        "AH00128: File does not exist: /var/www/html/robots.txt",
        "script '/var/www/old.php' not found or unable to stat",
      ],
      "attack data": [
        "AH00126: Invalid URI in request GET /../../etc/passwd HTTP/1.1",
        "request failed: URI too long (longer than 8190)",
      ],
      attack: ["ModSecurity: Warning. Pattern match detected XSS attempt at ARGS:q"],
      configuration: [
        "AH00526: Syntax error on line 31 of /etc/apache2/sites-enabled/000.conf",
        "Invalid command 'RewriteEngin', perhaps misspelled or defined by a module not included in the server configuration",
        "AH00558: Could not reliably determine the server's fully qualified domain name, set the 'ServerName' directive",
      ],
      "configuration tls": ["AH02572: Failed to configure at least one certificate and key for shop:443"],
      tls: [
        "AH01909: server certificate does NOT include an ID which matches the server name",
        "AH02039: Certificate Verification: Error (20): unable to get local issuer certificate",
      ],
      data: [
        "malformed header from script 'stats.cgi': Bad header",
        "AH00566: request failed: malformed request line",
      ],
      crash: ["AH00052: child pid 3391 exit signal Segmentation fault (11)"],
      disk: [
        "(28)No space left on device: AH00023: Couldn't create the rewrite-map mutex",
        "could not write to access log: disk quota exceeded",
      ],
      deployment: [
        "Cannot load modules/mod_php7.so into server: undefined symbol: zend_signal",
        "API module structure 'ssl_module' is garbled, wrong version of module",
      ],
      none: [
        "AH00163: Apache configured -- resuming normal operations",
        "AH00094: Command line: '/usr/sbin/apache2'",
        "caught SIGTERM, shutting down",
      ],
    },
  },
  {
    name: "HAProxy",
    messages: {
      dependency: [
        "Server web/app3 is DOWN, reason: Layer7 wrong status, code: 503, 1 active and 0 backup servers left",
        "backend payments has no server available!",
      ],
      "dependency timeout": [
        "Health check for server api/s2 failed, reason: Layer4 timeout, check duration: 2001ms, status: 0/2 DOWN",
      ],
      "dependency network": [
        "Health check for server db/pg1 failed, reason: Layer4 connection problem, info: Connection refused",
      ],
      quota: [
        "Proxy http-in reached process FD limit (maxsock=4013)",
        "sessions limit reached on frontend public: maxconn 2000",
      ],
      configuration: [
        "parsing [/etc/haproxy/haproxy.cfg:44] : unknown keyword 'blance' in 'backend' section",
        "Fatal errors found in configuration.",
      ],
      tls: ["http-in/2: SSL handshake failure"],
      network: ["Starting frontend stats: cannot bind socket (Address already in use)"],
      none: ["Proxy stats started.", "Server web/app3 is UP, reason: Layer7 check passed"],
    },
  },
  {
    name: "Envoy",
    messages: {
      "authentication configuration": ["Jwt issuer is not configured"],
      "configuration data": ["error adding listener 'ingress': Proto constraint validation failed"],
      "dependency network": [
        "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
      ],
      dependency: [
        "no healthy upstream",
        "response flags UF,URX: all upstream retries exceeded for cluster orders",
      ],
      timeout: ["upstream request timeout, response_code_details: response_timeout"],
      quota: [
        "upstream_reset_before_response_started{overflow}: circuit breaker pending requests overflow",
        "local_rate_limited: request rejected by token bucket",
      ],
      tls: ["TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED"],
      configuration: [
        "gRPC config for type.googleapis.com/envoy.config.route rejected: duplicate route name",
      ],
      authentication: ["Jwt verification fails: Jwt is expired"],
      "permission": ["rbac_access_denied_matched_policy[none]: request denied"],
      none: ["all dependencies initialized. starting workers", "cm init: all clusters initialized"],
    },
  },
  {
    name: "Tomcat",
    messages: {
      "configuration data": [
        "A child container failed during start: Context [/shop] startup failed due to invalid web.xml",
      ],
      crash: [
        "Servlet.service() for servlet [dispatcher] threw exception java.lang.NullPointerException",
        "Exception processing request: unhandled exception in filter chain",
      ],
      quota: [
        "Maximum number of threads (200) created for connector with address null and port 8080",
        "All threads (150) are currently busy, waiting. Increase maxThreads",
      ],
      deployment: [
        "Error deploying web application archive /opt/tomcat/webapps/shop.war",
        "One or more listeners failed to start. Full details will be found in the appropriate container log file",
        "validateJarFile(servlet-api.jar) - jar not loaded. Offending class: javax/servlet/Servlet.class",
      ],
      memory: [
        "The web application [shop] appears to have started a thread but has failed to stop it. This is very likely to create a memory leak",
      ],
      configuration: ["Setting property 'source' to 'org.eclipse' did not find a matching property."],
      data: [
        "Error parsing HTTP request header: Invalid character found in method name",
        "Invalid cookie header was received; cookie will be ignored",
      ],
      network: [
        "Failed to initialize end point associated with ProtocolHandler: java.net.BindException: Address already in use",
        "ClientAbortException: java.io.IOException: Broken pipe",
      ],
      none: [
        "Server startup in 4120 ms",
        "Deployment of web application directory has finished",
        "Stopping service Catalina",
      ],
    },
  },
  {
    name: "Traefik",
    messages: {
      "dependency timeout": ["'504 Gateway Timeout' caused by: dial tcp 10.0.0.9:80: i/o timeout"],
      "configuration missing": ["cart@docker"],
      dependency: [
        "Health check failed, removing from server list. Backend: orders URL: <*> Reason: received error status code: 500",
        "'502 Bad Gateway' caused by: EOF",
      ],
      tls: [
        'Unable to obtain ACME certificate for domains "shop.example": acme: error: 403 unauthorized',
        "Serving default certificate for request: no certificate matches host",
      ],
      configuration: [
        'entryPoint "websecur" doesn\'t exist',
        "the service  does not exist; router skipped",
        'middleware "auth@file" does not exist',
      ],
      quota: ["ACME: too many certificates already issued for this domain: rateLimited"],
      none: ["Configuration loaded from file: /etc/traefik/traefik.yml"],
    },
  },
  {
    name: "Squid and Varnish",
    messages: {
      "dependency network": ["TCP connection to parent proxy failed, marking dead parent"],
      dependency: ["Backend fetch failed: all backends are sick", "FetchError: no backend connection"],
      disk: [
        "Failed to make swap directory /var/spool/squid: out of space",
        "storeDirWriteCleanLogs: cache_dir is over its limit on volume",
      ],
      memory: [
        "Child not responding to CLI, malloc arena exhausted",
        "LRU nuked objects: cache storage of 256m exhausted",
      ],
      quota: ["WARNING! Your cache is running out of filedescriptors"],
      dns: [
        "ipcacheParse: No Address records in response to 'media.example'",
        "dnsSubmit: queue overload, all DNS servers unresponsive",
      ],
      permission: ["TCP_DENIED/403 CONNECT forbidden by http_access rules"],
      crash: ["Child (2231) died signal=6", 'assertion failed: comm.cc:422: "!isOpen(conn->fd)"'],
      none: ["Accepting HTTP Socket connections at local=[::]:3128", "Rotating logs: store rebuild complete"],
    },
  },
];
