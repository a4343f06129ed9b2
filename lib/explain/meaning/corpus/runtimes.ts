/** Messages of programming languages and their runtimes, worded as such software words them. */
import type { Software } from "./software.ts";

/** Runtimes. */
export const RUNTIMES: readonly Software[] = [
  {
    name: "Java",
    messages: {
      "deployment missing": ["java.lang.ClassNotFoundException: com.example.Driver"],
      memory: [
        "java.lang.OutOfMemoryError: Java heap space",
        "java.lang.OutOfMemoryError: Metaspace",
        "java.lang.OutOfMemoryError: unable to create new native thread",
        "GC overhead limit exceeded",
        "Full GC (Allocation Failure) 4012M->4001M, 11.2 secs",
      ],
      crash: [
        'Exception in thread "main" java.lang.NullPointerException: Cannot invoke method on null',
        "java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3",
        "java.lang.IllegalStateException: iterator already closed",
        "java.lang.StackOverflowError",
        "A fatal error has been detected by the Java Runtime Environment: SIGSEGV (0xb)",
        "java.lang.ClassCastException: class Order cannot be cast to class Invoice",
        "Unhandled exception in scheduled task, worker stops",
      ],
      deployment: [
        "java.lang.NoClassDefFoundError: org/example/Codec",
        "java.lang.NoSuchMethodError: method has gone in the newer library",
        "UnsupportedClassVersionError: has been compiled by a more recent version of the Java Runtime",
        "no suitable driver found for jdbc:postgresql://db/shop",
      ],
      network: [
        "java.net.ConnectException: Connection refused (Connection refused)",
        "java.net.SocketException: Socket closed",
        "java.nio.channels.ClosedChannelException",
        "org.apache.http.NoHttpResponseException: api.example:443 failed to respond",
      ],
      timeout: [
        "java.net.SocketTimeoutException: Read timed out",
        "java.util.concurrent.TimeoutException: did not complete within 5000 ms",
        "feign.RetryableException: connect timed out executing GET",
      ],
      dns: ["java.net.UnknownHostException: billing.internal: Name or service not known"],
      tls: [
        "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target",
        "java.security.cert.CertificateExpiredException: NotAfter",
        "SSLPeerUnverifiedException: Certificate for <api> doesn't match any of the subject alternative names",
        "keystore was tampered with, or password was incorrect",
      ],
      lock: [
        "java.util.ConcurrentModificationException",
        "Found one Java-level deadlock between thread pool-1 and pool-2",
        "CannotAcquireLockException: could not acquire lock",
      ],
      quota: [
        "java.util.concurrent.RejectedExecutionException: Task rejected from ThreadPoolExecutor[Running, pool size = 8]",
        "java.net.SocketException: Too many open files",
        "Bulkhead 'orders' is full and does not permit further calls",
      ],
      configuration: [
        "Could not resolve placeholder 'db.url' in value \"${db.url}\"",
        "BeanCreationException: Error creating bean with name 'dataSource'",
        "UnsatisfiedDependencyException: No qualifying bean of type 'Mailer' available",
        "Failed to bind properties under 'server.port' to int",
      ],
      data: [
        "com.fasterxml.jackson.databind.exc.MismatchedInputException: Cannot deserialize value of type",
        'java.lang.NumberFormatException: For input string: "12,5"',
        "org.xml.sax.SAXParseException: Content is not allowed in prolog",
        "HttpMessageNotReadableException: JSON parse error",
        "ConstraintViolationException: email must not be blank",
      ],
      dependency: [
        "CircuitBreaker 'inventory' is OPEN and does not permit further calls",
        "org.springframework.web.client.HttpServerErrorException: 503 Service Unavailable",
      ],
      permission: [
        "java.nio.file.AccessDeniedException: /srv/out/report.csv",
        'java.security.AccessControlException: access denied ("java.io.FilePermission")',
      ],
      authentication: [
        "org.springframework.security.authentication.BadCredentialsException: Bad credentials",
        "ExpiredJwtException: JWT expired at 2031-01-01",
      ],
      missing: [
        "java.io.FileNotFoundException: config/app.yml (No such file or directory)",
        "NoHandlerFoundException: No handler found for GET /old",
      ],
      none: [
        "Started Application in 4.2 seconds (JVM running for 5.1)",
        "Initializing ExecutorService 'taskScheduler'",
        "GC(22) Pause Young (Normal) 24M->4M(256M) 3.1ms",
      ],
    },
  },
  {
    name: "Python",
    messages: {
      "deployment missing": ["ModuleNotFoundError: No module named 'requests'"],
      "network dependency": ["Max retries exceeded with url: /v1 (Caused by NewConnectionError)"],
      crash: [
        "Traceback (most recent call last): AttributeError: 'NoneType' object has no attribute 'id'",
        "KeyError: 'customer'",
        "IndexError: list index out of range",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
        "RecursionError: maximum recursion depth exceeded",
        "AssertionError in worker loop",
        "Fatal Python error: Segmentation fault",
        "Task exception was never retrieved",
      ],
      deployment: [
        "ImportError: cannot import name 'soft_unicode' from 'markupsafe'",
        "pkg_resources.VersionConflict: (urllib3 2.0, Requirement.parse('urllib3<2'))",
      ],
      memory: [
        "MemoryError",
        "numpy.core._exceptions.MemoryError: Unable to allocate 7.45 GiB for an array",
        "Worker (pid:31) was sent SIGKILL! Perhaps out of memory?",
      ],
      timeout: [
        "[CRITICAL] WORKER TIMEOUT (pid:88)",
        "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api', port=443): Read timed out.",
        "celery: SoftTimeLimitExceeded()",
        "asyncio.exceptions.TimeoutError",
      ],
      network: [
        "ConnectionRefusedError: [Errno 111] Connection refused",
        "urllib3.exceptions.ProtocolError: ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
      ],
      dns: [
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
        "Failed to resolve 'api.example' ([Errno -2] Name or service not known)",
      ],
      tls: [
        "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate",
        "ssl.SSLError: [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol",
      ],
      data: [
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0",
        "ValueError: could not convert string to float: 'n/a'",
        "pydantic.ValidationError: 2 validation errors for Order",
        "pandas.errors.ParserError: Error tokenizing data. Expected 5 fields, saw 7",
      ],
      configuration: [
        "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.",
        "KeyError: environment variable DATABASE_URL not set",
        "IndentationError: unexpected indent in settings",
      ],
      permission: [
        "PermissionError: [Errno 13] Permission denied: '/var/log/app.log'",
        "django.core.exceptions.PermissionDenied",
        "Forbidden (CSRF cookie not set.): /checkout",
      ],
      missing: [
        "FileNotFoundError: [Errno 2] No such file or directory: 'model.pkl'",
        "Not Found: /favicon.png",
        "jinja2.exceptions.TemplateNotFound: cart.html",
      ],
      quota: [
        "OSError: [Errno 24] Too many open files",
        "openai.RateLimitError: Error code: 429 - requests per minute exceeded",
      ],
      disk: ["OSError: [Errno 28] No space left on device: '/tmp/chunk'"],
      lock: [
        "sqlalchemy.exc.OperationalError: (OperationalError) database is locked",
        "filelock.Timeout: The file lock '/tmp/x.lock' could not be acquired.",
      ],
      none: [
        "Booting worker with pid: 221",
        "Task orders.send[8a1] succeeded in 0.2s: None",
        "Starting gunicorn 20.1.0",
      ],
    },
  },
  {
    name: "Node.js",
    messages: {
      "disk quota": ["Error: ENOSPC: System limit for number of file watchers reached"],
      "deployment missing": ["Error: Cannot find module 'express'"],
      "data quota": ["PayloadTooLargeError: request entity too large"],
      "timeout network": ["Error: connect ETIMEDOUT 10.0.0.8:443"],
      crash: [
        "TypeError: Cannot read properties of undefined (reading 'map')",
        "UnhandledPromiseRejectionWarning: Unhandled promise rejection",
        "ReferenceError: total is not defined",
        "Uncaught exception, shutting down worker",
        "RangeError: Maximum call stack size exceeded",
      ],
      memory: [
        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
        "MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 listeners added",
      ],
      network: [
        "Error: connect ECONNREFUSED 127.0.0.1:6379",
        "Error: read ECONNRESET",
        "Error: socket hang up",
        "Error: listen EADDRINUSE: address already in use :::3000",
        "Error: write EPIPE",
      ],
      timeout: ["AxiosError: timeout of 5000ms exceeded", "ESOCKETTIMEDOUT while calling pricing"],
      dns: ["Error: getaddrinfo ENOTFOUND api.example", "getaddrinfo EAI_AGAIN redis"],
      tls: [
        "Error: unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
        "Error: self-signed certificate in certificate chain",
        "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames",
      ],
      missing: ["Error: ENOENT: no such file or directory, open './config.json'", "Cannot GET /old-page"],
      deployment: [
        "npm ERR! code ERESOLVE unable to resolve dependency tree",
        "The module was compiled against a different Node.js version using NODE_MODULE_VERSION 83",
        "npm ERR! code ELIFECYCLE errno 1 build failed",
      ],
      quota: [
        "Error: EMFILE: too many open files, watch",
        "Request failed with status code 429",
        "TooManyRequestsError: retry after 30",
      ],
      disk: ["Error: ENOSPC: no space left on device, write"],
      data: [
        "SyntaxError: Unexpected token < in JSON at position 0",
        'ValidationError: "amount" must be a number',
        "URIError: URI malformed",
      ],
      authentication: [
        "JsonWebTokenError: invalid signature",
        "TokenExpiredError: jwt expired",
        "Request failed with status code 401",
      ],
      permission: [
        "Error: EACCES: permission denied, mkdir '/data'",
        "Blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
      ],
      configuration: [
        'Error: Config validation error: "PORT" is required',
        "dotenv: Missing required environment variables: STRIPE_KEY",
      ],
      dependency: [
        "Request failed with status code 502",
        "GraphQL error: upstream subgraph 'cart' unavailable",
      ],
      none: [
        "Server listening on http://0.0.0.0:3000",
        "DeprecationWarning: Buffer() is deprecated",
        "webpack compiled successfully in 3122 ms",
      ],
    },
  },
  {
    name: "Go",
    messages: {
      "quota timeout": ["rate: Wait(n=1) would exceed context deadline"],
      "dns timeout": ["lookup db on 10.0.0.2:53: read udp: i/o timeout"],
      "timeout network": ["i/o timeout reading from 10.0.0.3:5432"],
      "dependency network": [
        "rpc error: code = Unavailable desc = transport is closing",
        "grpc: addrConn.createTransport failed to connect; reconnecting",
      ],
      crash: [
        "panic: runtime error: invalid memory address or nil pointer dereference",
        "panic: runtime error: index out of range [3] with length 3",
        "http: panic serving 10.0.0.3:4412: assignment to entry in nil map",
        "SIGSEGV: segmentation violation code=0x1",
      ],
      lock: [
        "fatal error: all goroutines are asleep - deadlock!",
        "fatal error: concurrent map writes",
        "WARNING: DATA RACE detected",
      ],
      timeout: [
        "context deadline exceeded",
        "net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
        "rpc error: code = DeadlineExceeded",
      ],
      network: [
        "dial tcp 10.0.0.3:8080: connect: connection refused",
        "read tcp 10.0.0.1:4412->10.0.0.3:80: read: connection reset by peer",
        "use of closed network connection",
        "write: broken pipe",
        "unexpected EOF reading response body",
        "http2: server sent GOAWAY and closed the connection",
      ],
      dns: ["dial tcp: lookup api.example: no such host"],
      tls: [
        "x509: certificate is valid for example.org, not api.example",
        "tls: first record does not look like a TLS handshake",
        "x509: certificate signed by unknown authority",
      ],
      dependency: ["unexpected status code 500 from ingester"],
      quota: [
        "rpc error: code = ResourceExhausted desc = grpc: received message larger than max",
        "http: Accept error: too many open files; retrying in 1s",
        "ingestion rate limit exceeded for user (limit: 4194304 bytes/sec)",
      ],
      data: [
        "json: cannot unmarshal string into Go struct field Order.total of type int",
        'strconv.ParseInt: parsing "abc": invalid syntax',
        "proto: cannot parse invalid wire-format data",
        "entry out of order for stream",
        "invalid character '<' looking for beginning of value",
      ],
      missing: [
        "open /etc/app/config.yaml: no such file or directory",
        "sql: no rows in result set",
        "key not found in store",
      ],
      permission: [
        "mkdir /data: permission denied",
        "rpc error: code = PermissionDenied",
        "open /var/log/app.log: operation not permitted",
      ],
      authentication: [
        "rpc error: code = Unauthenticated desc = missing bearer token",
        "oauth2: cannot fetch token: 401 Unauthorized",
      ],
      memory: [
        "runtime: out of memory: cannot allocate 4194304-byte block",
        "fatal error: stack overflow, goroutine stack exceeds 1000000000-byte limit",
      ],
      configuration: [
        "failed parsing config: yaml: line 12: mapping values are not allowed in this context",
        "flag provided but not defined: -prot",
        'error loading config: unknown field "scrape_job"',
      ],
      disk: [
        "write /data/chunks/0001: no space left on device",
        "failed to flush chunk to store: input/output error",
      ],
      none: [
        'level=info msg="server listening on addresses" http=[::]:80',
        "graceful shutdown complete",
        "module loaded, starting ring lifecycler",
      ],
    },
  },
  {
    name: ".NET",
    messages: {
      crash: [
        "System.NullReferenceException: Object reference not set to an instance of an object.",
        "An unhandled exception of type 'System.InvalidOperationException' occurred: Sequence contains no elements",
        "System.IndexOutOfRangeException: Index was outside the bounds of the array.",
        "Application: Shop.exe Framework Version: v4.0 Description: The process was terminated due to an unhandled exception.",
      ],
      memory: ["System.OutOfMemoryException: Insufficient memory to continue the execution of the program"],
      network: [
        "System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it",
        "An existing connection was forcibly closed by the remote host",
        "Failed to bind to address http://[::]:5000: address already in use.",
      ],
      timeout: [
        "System.TimeoutException: The operation has timed out",
        "TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing",
        'As of "12:00:01", the heartbeat has been running for "00:00:03" which is longer than "00:00:01". This could be caused by thread pool starvation.',
      ],
      tls: [
        "AuthenticationException: The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch",
      ],
      deployment: [
        "Could not load file or assembly 'Newtonsoft.Json, Version=13.0.0.0' or one of its dependencies",
        "System.MissingMethodException: Method not found",
        "It was not possible to find any compatible framework version",
      ],
      configuration: [
        "Unable to resolve service for type 'IMailer' while attempting to activate 'CartController'.",
        "Format of the initialization string does not conform to specification starting at index 0",
      ],
      data: [
        "System.FormatException: Input string was not in a correct format.",
        "System.Text.Json.JsonException: The JSON value could not be converted to System.Int32",
      ],
      permission: ["System.UnauthorizedAccessException: Access to the path 'C:\\data' is denied."],
      missing: ["System.IO.FileNotFoundException: Could not find file 'C:\\app\\rates.csv'."],
      lock: [
        "The process cannot access the file 'out.csv' because it is being used by another process.",
        "DbUpdateConcurrencyException: expected to affect 1 row(s) but actually affected 0 row(s)",
      ],
      dns: ["System.Net.Http.HttpRequestException: No such host is known. (api:443)"],
      authentication: [
        "IDX10223: Lifetime validation failed. The token is expired.",
        "Bearer was not authenticated. Failure message: IDX10503: Signature validation failed",
      ],
      none: [
        "Now listening on: http://localhost:5000",
        "Application started. Press Ctrl+C to shut down.",
        "Executed DbCommand (3ms) [Parameters=[]]",
      ],
    },
  },
  {
    name: "PHP",
    messages: {
      "authentication permission": ["SQLSTATE[28000] [1045] Access denied for user 'web'@'localhost'"],
      memory: [
        "PHP Fatal error: Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)",
      ],
      timeout: [
        "PHP Fatal error: Maximum execution time of 30 seconds exceeded",
        "[pool www] child 221, script 'index.php' executing too slow (5.1 sec), logging",
        "WordPress cURL error 28: Operation timed out after 10001 milliseconds",
      ],
      crash: [
        "PHP Fatal error: Uncaught Error: Call to a member function getId() on null",
        "PHP Fatal error: Uncaught TypeError: count(): Argument #1 must be of type Countable",
        "[pool www] child 99 exited on signal 11 (SIGSEGV)",
        "PHP Warning: Undefined variable $total",
      ],
      deployment: [
        "PHP Fatal error: Class 'App\\Mailer' not found",
        "PHP Fatal error: Call to undefined function mb_strlen()",
        "PHP Warning: PHP Startup: Unable to load dynamic library 'gd.so'",
        "Your requirements could not be resolved to an installable set of packages.",
      ],
      quota: ["server reached pm.max_children setting (50), consider raising it"],
      data: [
        "PHP Parse error: syntax error, unexpected '}'",
        "PHP Warning: DOMDocument::loadHTML(): Unexpected end tag",
        "The CSRF token is invalid. Please try to resubmit the form.",
      ],
      missing: [
        "PHP Warning: include(header.php): failed to open stream: No such file or directory",
        "PHP Notice: Undefined index: page",
      ],
      network: [
        "SQLSTATE[HY000] [2002] Connection refused",
        "stream_socket_client(): unable to connect to tcp://mail:25",
      ],
      permission: [
        "PHP Warning: file_put_contents(/srv/cache): failed to open stream: Permission denied",
        "open_basedir restriction in effect. File(/etc) is not within the allowed path(s)",
      ],
      tls: ["file_get_contents(): SSL operation failed with code 1. certificate verify failed"],
      none: ["NOTICE: ready to handle connections", "PHP 8.1 Development Server started"],
    },
  },
  {
    name: "Ruby",
    messages: {
      "quota timeout": [
        "ActiveRecord::ConnectionTimeoutError: could not obtain a connection from the pool within 5.000 seconds",
      ],
      "deployment missing": ["Bundler::GemNotFound: Could not find rack-2.2.3 in any of the sources"],
      "data missing": ["ActionController::ParameterMissing: param is missing or the value is empty: order"],
      crash: [
        "NoMethodError (undefined method `name' for nil:NilClass)",
        "SystemStackError: stack level too deep",
        "[BUG] Segmentation fault at 0x0000000000000018",
        "ActionView::Template::Error: wrong number of arguments",
      ],
      missing: [
        'ActionController::RoutingError (No route matches [GET] "/wp-login.php")',
        "Errno::ENOENT: No such file or directory @ rb_sysopen",
      ],
      deployment: [
        "LoadError: cannot load such file -- nokogiri",
        "ActiveRecord::PendingMigrationError: Migrations are pending",
      ],
      timeout: [
        "Net::ReadTimeout with #<TCPSocket:(closed)>",
        "Rack::Timeout::RequestTimeoutException: Request ran for longer than 15000ms",
      ],
      network: [
        "Errno::ECONNREFUSED: Failed to open TCP connection to localhost:9200",
        "Faraday::ConnectionFailed: end of file reached",
      ],
      quota: ["Sidekiq: Redis connection pool exhausted"],
      memory: ["NoMemoryError: failed to allocate memory", "Puma worker killed: memory use above 512 MB"],
      authentication: [
        "ActiveSupport::MessageVerifier::InvalidSignature",
        "Devise: Completed 401 Unauthorized",
      ],
      data: [
        "JSON::ParserError: 765: unexpected token at",
        'Encoding::UndefinedConversionError: "\\xE2" from ASCII-8BIT to UTF-8',
      ],
      permission: ["Pundit::NotAuthorizedError: not allowed to update? this Order"],
      none: [
        "Completed 200 OK in 21ms (Views: 11.1ms)",
        "Puma starting in cluster mode...",
        "Processing by OrdersController#index as HTML",
      ],
    },
  },
  {
    name: "C, C++ and Rust",
    messages: {
      crash: [
        "thread 'main' panicked at 'called `Option::unwrap()` on a `None` value'",
        "terminate called after throwing an instance of 'std::logic_error'",
        "*** stack smashing detected ***: terminated",
        "double free or corruption (!prev)",
        "AddressSanitizer: heap-use-after-free on address",
        "Assertion `ptr != NULL' failed.",
        "munmap_chunk(): invalid pointer",
      ],
      memory: [
        "terminate called after throwing an instance of 'std::bad_alloc'",
        "memory allocation of 8589934592 bytes failed",
      ],
      deployment: [
        "error while loading shared libraries: libssl.so.1.1: cannot open shared object file",
        "symbol lookup error: undefined symbol: SSL_CTX_new",
        "version `GLIBC_2.34' not found (required by ./app)",
      ],
      lock: [
        "thread panicked: PoisonError: another task failed inside while holding the mutex",
        "pthread_mutex_lock: Resource deadlock avoided",
      ],
      data: [
        "invalid utf-8 sequence of 1 bytes from index 4",
        "serde_json: missing field `total` at line 1 column 90",
        "std::out_of_range: stoi",
      ],
      network: [
        "Os { code: 111, kind: ConnectionRefused }",
        "hyper::Error(IncompleteMessage): connection closed before message completed",
      ],
      none: ["listening on 127.0.0.1:7000", "config reloaded, 3 workers"],
    },
  },
];
