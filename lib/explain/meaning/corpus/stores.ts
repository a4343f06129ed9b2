/** Messages of caches, document stores and search engines, worded as such software words them. */
import type { Software } from "./software.ts";

/** Caches, document stores, search. */
export const STORES: readonly Software[] = [
  {
    name: "Redis",
    messages: {
      "disk permission": ["Failed opening the RDB file dump.rdb for saving: Read-only file system"],
      memory: [
        "OOM command not allowed when used memory > 'maxmemory'.",
        "Can't save in background: fork: Cannot allocate memory",
        "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition.",
      ],
      quota: [
        "ERR max number of clients reached",
        "Client scheduled to be closed ASAP for overcoming of output buffer limits",
        "You requested maxclients of 10000 requiring at least 10032 max file descriptors.",
      ],
      disk: [
        "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk",
        "Asynchronous AOF fsync is taking too long (disk is busy?)",
        "Error writing to the AOF file: No space left on device",
      ],
      authentication: [
        "NOAUTH Authentication required.",
        "WRONGPASS invalid username-password pair or user is disabled.",
      ],
      permission: ["NOPERM this user has no permissions to run the 'flushall' command"],
      cluster: [
        "CLUSTERDOWN Hash slot not served",
        "Marking node 07c3 as failing (quorum reached).",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "READONLY You can't write against a read only replica.",
        "+sdown master mymaster 10.0.0.2 6379",
        "MOVED 3999 10.0.0.3:6381",
      ],
      "network cluster": [
        "Error condition on socket for SYNC: Connection refused",
        "Connection with replica 10.0.0.5:6379 lost.",
      ],
      timeout: [
        "Timeout connecting to the MASTER...",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL",
      ],
      crash: [
        "=== REDIS BUG REPORT START: Cut & paste starting from here ===",
        "Redis crashed by signal: 11",
      ],
      data: [
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "Bad file format reading the append only file",
        "ERR value is not an integer or out of range",
      ],
      missing: ["NOSCRIPT No matching script. Please use EVAL."],
      configuration: [
        "*** FATAL CONFIG FILE ERROR *** Reading the configuration file, at line 5 >>> 'maxmemry 1gb'",
      ],
      dependency: ["LOADING Redis is loading the dataset in memory"],
      attack: [
        "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis.",
      ],
      none: [
        "Background saving terminated with success",
        "DB saved on disk",
        "Ready to accept connections",
        "10 changes in 300 seconds. Saving...",
      ],
    },
  },
  {
    name: "MongoDB",
    messages: {
      "lock timeout": ["LockTimeout: Unable to acquire lock within 5ms"],
      cluster: [
        "not master and slaveOk=false",
        "No primary detected for set rs0",
        "NotWritablePrimary: node is recovering",
        "Stepping down from primary in response to heartbeat",
        "oplog: too stale to catch up with the sync source",
        "PrimarySteppedDown during write",
      ],
      network: [
        "Error connecting to mongo2:27017 :: caused by :: Connection refused",
        "SocketException: remote: 10.0.0.8:27017 error: RECV_ERROR",
        "HostUnreachable: Connection closed by peer",
      ],
      timeout: [
        "MongoServerSelectionError: Server selection timed out after 30000 ms",
        "operation exceeded time limit: MaxTimeMSExpired",
        "WriteConcernError: waiting for replication timed out",
      ],
      authentication: [
        "SCRAM-SHA-256 authentication failed for app on admin from client 10.0.0.9; UserNotFound",
        "AuthenticationFailed: Authentication failed.",
      ],
      permission: ['not authorized on shop to execute command { insert: "orders" }'],
      data: [
        "E11000 duplicate key error collection: shop.users index: email_1",
        "Document failed validation",
        "BSONObj size: 17825792 is invalid. Size must be between 0 and 16793600(16MB)",
        "WiredTiger error: read checksum error: block header checksum doesn't match expected",
      ],
      lock: [
        "WriteConflict error: this operation conflicted with another operation. Please retry",
        "Unable to lock file: /data/db/mongod.lock. Is a mongod instance already running?",
      ],
      disk: [
        "WiredTiger error (28) handle-write: No space left on device",
        "Detected unclean shutdown - journal dir is on full disk",
      ],
      memory: [
        "Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting",
        "tcmalloc: large alloc failed; aborting",
      ],
      quota: [
        "connection refused because there are too many open connections: 819",
        "cursor limit reached: too many open cursors",
        "soft rlimits for open file descriptors too low",
      ],
      missing: [
        "ns not found: index not found with name",
        "NamespaceNotFound: collection shop.old does not exist",
      ],
      crash: ["Fatal assertion 28558 at src/mongo/db/storage", "Invariant failure opCtx, terminating"],
      configuration: [
        "Error parsing YAML config file: yaml-cpp: error at line 12",
        "Unrecognized option: storage.engin",
        "Access control is not enabled for the database.",
      ],
      none: [
        "Waiting for connections on port 27017",
        "Build index done: scanned 1200 total records",
        "connection accepted from 10.0.0.3:4411 #221",
      ],
    },
  },
  {
    name: "Elasticsearch",
    messages: {
      "data quota": ["illegal_argument_exception: Limit of total fields [1000] has been exceeded"],
      "memory quota": [
        "[parent] Data too large, data for [<http_request>] would be larger than the limit: CircuitBreakingException",
      ],
      "disk permission": [
        "cluster_block_exception: blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]",
      ],
      "lock timeout": ["ShardLockObtainFailedException: obtaining shard lock timed out after 5000ms"],
      disk: [
        "high disk watermark [90%] exceeded on [node-2], shards will be relocated away from this node",
        "flood stage disk watermark [95%] exceeded, all indices on this node will be marked read-only",
      ],
      memory: [
        "[gc][221] overhead, spent [8.1s] collecting in the last [9s]",
        "java.lang.OutOfMemoryError: Java heap space in thread [elasticsearch[node-1][search]]",
      ],
      quota: [
        "EsRejectedExecutionException: rejected execution on queue capacity = 1000",
        "this action would add [2] shards, but this cluster currently has [1000]/[1000] maximum shards open",
        "max virtual memory areas vm.max_map_count [65530] is too low",
        "trying to create too many scroll contexts. Must be less than or equal to 500",
      ],
      cluster: [
        "master not discovered or elected yet, an election requires at least 2 nodes",
        "failed to send join request to master",
        "all shards failed",
        "Cluster health status changed from [GREEN] to [RED]",
        "node-left: {node-3} reason: followers check retry count exceeded",
        "primary shard is not active Timeout: [1m]",
      ],
      network: [
        "NoNodeAvailableException: None of the configured nodes are available",
        "NodeDisconnectedException: [node-3][10.0.0.3:9300] disconnected",
        "exception caught on transport layer, closing connection",
      ],
      timeout: [
        "ReceiveTimeoutTransportException: [node-1] request_id [88] timed out after [30000ms]",
        "ProcessClusterEventTimeoutException: failed to process cluster event (put-mapping) within 30s",
      ],
      data: [
        "mapper_parsing_exception: failed to parse field [price] of type [long]",
        "VersionConflictEngineException: document already exists (current version [3])",
        "CorruptIndexException: checksum failed (hardware problem?)",
        "search_phase_execution_exception: failed to create query",
      ],
      missing: ["IndexNotFoundException: no such index [logs-2031]", "index_template [metrics] missing"],
      authentication: [
        "missing authentication credentials for REST request [/_search]",
        "unable to authenticate user [kibana] for REST request",
      ],
      permission: [
        "action [indices:data/write/bulk] is unauthorized for user [reader]",
        "AccessDeniedException: /var/lib/elasticsearch/nodes/0/node.lock",
      ],
      lock: [
        "failed to obtain node locks, tried [/var/lib/elasticsearch]; maybe these locations are not writable or multiple nodes were started",
      ],
      deployment: [
        "plugin [analysis-icu] was built for version 7.1 but version 8.0 is running",
        "cannot upgrade a node from version [6.8] directly to version [8.1]",
      ],
      configuration: [
        "unknown setting [discovery.zen.pingg] please check that any required plugins are installed",
        "bootstrap check failure: the default discovery settings are unsuitable for production use",
      ],
      none: [
        "[shop] creating index, cause [api], templates [], shards [1]/[1]",
        "started",
        "recovered [4] indices into cluster_state",
        "[young][gc] overhead low",
      ],
    },
  },
  {
    name: "Cassandra",
    messages: {
      "cluster deployment": ["Schema version mismatch detected between nodes"],
      cluster: [
        "UnavailableException: Not enough replicas available for query at consistency QUORUM (2 required but only 1 alive)",
        "InetAddress /10.0.0.4 is now DOWN",
        "Convicting /10.0.0.4 with status NORMAL - alive false",
      ],
      timeout: [
        "WriteTimeoutException: Cassandra timeout during write query at consistency LOCAL_QUORUM",
        "ReadTimeoutException: operation received only 1 of 2 required responses",
      ],
      memory: [
        "GCInspector: G1 Old Generation GC in 12312ms",
        "Not marking nodes down due to local pause of 8s",
      ],
      disk: [
        "Not enough disk space to store 12GB for compaction",
        "FSWriteError: unable to write commitlog",
        "CommitLog disk failure policy stopping node",
      ],
      data: [
        "CorruptSSTableException: Corrupted: /var/lib/cassandra/data/x-Data.db",
        "Read 1002 live rows and 100112 tombstone cells for query (see tombstone_warn_threshold)",
        "Batch for [shop.orders] is of size 6.1KiB, exceeding specified threshold",
      ],
      quota: ["OverloadedException: Queried host was overloaded: too many in flight hints"],
      none: [
        "Node /10.0.0.4 state jump to NORMAL",
        "Compacted 4 sstables to 1",
        "InetAddress /10.0.0.4 is now UP",
      ],
    },
  },
  {
    name: "memcached, InfluxDB and Prometheus",
    messages: {
      "configuration data": ["error parsing rule group: invalid expression"],
      memory: [
        "SERVER_ERROR out of memory storing object",
        "cache-max-memory-size exceeded: (1073741824/1073741824)",
      ],
      quota: [
        "max-values-per-tag limit exceeded (100000/100000)",
        "Too many open connections, accept disabled",
        "query processing would load too many samples into memory in query execution",
        "max-series-per-database limit exceeded",
      ],
      data: [
        "Error on ingesting out-of-order samples",
        'partial write: field type conflict: input field "v" is type float, already exists as type integer',
        "opening storage failed: block dir: invalid checksum",
        "SERVER_ERROR object too large for cache",
      ],
      disk: [
        "compaction failed: write /prometheus/wal: no space left on device",
        "WAL truncation in Compact: create checkpoint: input/output error",
      ],
      dependency: [
        "Error sending alert: bad response status 500 Internal Server Error from alertmanager",
        "remote write: non-recoverable error while sending samples: server returned HTTP status 503",
      ],
      timeout: ["scrape of target failed: context deadline exceeded"],
      network: [
        "failed to listen on 0.0.0.0:11211: Address already in use",
        'Get "http://10.0.0.3:9100/metrics": dial tcp: connect: connection refused',
      ],
      configuration: [
        "Error loading config (--config.file=prometheus.yml): yaml: unmarshal errors: line 9: field scrape_intervall not found",
      ],
      none: ["Completed loading of configuration file", "TSDB started", "Head GC completed"],
    },
  },
];
