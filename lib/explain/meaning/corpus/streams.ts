/** Messages of queues, coordination and distributed storage, worded as such software words them. */
import type { Software } from "./software.ts";

/** Queues, coordination, big data. */
export const STREAMS: readonly Software[] = [
  {
    name: "Kafka",
    messages: {
      "tls authentication": ["Failed authentication with broker due to: SSL handshake failed"],
      "configuration data": [
        "ConfigException: Invalid value abc for configuration retention.ms: Not a number of type LONG",
      ],
      "quota memory": [
        "BufferExhaustedException: producer buffer full, failed to allocate memory within max.block.ms",
      ],
      cluster: [
        "NotLeaderForPartitionException: This server is not the leader for that topic-partition.",
        "Shrinking ISR from 1,2,3 to 1. Leader: (highWatermark: 22, endOffset: 25)",
        "NotEnoughReplicasException: number of insync replicas for partition orders-3 is [1], below required minimum [2]",
        "COORDINATOR_NOT_AVAILABLE: group coordinator is not available",
        "Member consumer-7 in group billing has failed, removing it from the group",
        "Attempt to heartbeat failed since group is rebalancing",
        "UNKNOWN_MEMBER_ID: offset commit cannot be completed since the consumer is not part of an active group",
      ],
      network: [
        "Connection to node 2 could not be established. Broker may not be available.",
        "Error while reading from socket, disconnected: java.io.EOFException",
        "Bootstrap broker kafka1:9092 (id: -1 rack: null) disconnected",
      ],
      dns: [
        "Couldn't resolve server kafka1:9092 from bootstrap.servers as DNS resolution failed",
        "No resolvable bootstrap urls given in bootstrap.servers",
      ],
      timeout: [
        "TimeoutException: Expiring 12 record(s) for orders-0: 120000 ms has passed since batch creation",
        "Failed to update metadata after 60000 ms.",
        "Timed out waiting for a node assignment. Call: listTopics",
      ],
      "timeout cluster": [
        "ZooKeeper session timed out, broker re-registering",
        "consumer poll timeout has expired. max.poll.interval.ms exceeded",
      ],
      data: [
        "RecordTooLargeException: The message is 2097252 bytes when serialized which is larger than 1048576",
        "SerializationException: Error deserializing key/value for partition orders-0 at offset 99",
        "OffsetOutOfRangeException: Fetch position is out of range, resetting offset",
        "CorruptRecordException: Record is corrupt (stored crc = 1, computed crc = 2)",
        "Found a corrupted index file; rebuilding index",
      ],
      disk: [
        "KafkaStorageException: Disk error while writing to log segment, log dir offline",
        "Error while flushing log for orders-0 in dir /var/kafka with offset 22: No space left on device",
        "Shutdown broker because all log dirs in /var/kafka have failed",
      ],
      missing: [
        "UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
        "Error while fetching metadata: {ordres=LEADER_NOT_AVAILABLE}",
      ],
      authentication: [
        "SaslAuthenticationException: Authentication failed: Invalid username or password",
        "SASL handshake failed: client not configured with mechanism PLAIN",
      ],
      permission: [
        "TopicAuthorizationException: Not authorized to access topics: [payments]",
        "GroupAuthorizationException: Not authorized to access group: billing",
      ],
      tls: ["SslAuthenticationException: PKIX path building failed"],
      lock: [
        "Failed to acquire lock on file .lock in /var/kafka. A Kafka instance in another process or thread is using this directory.",
      ],
      quota: [
        "THROTTLING_QUOTA_EXCEEDED: produce request throttled for 912 ms",
      ],
      memory: ["Error while allocating 1342177280 byte read buffer: Java heap space"],
      configuration: ["The configuration 'batch.sze' was supplied but isn't a known config."],
      crash: [
        "[KafkaServer id=1] Fatal error during KafkaServer startup. Prepare to shutdown",
        "Uncaught exception in thread 'kafka-network-thread', dying",
      ],
      none: [
        "[GroupCoordinator 1]: Stabilized group billing generation 4 (__consumer_offsets-11)",
        "Rolled new log segment at offset 2112 in 3 ms.",
        "Created log for partition orders-0 with properties {}",
        "[KafkaServer id=1] started",
        "Deleting segment files for topic older than retention",
      ],
    },
  },
  {
    name: "Zookeeper",
    messages: {
      "network cluster": [
        "Cannot open channel to 3 at election address zk3/10.0.0.3:3888",
        "Exception when following the leader: connection lost to quorum peer",
      ],
      cluster: [
        "ZooKeeper server is not running: no quorum of followers",
        "LEADING lost, shutting down: not enough followers synced",
        "Have smaller server identifier, so dropping the connection",
        "Follower rejected: accepted epoch higher than leader's",
      ],
      timeout: [
        "Expiring session 0x14ed, timeout of 10000ms exceeded",
        "Client session timed out, have not heard from server in 20017ms for sessionid 0x0",
        "KeeperErrorCode = OperationTimeout for /brokers",
      ],
      network: [
        "caught end of stream exception: Unable to read additional data from client, likely client has closed socket",
        "KeeperErrorCode = ConnectionLoss for /config",
      ],
      quota: [
        "Too many connections from /10.0.0.8 - max is 60",
        "Outstanding request limit reached; throttling clients",
      ],
      missing: ["KeeperErrorCode = NoNode for /brokers/ids/4"],
      authentication: [
        "SASL authentication failed using login context 'Client'",
        "KeeperErrorCode = AuthFailed for /admin",
      ],
      permission: ["KeeperErrorCode = NoAuth for /secure"],
      disk: [
        "fsync-ing the write ahead log in SyncThread took 4112ms which will adversely effect operation latency",
        "Severe unrecoverable error: snapshot could not be written, disk full",
      ],
      data: [
        "Unreasonable length = 1349806195 in packet header",
        "Unable to load database on disk: invalid snapshot CRC",
      ],
      configuration: [
        "Invalid config, exiting abnormally: myid file is missing",
        "Either no config or no quorum defined in config, running in standalone mode",
      ],
      none: [
        "Accepted socket connection from /10.0.0.4:5512",
        "binding to port 0.0.0.0/0.0.0.0:2181",
        "Closed socket connection for client which had sessionid 0x14ed",
      ],
    },
  },
  {
    name: "RabbitMQ",
    messages: {
      memory: [
        "vm_memory_high_watermark set. Memory used:812 allowed:800. Publishers will be blocked until this alarm clears",
      ],
      disk: ["disk resource limit alarm set on node rabbit@mq1. Free bytes:41231 limit:50000000"],
      cluster: [
        "Mnesia('rabbit@mq1'): ** ERROR ** mnesia_event got {inconsistent_database, running_partitioned_network, 'rabbit@mq2'}",
        "Cluster minority/secondary status detected - awaiting recovery",
        "rabbit on node 'rabbit@mq2' down",
      ],
      "network": [
        "closing AMQP connection <0.1.0>: client unexpectedly closed TCP connection",
        "Failed to connect to broker: [Errno 111] ECONNREFUSED amqp",
      ],
      timeout: [
        "missed heartbeats from client, timeout: 60s",
        "Consumer ack timed out on channel 1: PRECONDITION_FAILED delivery acknowledgement timeout",
      ],
      authentication: [
        "PLAIN login refused: user 'guest' - invalid credentials",
        "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN",
      ],
      permission: [
        "operation queue.declare caused a channel exception access_refused: access to queue 'q' in vhost '/' refused for user 'app'",
      ],
      missing: ["NOT_FOUND - no queue 'emails' in vhost '/'", "NOT_FOUND - no exchange 'events'"],
      configuration: [
        "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'emails': received 'true' but current is 'false'",
      ],
      quota: [
        "connection refused: vhost '/' connection limit (100) is reached",
        "file descriptor limit alarm set. New connections will not be accepted",
      ],
      crash: [
        "** Generic server <0.221.0> terminating. Reason for termination == {badmatch,{error,enoent}}",
        "Erlang crash dump written: eheap_alloc",
      ],
      none: [
        "Server startup complete; 4 plugins started.",
        "accepting AMQP connection 10.0.0.3:1122 -> 10.0.0.1:5672",
        "Queue 'emails' migrated",
      ],
    },
  },
  {
    name: "HDFS and Hadoop",
    messages: {
      "data cluster": ["Found corrupt replicas: all live replicas of this block are damaged"],
      "data missing": ["block was not found on node although the name node lists it"],
      "configuration cluster": [
        "Incompatible clusterIDs in /data/dn: namenode clusterID = A; datanode clusterID = B",
      ],
      disk: [
        "DiskOutOfSpaceException: Out of space: The volume with the most available space is less than the block size",
        "NameNode low on available disk space. Entering safe mode.",
        "1/2 local-dirs usable space is below configured utilization percentage; log-dirs turned bad",
        "could not obtain free volume to store replica",
      ],
      data: [
        "Checksum error found while verifying replica of block",
        "BlockMissingException: Could not obtain block file=/user/x",
        "Replica does not belong to any file, scheduling its removal",
      ],
      cluster: [
        "Lost heartbeat from datanode 10.0.0.7:50010, removing it",
        "File could only be replicated to 0 nodes instead of minReplication (=1)",
        "Operation category READ is not supported in state standby",
        "SafeModeException: Cannot create file. Name node is in safe mode.",
        "Under-replicated: expected 3 replicas but found 1",
      ],
      network: [
        "DataXceiver error processing WRITE_BLOCK operation: java.io.IOException: Premature EOF from inputStream",
        "Exception while serving block to /10.0.0.9: Broken pipe",
        "Problem connecting to server: nn1/10.0.0.1:8020",
        "Failed to connect to peer datanode for block transfer, mirror closed",
      ],
      timeout: [
        "SocketTimeoutException: 70000 millis timeout while waiting for channel to be ready for read",
        "Timed out waiting for acknowledgement of packet in write pipeline",
        "PendingReplicationMonitor: replication request exceeded its time and is queued again",
        "AttemptID timed out after 600 secs",
      ],
      permission: ['AccessControlException: Permission denied: user=etl, access=WRITE, inode="/warehouse"'],
      authentication: [
        "GSS initiate failed: No valid credentials provided (Mechanism level: Failed to find any Kerberos tgt)",
        "token (HDFS_DELEGATION_TOKEN token 12) can't be found in cache",
      ],
      quota: [
        "DSQuotaExceededException: The DiskSpace quota of /user/etl is exceeded",
        "NSQuotaExceededException: file count limit reached",
        "Xceiver count 4097 exceeds the limit of concurrent xcievers: 4096",
      ],
      memory: [
        "Container is running beyond physical memory limits. Current usage: 2.1 GB of 2 GB physical memory used; killing container.",
        "Detected pause in JVM or host machine (eg GC): pause of approximately 12001ms",
        "GC overhead limit exceeded in map task",
      ],
      lock: [
        "LeaseExpiredException: No lease on /tmp/x: file is not open for writing",
        "AlreadyBeingCreatedException: failed to create file for DFSClient because this file is already being created",
        "Cannot lock storage /data/nn. The directory is already locked",
      ],
      missing: [
        "InvalidInputException: Input path does not exist: hdfs://nn1/in",
        "FileNotFoundException: File does not exist: /user/etl/part-0",
      ],
      configuration: ["fs.defaultFS is not set to a valid URI"],
      crash: [
        "Exception from container-launch. Exit code: 1",
        "Task attempt failed 4 times, failing job",
        "ERROR namenode.NameNode: Failed to start namenode.",
      ],
      none: [
        "BLOCK* allocateBlock: /user/x/part-0",
        "PacketResponder for block terminating",
        "Registering block pool, heartbeat sent",
        "Job job_2031 completed successfully",
        "Replaying edit log: 100% completed",
        "Block report processed: 221 blocks, 12 ms",
      ],
    },
  },
  {
    name: "Spark and Flink",
    messages: {
      memory: [
        "ExecutorLostFailure (executor 7 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding memory limits",
        "Job aborted: Total size of serialized results of 22 tasks is bigger than spark.driver.maxResultSize",
        "Not enough memory to cache rdd_3 in memory! spilling",
      ],
      cluster: [
        "Initial job has not accepted any resources; check your cluster UI to ensure that workers are registered",
        "Lost executor 3 on worker2: worker lost",
        "NoResourceAvailableException: Could not acquire the minimum required slots",
        "TaskManager with id t7 is no longer reachable",
      ],
      timeout: [
        "Futures timed out after [300 seconds]",
        "Checkpoint 14 expired before completing",
        "Executor heartbeat timed out after 121231 ms",
      ],
      network: [
        "FetchFailedException: Failed to connect to worker3:7337 during shuffle",
        "Connection to master lost, waiting for reconnect",
      ],
      data: [
        "Malformed records are detected in record parsing. Parse Mode: FAILFAST",
        "AnalysisException: cannot resolve column 'totl' given input columns",
        "Task not serializable",
      ],
      crash: [
        "Job aborted due to stage failure: Task 4 in stage 2.0 failed 4 times",
        "Could not complete snapshot, operator failed; restarting job",
      ],
      lock: ["ConcurrentAppendException: Files were added to the root of the table by a concurrent update"],
      none: [
        "Finished task 0.0 in stage 1.0 (TID 1) in 31 ms on worker1",
        "Submitted application app-2031",
        "Completed checkpoint 13 (22122 bytes in 41 ms)",
      ],
    },
  },
  {
    name: "HBase, Hive and NATS",
    messages: {
      "disk quota": ["JetStream resource limits exceeded for server: insufficient storage"],
      "authentication permission": ["nats: Authorization Violation"],
      cluster: [
        "RegionServer ephemeral node deleted, processing expiration",
        "NotServingRegionException: region is not online",
        "JetStream cluster no metadata leader",
        "Split-brain detected: two active masters",
      ],
      timeout: [
        "CallTimeoutException: Call to rs1 failed on local exception: callTimeout=60000",
        "RetriesExhaustedException: Failed after attempts=35",
      ],
      quota: [
        "RegionTooBusyException: Over memstore limit",
        "Slow Consumer Detected: WriteDeadline of 10s exceeded",
        "maximum payload violation",
      ],
      missing: [
        "TableNotFoundException: events",
        "SemanticException [Error 10001]: Line 1:14 Table not found 'sales'",
      ],
      lock: [
        "Hive: Unable to acquire IMPLICIT, SHARED lock default@sales after 100 attempts",
        "LockException: No record of lock could be found",
      ],
      data: ["ParseException line 3:0 cannot recognize input near 'FRM'", "HFile trailer corrupt"],
      authentication: ["HiveServer2 authentication handshake failed: invalid status -128"],
      disk: ["WAL sync failed, aborting region server"],
      none: ["Region opened successfully", "Listening for client connections on 0.0.0.0:4222"],
    },
  },
];
