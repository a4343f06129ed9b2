/** Messages of cloud interfaces, builds and deployment, worded as such software words them. */
import type { Software } from "./software.ts";

/** Clouds, builds, deployment. */
export const CLOUD: readonly Software[] = [
  {
    name: "AWS",
    messages: {
      "dependency crash": ["InternalError: We encountered an internal error. Please try again."],
      "configuration data": [
        "InvalidParameterValue: Value (us-est-1a) for parameter availabilityZone is invalid.",
      ],
      permission: [
        "AccessDenied: User: arn:aws:iam::1:user/ci is not authorized to perform: s3:PutObject",
        "UnauthorizedOperation: You are not authorized to perform this operation.",
        "AccessDeniedException when calling the Decrypt operation: key policy does not allow",
      ],
      authentication: [
        "ExpiredToken: The security token included in the request is expired",
        "InvalidClientTokenId: The security token included in the request is invalid.",
        "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided",
        "NoCredentialsError: Unable to locate credentials",
      ],
      quota: [
        "ThrottlingException: Rate exceeded",
        "SlowDown: Please reduce your request rate.",
        "ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table was exceeded",
        "VcpuLimitExceeded: You have requested more vCPU capacity than your current limit",
        "LimitExceededException: too many stacks",
        "TooManyRequestsException: Reserved concurrency exhausted for function",
      ],
      missing: [
        "NoSuchBucket: The specified bucket does not exist",
        "NoSuchKey: The specified key does not exist.",
        "ResourceNotFoundException: Requested resource not found",
      ],
      timeout: ["Task timed out after 3.00 seconds", "Lambda: Endpoint request timed out"],
      memory: [
        "Runtime exited with error: signal: killed Runtime.ExitError: Memory Size: 128 MB Max Memory Used: 128 MB",
      ],
      dependency: [
        "Target group health checks failed with these codes: [502]",
        "ServiceUnavailable: service is temporarily overloaded",
      ],
      deployment: [
        "CREATE_FAILED: Resource handler returned message, ROLLBACK_IN_PROGRESS",
        "CannotPullContainerError: image manifest not found",
        "Instance failed at least 1 status checks after deployment, replacing",
      ],
      configuration: ["ValidationError: Template format error: Unresolved resource dependencies"],
      data: [
        "ConditionalCheckFailedException: The conditional request failed",
        "MalformedXML: The XML you provided was not well-formed",
      ],
      network: [
        "EndpointConnectionError: Could not connect to the endpoint URL",
        "EC2: instance reachability check failed",
      ],
      none: ["END RequestId: 7a Duration: 12 ms Billed Duration: 100 ms", "CREATE_COMPLETE"],
    },
  },
  {
    name: "Google Cloud and Azure",
    messages: {
      "deployment missing": ["SkuNotAvailable: the requested size is not available in location"],
      "configuration data": ["INVALID_ARGUMENT: Invalid value for field 'zone'"],
      quota: [
        "RESOURCE_EXHAUSTED: Quota exceeded for quota metric 'Read requests' and limit 'per minute per user'",
        "QuotaExceeded: Operation could not be completed as it results in exceeding approved Total Regional Cores quota",
        "rateLimitExceeded: userRateLimitExceeded",
        "429 The request rate is large. More Request Units may be needed",
      ],
      permission: [
        "PERMISSION_DENIED: Caller does not have permission 'storage.objects.get'",
        "AuthorizationFailed: The client does not have authorization to perform action 'Microsoft.Compute/virtualMachines/write'",
      ],
      authentication: [
        "invalid_grant: Token has been expired or revoked.",
        "AADSTS7000215: Invalid client secret provided.",
        "Could not load the default credentials. Browse to the documentation to set up application default credentials",
        "AADSTS50126: Error validating credentials due to invalid username or password.",
      ],
      dependency: [
        "UNAVAILABLE: The service is currently unavailable.",
        "backend error 503: storage service busy, retry with backoff",
      ],
      missing: [
        "NOT_FOUND: Requested entity was not found.",
        "BlobNotFound: The specified blob does not exist.",
        "ResourceGroupNotFound: Resource group 'old' could not be found.",
      ],
      lock: [
        "ABORTED: Too much contention on these documents. Please try again.",
        "ScopeLocked: the scope cannot perform delete operation because following scope(s) are locked",
        "LeaseIdMissing: There is currently a lease on the blob",
      ],
      deployment: [
        "Revision 'web-0003' is not ready and cannot serve traffic. The user-provided container failed to start and listen on the port",
        "DeploymentFailed: At least one resource deployment operation failed",
      ],
      timeout: [
        "DEADLINE_EXCEEDED: Deadline expired before operation could complete.",
        "GatewayTimeout: the gateway did not receive a response within the specified time",
      ],
      configuration: [
        "InvalidTemplate: deployment template language expression property 'nme' doesn't exist",
      ],
      memory: ["Memory limit of 256 MiB exceeded with 261 MiB used. Consider increasing the memory limit"],
      none: [
        "Default STARTUP TCP probe succeeded after 1 attempt",
        "Host lock lease acquired by instance",
        "Operation completed over 1 objects",
      ],
    },
  },
  {
    name: "Terraform, Ansible and Helm",
    messages: {
      "lock deployment": ["UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress"],
      "timeout dependency": ["Error: timeout while waiting for state to become 'available'"],
      "permission authentication": ["fatal: [web1]: FAILED! Missing sudo password"],
      "authentication permission": [
        "UNREACHABLE! Failed to connect to the host via ssh: Permission denied (publickey,password).",
      ],
      lock: [
        "Error: Error acquiring the state lock: ConditionalCheckFailedException",
      ],
      configuration: [
        'Error: Unsupported argument: An argument named "regoin" is not expected here.',
        "Error: Missing required argument",
        "ERROR! Syntax Error while loading YAML. did not find expected '-' indicator",
        "Error: parse error at (web/templates/deploy.yaml:22): unclosed action",
        "The task includes an option with an undefined variable: 'db_host' is undefined",
      ],
      deployment: [
        "UPGRADE FAILED: timed out waiting for the condition, rolling back release",
        "Error: failed post-install: job failed: BackoffLimitExceeded",
        "Error: Provider produced inconsistent final plan",
        "Error: Failed to query available provider packages",
        'Release "web" does not exist, rollback impossible',
        "playbook run failed on 3 hosts, stopping rollout",
      ],
      authentication: ["Error: error configuring provider: no valid credential sources found"],
      permission: ["Error: creating role: AccessDenied"],
      network: [
        "UNREACHABLE! Failed to connect to the host via ssh: Connection closed by remote host",
        "Error: Kubernetes cluster unreachable",
      ],
      missing: ["Error: no such chart: stable/old", "Could not find the requested service app: host"],
      timeout: [
        "Timeout (12s) waiting for privilege escalation prompt",
      ],
      quota: ["Error: Error creating instance: quota 'CPUS' exceeded. Limit: 24.0 in region"],
      none: [
        "Apply complete! Resources: 3 added, 0 changed, 0 destroyed.",
        "PLAY RECAP ok=12 changed=2 unreachable=0 failed=0",
        'Release "web" has been upgraded. Happy Helming!',
      ],
    },
  },
  {
    name: "Jenkins, GitLab, Git and package managers",
    messages: {
      "deployment crash": ["ERROR: Job failed: exit code 1", "linker command failed with exit code 1"],
      "configuration missing": ["No such DSL method 'dokcer' found among steps"],
      "deployment missing": ["pip: No matching distribution found for torch==9.9"],
      deployment: [
        "Finished: FAILURE",
        "Build step 'Execute shell' marked build as failure",
        "FAILURE: Build failed with an exception. Execution failed for task ':compileJava'.",
        "BUILD FAILURE: Failed to execute goal maven-compiler-plugin:compile",
        "error: failed to push some refs, rejected (non-fast-forward)",
        "Could not resolve dependencies for project: artifact missing from central",
        "CONFLICT (content): Merge conflict in src/app.ts",
        "tests failed: 3 of 221, release stopped",
        "rollback to release 41 started because smoke test failed",
        "canary unhealthy, promotion aborted",
        "make: *** [all] Error 2",
        "cannot satisfy version constraint of package",
      ],
      authentication: [
        "remote: HTTP Basic: Access denied. fatal: Authentication failed for repository",
        "Host key verification failed.",
        "npm ERR! code E401 Unable to authenticate, need: Basic",
      ],
      permission: [
        "remote: You are not allowed to push code to protected branches on this project.",
        "npm ERR! 403 Forbidden - PUT package",
      ],
      timeout: [
        "Build timed out (after 60 minutes). Marking the build as aborted.",
        "ERROR: Job failed: execution took longer than 1h0m0s seconds",
      ],
      network: [
        "fatal: unable to access repository: Failed to connect to git.example port 443",
        "agent went offline during the build: channel closed",
        "RPC failed; curl 56 Recv failure: connection reset",
      ],
      dns: ["fatal: Could not resolve host: git.example"],
      disk: [
        "Agent node has less than 1 GB free disk space, taking it offline",
        "fatal: write error: No space left on device while unpacking objects",
      ],
      lock: [
        "fatal: Unable to create '.git/index.lock': File exists. Another git process seems to be running",
        "Waiting for lock on the build directory held by another runner",
      ],
      missing: [
        "fatal: repository does not exist",
        "stderr: fatal: Remote branch feature not found in upstream origin",
        "artifact upload: no files to upload matching dist/*",
      ],
      data: [
        "error: object file is empty; loose object is corrupt",
        "fatal: early EOF index-pack failed",
        "npm ERR! code EINTEGRITY sha512 integrity checksum failed",
      ],
      configuration: [
        "jobs:test config contains unknown keys: scrpt",
        "WorkflowScript: 12: Expected a stage",
      ],
      quota: [
        "You have exceeded a secondary rate limit. Please wait a few minutes",
        "No runners available: concurrent job limit reached",
      ],
      memory: ["The build daemon disappeared unexpectedly: daemon JVM ran out of memory"],
      none: [
        "Finished: SUCCESS",
        "Already up to date.",
        "BUILD SUCCESSFUL in 12s",
        "Job succeeded",
        "Checking out revision 4f2",
      ],
    },
  },
];
