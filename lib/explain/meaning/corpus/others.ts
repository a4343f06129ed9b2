/** Messages of further databases, gateways, shops, pipelines and devices, worded as such software words them. */
import type { Software } from "./software.ts";

/** Further software. */
export const OTHERS: readonly Software[] = [
  {
    name: "ClickHouse",
    messages: {
      memory: [
        "Code: 241. DB::Exception: Memory limit (for query) exceeded: would use 9.32 GiB, maximum: 9.31 GiB",
      ],
      missing: [
        "Code: 60. DB::Exception: Table default.hits doesn't exist",
        "Code: 47. DB::Exception: Missing columns: 'uid' while processing query",
      ],
      quota: [
        "Too many parts (300). Merges are processing significantly slower than inserts",
        "Too many simultaneous queries. Maximum: 100",
      ],
      "network dependency": [
        "All connection tries failed while connecting to ZooKeeper. nodes: 10.0.0.4:2181",
      ],
      cluster: [
        "Table is in readonly mode since replica lost its session with the coordination service",
        "Replica has stopped working with queue, is 812 entries behind the leader",
      ],
      data: [
        "Cannot parse input: expected ',' before: 'abc' at row 3",
        "Checksum doesn't match: corrupted data while reading part",
      ],
      authentication: [
        "default: Authentication failed: password is incorrect or there is no user with such name",
      ],
      disk: ["Cannot reserve 1.00 MiB, not enough space on volume default"],
      none: ["Ready for connections.", "Merged 4 parts: from 1_1_1_0 to 4_4_4_0"],
    },
  },
  {
    name: "Neo4j and CouchDB",
    messages: {
      lock: [
        "ForsetiClient can't acquire ExclusiveLock because it would form a deadlock cycle",
        "Document update conflict.",
      ],
      authentication: [
        "The client is unauthorized due to authentication failure.",
        "Name or password is incorrect.",
      ],
      cluster: [
        "No write operations are allowed directly on this database. Writes must pass through the leader. The role of this server is: FOLLOWER",
      ],
      memory: [
        "The allocation of an extra 2.0 MiB would use more than the limit 512.0 MiB. dbms.memory.transaction.total.max threshold reached",
      ],
      timeout: [
        "The transaction has been terminated. Retry your operation in a new transaction: timeout of 30000ms was reached",
      ],
      data: [
        "Invalid input 'MTCH': expected 'MATCH'",
        "Node already exists with label `User` and property `email`",
      ],
      crash: [
        "gen_server couch_index terminated with reason: badarg",
        "Failed to start Neo4j on localhost: component was successfully initialized but failed to start",
      ],
      missing: [
        "{not_found,missing}",
        "There is no procedure with the name `apoc.load` registered for this database instance",
      ],
      none: [
        "Remote interface available at http://localhost:7474/",
        "Apache CouchDB has started. Time to relax.",
      ],
    },
  },
  {
    name: "Keycloak and identity providers",
    messages: {
      authentication: [
        "type=LOGIN_ERROR, realmId=shop, error=invalid_user_credentials",
        "type=CODE_TO_TOKEN_ERROR, error=invalid_code",
        "type=REFRESH_TOKEN_ERROR error=invalid_token reason=Session not active",
        "SAML response rejected: assertion audience does not match",
      ],
      "authentication configuration": ["type=LOGIN_ERROR, error=invalid_redirect_uri"],
      dns: ["failed to fetch JWKS: could not resolve id.example"],
      tls: ["LDAPS bind failed: simple bind over SSL: trust anchor for certification path not found"],
      quota: ["user temporarily disabled: too many login failures"],
      none: ["type=LOGIN, realmId=shop, userId=77", "realm imported"],
    },
  },
  {
    name: "Kong, Istio and Linkerd",
    messages: {
      dependency: [
        "an invalid response was received from the upstream server",
        "failure to get a peer from the ring-balancer",
        "unhealthy TARGET: all 2 health checks failing",
      ],
      configuration: [
        "schema violation (service: required field missing)",
        "IST0101: Referenced host not found in VirtualService",
        "plugin 'rate-limting' not enabled; add it to the 'plugins' configuration property",
      ],
      tls: [
        "failed to sign workload CSR: root cert expired",
        "TLS handshake failed: peer identity is not in the trust domain",
      ],
      quota: ["API rate limit exceeded"],
      timeout: ["upstream server is timing out"],
      permission: ["You cannot consume this service", "RBAC: access denied"],
      network: [
        "could not connect to any control plane address: connection reset before preface was received",
      ],
      none: ["Push debounce stable[21] 1 for config: 100ms since last change", "worker #0 started"],
    },
  },
  {
    name: "WildFly and WebLogic",
    messages: {
      deployment: [
        "WFLYSRV0059: Class Path entry jaxb-api.jar does not point to a valid jar",
        'WFLYCTL0013: Operation ("deploy") failed - address: shop.ear',
        "<BEA-149205> Failed to initialize the application 'shop' due to error",
      ],
      "deployment missing": [
        'java.lang.ClassNotFoundException: com.shop.Cart from [Module "deployment.shop.war"]',
      ],
      quota: [
        "IJ000453: Unable to get managed connection: No managed connections available within configured blocking timeout",
      ],
      cpu: ["<BEA-000337> [STUCK] ExecuteThread: '4' has been busy for 620 seconds working on the request"],
      memory: ["<BEA-310002> 4% of the total memory in the server is free."],
      configuration: [
        "WFLYCTL0362: Capabilities required by resource are not available: datasource not defined",
      ],
      network: [
        "WFLYSRV0083: Failed to start the http-interface service: address already in use /0.0.0.0:8080",
      ],
      timeout: ["ARJUNA012117: TransactionReaper::check processing TX in state RUN, transaction timed out"],
      none: [
        "WFLYSRV0025: WildFly Full started in 8122ms",
        "<BEA-000360> The server started in RUNNING mode.",
      ],
    },
  },
  {
    name: "CockroachDB, TiDB and Vitess",
    messages: {
      lock: [
        "restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError",
        "Write conflict, txnStartTS=4212 is stale [try again later]",
      ],
      cluster: [
        "unable to contact other nodes in the cluster; will keep trying",
        "region is unavailable: no leader after election timeout",
        "replica unavailable: (n3,s3) unable to serve request to range r22",
      ],
      disk: [
        "disk stall detected: unable to write to /data within 20s",
        "disk utilization 98%: node is at risk of running out of disk space, stopping",
      ],
      "disk timeout": ["slow heartbeat took 6.2s; disk sync is lagging"],
      quota: ["too many SQL connections for this node; admission control rejects"],
      missing: ["Unknown table 'shop.cart' in keyspace commerce"],
      none: ["node startup completed", "initialized new cluster"],
    },
  },
  {
    name: "ActiveMQ, Pulsar and MQTT",
    messages: {
      memory: ["Usage Manager Memory Limit reached. Stopping producer to prevent flooding topic://orders"],
      disk: [
        "Persistent store is Full, 100% of 107374182400. Stopping producer",
        "bookie is read only: all ledger directories are over their usage threshold",
      ],
      network: [
        "Transport Connection to: tcp://10.0.0.9:55121 failed: java.io.EOFException",
        "Socket error on client sensor-12, disconnecting.",
      ],
      timeout: [
        "Client sensor-12 has exceeded timeout, disconnecting.",
        "Channel was inactive for too (>30000) long: tcp://10.0.0.9:61616",
      ],
      authentication: [
        "Client unknown disconnected, not authorised: bad user name or password.",
        "Failed to authenticate: token signature does not match locally computed signature",
      ],
      quota: [
        "Producer is blocked: topic backlog quota exceeded",
        "Max connections per listener reached, connection denied",
      ],
      lock: [
        "Database /var/activemq/kahadb/lock is locked by another server. This broker is now in slave mode waiting a lock to be acquired",
      ],
      data: [
        "Malformed packet received from client",
        "Schema incompatible: unable to read message with writer schema",
      ],
      none: ["Connector openwire started", "New client connected from 10.0.0.9 as sensor-12 (p2, c1, k60)."],
    },
  },
  {
    name: "Puppet, Chef and Salt",
    messages: {
      configuration: [
        "Could not retrieve catalog from remote server: Error 500 on SERVER: Evaluation Error: Unknown resource type: 'nginx::vhost'",
        "Rendering SLS 'base:web' failed: Jinja variable 'dict object' has no attribute 'port'",
      ],
      tls: [
        "Could not request certificate: The certificate retrieved from the master does not match the agent's private key.",
      ],
      lock: ["Run of agent already in progress; skipping (/var/lib/agent_catalog_run.lock exists)"],
      missing: ["Chef::Exceptions::CookbookNotFound: Cookbook postgres not found."],
      timeout: ["Minion did not return. [No response]"],
      deployment: ["Execution of '/usr/bin/apt-get -q -y install foo' returned 100: unmet dependencies"],
      authentication: [
        "Authentication failed: the minion's public key has not been accepted by the master yet",
      ],
      none: ["Applied catalog in 4.12 seconds", "Chef Infra Client finished, 3/212 resources updated"],
    },
  },
  {
    name: "shop systems and content management",
    messages: {
      network: ["Error establishing a database connection"],
      "authentication attack": ["wp-login: lockout of 203.0.113.9 after repeated wrong passwords"],
      deployment: [
        'Please upgrade your database: Run "bin/console setup:upgrade". The following modules are outdated',
      ],
      data: [
        "main.CRITICAL: Report ID: webapi; Message: Invalid JSON in request body",
        "The uploaded file could not be recognised as an image.",
      ],
      permission: [
        'The path "var/cache" is not writable',
        "You do not have sufficient permissions to access this page.",
      ],
      missing: [
        "Requested template could not be found: 'product_detail.html.twig'",
        "Oops! That page can't be found.",
      ],
      lock: ["Cron job indexer is locked by a previous run", "File is currently locked for editing by anna"],
      quota: ["Sorry, this file exceeds the maximum upload size for this site."],
      crash: [
        "There has been a critical error on this website.",
        "CRITICAL: Uncaught Exception Error: Call to undefined method Order::getFoo()",
      ],
      none: ["Indexer has been rebuilt successfully in 00:00:02", "Newsletter queued for 120 receivers"],
    },
  },
  {
    name: "delivery pipelines and operators",
    messages: {
      deployment: [
        "ComparisonError: rpc error: failed to generate manifest for source: exit status 1",
        "Progress deadline of canary exceeded; halting advancement and rolling back",
        "Error: Process completed with exit code 1.",
        "The operation was canceled because the workflow's tests did not pass",
      ],
      authentication: [
        "Failed to sync: repository access requires authentication: key not accepted",
        "Input required and not supplied: token",
      ],
      tls: [
        "Failed to complete ACME order: challenge did not pass, status invalid",
        "error signing certificate request: issuer not ready",
      ],
      quota: ["GitHub API: You have exceeded the API request limit for this hour"],
      cluster: ["backup controller lost its leader lease, exiting"],
      missing: [
        "Unable to locate executable file: pwsh. Please verify either the file path exists",
        "application references project shop which does not exist",
      ],
      none: [
        "Sync operation succeeded",
        "Certificate issued successfully",
        "Cache restored from key: linux-npm-22",
      ],
    },
  },
  {
    name: "printers, sensors and vehicles",
    messages: {
      hardware: [
        "paper path sensor reports jam in tray 2",
        "fuser over-temperature, engine stopped",
        "Battery cell 3 voltage below minimum",
        "motor driver fault: overcurrent on axis 2",
        "GPS module gives no signal, antenna open",
      ],
      network: [
        "modem lost carrier, redialling",
        "CAN bus off, controller restarted",
        "LoRa gateway: uplink to server gone",
      ],
      data: ["reading -127 C of sensor 4 is implausible, discarded", "telegram with wrong checksum dropped"],
      timeout: ["no telegram from meter for 900 s", "PLC did not acknowledge command in time"],
      permission: ["cupsd: client-error-forbidden: user may not print to this queue"],
      quota: ["job refused: page allowance of user used up"],
      configuration: ["firmware parameter set unknown, factory defaults loaded"],
      cpu: [
        "cycle time exceeded: control task needs 12 ms of 10 ms",
        "vision pipeline drops frames, compute unit saturated",
      ],
      none: ["print job 12 done", "sensor 4 calibrated", "vehicle parked, going to sleep"],
    },
  },
  {
    name: "data warehouses",
    messages: {
      quota: [
        "Resources exceeded during query execution: Too many bytes spilled to remote storage",
        "Warehouse queue is overloaded: 80 statements waiting for a slot",
      ],
      permission: ["SQL access control error: Insufficient privileges to operate on schema 'RAW'"],
      missing: [
        "SQL compilation error: Object 'RAW.ORDERS' does not exist",
        "Not found: Dataset analytics:raw was not found in location EU",
      ],
      data: [
        "Numeric value 'n/a' is not recognized",
        "Could not load line 12: Bad character in column total",
        "Error while reading data: CSV table references column position 9, but line contains only 8 columns",
      ],
      timeout: ["Statement reached its statement or warehouse timeout of 3,600 second(s) and was canceled."],
      authentication: ["JWT token is invalid. Incorrect username or password was specified."],
      lock: [
        "Statement was aborted because the number of waiters for this table exceeds the 20 statements limit: concurrent update",
      ],
      none: ["Query finished, 12 rows produced", "Warehouse resumed"],
    },
  },
];
