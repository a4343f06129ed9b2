/** Messages of databases, worded as such software words them. */
import type { Software } from "./software.ts";

/** Databases. */
export const DATABASES: readonly Software[] = [
  {
    name: "PostgreSQL",
    messages: {
      "lock timeout": ["canceling statement due to lock timeout"],
      "cluster permission": ["cannot execute INSERT in a read-only transaction"],
      quota: [
        "FATAL: sorry, too many clients already",
        "remaining connection slots are reserved for non-replication superuser connections",
        'too many connections for role "app"',
      ],
      lock: [
        "ERROR: deadlock detected",
        "could not serialize access due to concurrent update",
        "process 2211 still waiting for ShareLock on transaction 88121 after 1000.12 ms",
        'could not obtain lock on row in relation "jobs"',
      ],
      authentication: [
        'password authentication failed for user "app"',
        'no pg_hba.conf entry for host "10.0.0.4", user "app", database "shop", SSL off',
        'role "reporter" does not exist',
        'Peer authentication failed for user "postgres"',
      ],
      permission: [
        "permission denied for relation invoices",
        "must be owner of table orders",
        "permission denied for schema private",
      ],
      missing: [
        'relation "carts" does not exist at character 15',
        'database "shopp" does not exist',
        "column o.total does not exist",
        "requested WAL segment 0000000100000A has already been removed",
      ],
      data: [
        'duplicate key value violates unique constraint "users_email_key"',
        'null value in column "name" violates not-null constraint',
        'invalid input syntax for type integer: "abc"',
        'insert or update on table "items" violates foreign key constraint',
        'invalid byte sequence for encoding "UTF8": 0xe9',
        'syntax error at or near "FORM"',
        "value too long for type character varying(20)",
      ],
      "data disk": [
        "invalid page in block 112 of relation base/16384/2619",
        'could not read block 44 in file "base/1/22": read only 0 of 8192 bytes',
      ],
      disk: [
        'could not extend file "base/16384/16399": No space left on device',
        'could not write to file "pg_wal/xlogtemp.22": no space left on device',
        "PANIC: could not fsync file",
      ],
      memory: [
        "out of shared memory; you might need to increase max_locks_per_transaction",
        "out of memory. Failed on request of size 1048576",
        "could not resize shared memory segment to 8388608 bytes",
      ],
      timeout: [
        "canceling statement due to statement timeout",
        "terminating connection due to idle-in-transaction timeout",
        "terminating walsender process due to replication timeout",
      ],
      crash: [
        "server process (PID 3321) was terminated by signal 11: Segmentation fault",
        "the database system is in recovery mode",
        "database system was not properly shut down; automatic recovery in progress",
        "terminating any other active server processes",
      ],
      network: [
        "could not receive data from client: Connection reset by peer",
        "server closed the connection unexpectedly",
        "unexpected EOF on client connection with an open transaction",
      ],
      configuration: [
        'unrecognized configuration parameter "work_memm" in file "postgresql.conf" line 112',
        "checkpoints are occurring too frequently (11 seconds apart)",
        "database files are incompatible with server: wrong data directory setting",
      ],
      deployment: [
        "The data directory was initialized by PostgreSQL version 12, which is not compatible with this version 15",
        'could not load library "postgis-3.so": undefined symbol',
      ],
      cluster: [
        "could not connect to the primary server: standby cannot start streaming",
        'replication slot "standby2" is inactive, follower lags behind',
      ],
      tls: [
        "could not accept SSL connection: sslv3 alert certificate unknown",
        'private key file "server.key" has group or world access',
      ],
      dns: ['could not translate host name "db" to address: Name or service not known'],
      none: [
        "checkpoint complete: wrote 221 buffers (1.3%)",
        "database system is ready to accept connections",
        'automatic vacuum of table "shop.public.orders": index scans: 1',
        "duration: 12.221 ms  statement: SELECT 1",
        "connection authorized: user=app database=shop",
      ],
    },
  },
  {
    name: "MySQL",
    messages: {
      "configuration network": [
        "Can't start server: Bind on TCP/IP port: Do you already have another mysqld server running",
      ],
      "cluster data": ["Slave SQL thread stopped: Error 'Duplicate entry' on query, replication aborted"],
      "lock timeout": ["Lock wait timeout exceeded; try restarting transaction"],
      "authentication permission": ["Access denied for user 'app'@'10.0.0.4' (using password: YES)"],
      "missing data": ["Unknown column 'totl' in 'field list'"],
      quota: [
        "ERROR 1040 (HY000): Too many connections",
        "User 'app' has exceeded the 'max_user_connections' resource",
        "Host '10.0.0.4' is blocked because of many connection errors; unblock with 'mysqladmin flush-hosts'",
      ],
      lock: [
        "Deadlock found when trying to get lock; try restarting transaction",
        "InnoDB: A long semaphore wait",
        "Waiting for table metadata lock",
        "InnoDB: Unable to lock ./ibdata1, error: 11",
      ],
      authentication: [
        "Authentication plugin 'caching_sha2_password' cannot be loaded",
        "Your password has expired. To log in you must change it",
      ],
      permission: [
        "SELECT command denied to user 'app'@'%' for table 'salaries'",
        "The MySQL server is running with the --read-only option so it cannot execute this statement",
        "Can't create/write to file '/tmp/x.MYI' (Errcode: 13 - Permission denied)",
      ],
      missing: [
        "Table 'shop.carts' doesn't exist",
        "Unknown database 'shopp'",
      ],
      data: [
        "Duplicate entry '42' for key 'PRIMARY'",
        "Data too long for column 'note' at row 1",
        "Incorrect datetime value: '0000-00-00' for column 'at'",
        "Cannot add or update a child row: a foreign key constraint fails",
        "You have an error in your SQL syntax; check the manual",
        "Incorrect string value: '\\xF0\\x9F' for column 'title'",
        "InnoDB: Database page corruption on disk or a failed file read of page 221",
      ],
      disk: [
        "The table 'orders' is full",
        "Disk is full writing './binlog.000012'. Waiting for someone to free space",
        "InnoDB: Write to file ./shop/orders.ibd failed at offset 1048576",
        "Got error 28 from storage engine",
      ],
      memory: ["InnoDB: Cannot allocate memory for the buffer pool", "Out of memory (Needed 32800 bytes)"],
      crash: [
        "mysqld got signal 11; this could be because you hit a bug",
        "mysqld: Assertion failure in thread 1402 in file btr0cur.cc",
        "InnoDB: Starting crash recovery from checkpoint",
      ],
      network: [
        "Lost connection to MySQL server during query",
        "MySQL server has gone away",
        "Aborted connection 991 to db: 'shop' user: 'app' (Got an error reading communication packets)",
        "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock'",
      ],
      timeout: [
        "Query execution was interrupted, maximum statement execution time exceeded",
        "Got timeout reading communication packets",
      ],
      configuration: [
        "unknown variable 'inodb_buffer_pool_size=1G'",
      ],
      cluster: [
        "WSREP: no nodes coming from prim view, prim not possible",
        "Member was expelled from the group due to network failures, changing member status to ERROR",
        "Slave I/O: Got fatal error 1236 from master when reading data from binary log",
      ],
      deployment: [
        'Table upgrade required. Please do "REPAIR TABLE" or dump/reload to fix it',
        "Column count of mysql.user is wrong. Expected 45, found 43. The table is probably corrupted by an upgrade",
      ],
      dns: [
        "IP address '10.0.0.4' could not be resolved: Name or service not known",
        "Hostname 'app.example' does not resolve to '10.0.0.4'.",
      ],
      tls: [
        "SSL connection error: unable to get certificate from server",
        "CA certificate ca.pem is self signed.",
      ],
      none: [
        "ready for connections. Version: '8.0.35' socket: '/var/run/mysqld/mysqld.sock'",
        "InnoDB: Buffer pool(s) load completed",
        "Normal shutdown",
        "Plugin 'FEDERATED' is disabled.",
      ],
    },
  },
  {
    name: "Oracle",
    messages: {
      "disk quota": ["ORA-19809: limit exceeded for recovery files"],
      "network timeout": ["ORA-12170: TNS:Connect timeout occurred"],
      quota: [
        "ORA-00018: maximum number of sessions exceeded",
        "ORA-00020: maximum number of processes (300) exceeded",
        "ORA-01000: maximum open cursors exceeded",
        "ORA-02391: exceeded simultaneous SESSIONS_PER_USER limit",
      ],
      lock: [
        "ORA-00060: deadlock detected while waiting for resource",
        "ORA-00054: resource busy and acquire with NOWAIT specified",
      ],
      disk: [
        "ORA-01653: unable to extend table SHOP.ORDERS by 128 in tablespace USERS",
        "ORA-00257: archiver error. Connect internal only, until freed",
      ],
      memory: [
        "ORA-04031: unable to allocate 4160 bytes of shared memory",
        "ORA-04030: out of process memory when trying to allocate",
      ],
      authentication: [
        "ORA-01017: invalid username/password; logon denied",
        "ORA-28000: the account is locked",
      ],
      permission: ["ORA-01031: insufficient privileges"],
      network: [
        "TNS-12541: TNS:no listener",
        "ORA-03113: end-of-file on communication channel",
      ],
      missing: [
        "ORA-00942: table or view does not exist",
        "TNS-12514: listener does not currently know of service requested in connect descriptor",
      ],
      data: [
        "ORA-00001: unique constraint (SHOP.PK_ORDERS) violated",
        "ORA-01722: invalid number",
        "ORA-01578: ORACLE data block corrupted (file # 7, block # 3)",
        "ORA-01555: snapshot too old: rollback segment too small",
      ],
      crash: [
        "ORA-00600: internal error code, arguments: [kcbz]",
        "ORA-07445: exception encountered: core dump",
        "PMON: terminating the instance due to error 471",
      ],
      none: ["Thread 1 advanced to log sequence 2211 (LGWR switch)", "Completed checkpoint up to RBA"],
    },
  },
  {
    name: "SQL Server",
    messages: {
      "lock timeout": ["Lock request time out period exceeded."],
      lock: [
        "Transaction (Process ID 55) was deadlocked on lock resources with another process and has been chosen as the deadlock victim",
      ],
      authentication: [
        "Login failed for user 'sa'. Reason: Password did not match that for the login provided.",
        'Cannot open database "Shop" requested by the login. The login failed.',
      ],
      permission: [
        "The EXECUTE permission was denied on the object 'usp_pay', database 'Shop', schema 'dbo'.",
      ],
      disk: [
        "The transaction log for database 'Shop' is full due to 'LOG_BACKUP'.",
        "SQL Server has encountered 12 occurrence(s) of I/O requests taking longer than 15 seconds to complete on file",
        "Could not allocate space for object 'dbo.Orders' because the 'PRIMARY' filegroup is full.",
      ],
      memory: [
        "There is insufficient system memory in resource pool 'default' to run this query.",
        "A significant part of sql server process memory has been paged out.",
      ],
      timeout: [
        "Execution Timeout Expired. The timeout period elapsed prior to completion of the operation or the server is not responding.",
      ],
      network: [
        "A network-related or instance-specific error occurred while establishing a connection to SQL Server.",
        "A transport-level error has occurred when receiving results from the server.",
      ],
      quota: [
        "The timeout period elapsed prior to obtaining a connection from the pool. All pooled connections were in use and max pool size was reached.",
      ],
      data: [
        "Violation of PRIMARY KEY constraint 'PK_Orders'. Cannot insert duplicate key in object",
        "Conversion failed when converting the varchar value 'x' to data type int.",
        "String or binary data would be truncated.",
        "SQL Server detected a logical consistency-based I/O error: incorrect checksum",
      ],
      missing: ["Invalid object name 'dbo.Carts'.", "Could not find stored procedure 'usp_old'."],
      cluster: [
        "The local replica of availability group 'AG1' is preparing to transition to the resolving role",
      ],
      none: [
        "Recovery is complete. This is an informational message only. No user action is required.",
        "Database backed up. Database: Shop, pages dumped: 221",
      ],
    },
  },
  {
    name: "SQLite",
    messages: {
      lock: ["database is locked", "SQLITE_BUSY: cannot start a transaction, another connection is writing"],
      disk: ["database or disk is full", "SQLITE_IOERR: disk I/O error while syncing the journal"],
      data: [
        "database disk image is malformed",
        "UNIQUE constraint failed: users.email",
        "file is not a database or is encrypted",
      ],
      permission: ["attempt to write a readonly database"],
      missing: ["no such table: sessions", "unable to open database file"],
      none: ["recovered 22 frames from WAL file"],
    },
  },
  {
    name: "connection pools and object mappers",
    messages: {
      "quota timeout": ["HikariPool-1 - Connection is not available, request timed out after 30000ms."],
      "deployment data": ["Schema-validation: missing column [total] in table [orders]"],
      quota: [
        "QueuePool limit of size 5 overflow 10 reached, connection timed out",
        "Cannot get a connection, pool error Timeout waiting for idle object",
        "Knex: Timeout acquiring a connection. The pool is probably full.",
      ],
      "network dependency": [
        "Communications link failure: the last packet sent successfully to the server was 0 milliseconds ago",
        "Could not open JDBC Connection for transaction; connection attempt failed",
        "could not connect to server: is it running and accepting TCP/IP connections?",
        "DatabaseError: Can't reach database server at `db`:`5432`",
      ],
      lock: [
        "OptimisticLockException: Row was updated or deleted by another transaction",
        "StaleObjectStateException: batch update returned unexpected row count",
        "ActiveRecord::LockWaitTimeout",
      ],
      deployment: [
        "Flyway: Validate failed: Migration checksum mismatch for migration version 14",
        "django.db.migrations.exceptions.InconsistentMigrationHistory: migration applied before its dependency",
        "liquibase: Migration failed for change set db/changelog.xml::12",
      ],
      "deployment lock": ["liquibase: Could not acquire change log lock. Currently locked by build-7"],
      data: [
        "IntegrityError: NOT NULL constraint failed: orders.customer",
        "DataIntegrityViolationException: could not execute statement",
        "ActiveRecord::RecordNotUnique: duplicate key",
        "QueryFailedError: invalid input value for enum status",
      ],
      missing: [
        "EntityNotFoundException: Unable to find Order with id 77",
        "ActiveRecord::RecordNotFound: Couldn't find User",
        "DoesNotExist: Cart matching query does not exist.",
      ],
      memory: ["HHH000104: firstResult/maxResults specified with collection fetch; applying in memory!"],
      timeout: [
        "QueryTimeoutException: statement cancelled after 10s",
        "slow query: took 8214 ms, select from orders",
      ],
      none: ["HikariPool-1 - Start completed.", 'Successfully applied 2 migrations to schema "public"'],
    },
  },
];
