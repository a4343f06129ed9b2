/** Messages of containers and what schedules them, worded as such software words them. */
import type { Software } from "./software.ts";

/** Containers and clusters of them. */
export const CONTAINERS: readonly Software[] = [
  {
    name: "Docker",
    messages: {
      "deployment crash": ["failed to register layer: ApplyLayer exit status 1 stdout: stderr: unlinkat"],
      deployment: [
        "Error response from daemon: manifest for shop/api:2.1 not found: manifest unknown",
        'failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
        "standard_init_linux.go:228: exec user process caused: exec format error",
      ],
      "deployment authentication": [
        "pull access denied for shop/api, repository does not exist or may require 'docker login'",
      ],
      quota: [
        "toomanyrequests: You have reached your pull rate limit",
        "all predefined address pools have been fully subnetted",
      ],
      network: [
        "driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:8080 failed: port is already allocated",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
      ],
      disk: [
        "write /var/lib/docker/tmp/GetImageBlob: no space left on device",
        "devmapper: Thin Pool has 0 free data blocks which is less than minimum required",
        "error creating overlay mount to /var/lib/docker/overlay2: input/output error",
      ],
      permission: [
        "Got permission denied while trying to connect to the Docker daemon socket",
        "OCI runtime create failed: mount through procfd: operation not permitted",
      ],
      missing: [
        'invalid mount config for type "bind": bind source path does not exist: /srv/conf',
        "No such container: web_old",
        'OCI runtime exec failed: exec: "bash": executable file not found in $PATH',
      ],
      memory: ["container 71f exited with status 137: OOMKilled true"],
      crash: [
        "containerd: shim reaped unexpectedly, task exited with code 139",
        "Container failed to start: entrypoint exited immediately with code 1",
      ],
      tls: ["Get https://images.example.net/v2/: x509: certificate signed by unknown authority"],
      dns: ["dial tcp: lookup images.example.net on 127.0.0.53:53: server misbehaving"],
      timeout: [
        "Container 71f failed to exit within 10 seconds of signal 15 - using the force",
        "context deadline exceeded while awaiting task kill",
      ],
      none: [
        "Successfully tagged shop/api:latest",
        "API listen on /var/run/docker.sock",
        "Loading containers: done.",
      ],
    },
  },
  {
    name: "Kubernetes",
    messages: {
      "missing configuration": ["db-password", "api-config"],
      "cluster network": ["node controller: taint node unreachable:NoExecute"],
      deployment: [
        'Failed to pull image "shop/api:v9": rpc error: code = NotFound',
        "Error: ErrImagePull",
        'Back-off pulling image "shop/web:latest"',
        "Error: ImagePullBackOff",
        'Deployment "web" exceeded its progress deadline',
        'Error creating: pods "api-" is forbidden: error looking up service account: serviceaccount "api" not found',
      ],
      crash: [
        "Back-off restarting failed container",
        "CrashLoopBackOff: back-off 5m0s restarting failed container=api pod=api-7",
        "Container api failed, exit code 1, reason Error",
      ],
      memory: [
        "Memory cgroup out of memory; container was OOMKilled",
        "The node was low on resource: memory. Container api was using 2Gi, which exceeds its request",
        "eviction manager: attempting to reclaim memory",
      ],
      disk: [
        "eviction manager: must evict pod(s) to reclaim ephemeral-storage",
        "Node condition DiskPressure is now: True",
        "failed to garbage collect required amount of images. Wanted to free 3221225472 bytes, but freed 0 bytes",
        "ImageGCFailed: wanted to free bytes but freed 0 bytes space eligible to free",
      ],
      quota: [
        "0/5 nodes are available: 5 Insufficient cpu.",
        "exceeded quota: compute, requested: limits.cpu=2, used: limits.cpu=8, limited: limits.cpu=8",
        "Throttling request took 1.2s, request: GET",
        "Too many pods on node: 110 of 110",
      ],
      timeout: [
        "Liveness probe failed: Get http://10.1.1.2:8080/healthz: context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
        "Unable to attach or mount volumes: timed out waiting for the condition",
      ],
      dependency: [
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
        "Startup probe failed: dial tcp 10.1.1.2:8080",
        'no endpoints available for service "ingress-webhook"',
        'Internal error occurred: failed calling webhook "validate.example"',
      ],
      network: [
        'network: failed to set bridge addr: "cni0" already has an IP address different from 10.244.1.1/24',
        'NetworkPlugin cni failed to set up pod "api-7" network',
        "Unable to connect to the server: dial tcp 10.0.0.1:6443: connect: connection refused",
        "watch of *v1.Pod ended with: very short watch: unexpected EOF",
      ],
      permission: [
        'pods is forbidden: User "system:serviceaccount:ci:default" cannot list resource "pods" in API group',
        "container has runAsNonRoot and image will run as root",
      ],
      authentication: [
        "Unable to authenticate the request due to an error: [invalid bearer token, Token has expired]",
        "couldn't get current server API group list: the server has asked for the client to provide credentials",
      ],
      missing: [
        'MountVolume.SetUp failed for volume "config" : configmap  not found',
        "secret  not found",
        'Error from server (NotFound): deployments.apps "old" not found',
      ],
      configuration: [
        'error validating data: ValidationError(Deployment.spec): unknown field "replica" in io.k8s.api.apps.v1.DeploymentSpec',
        "CreateContainerConfigError: couldn't find key DB_URL in Secret",
        'Invalid value: "Web_1": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters',
      ],
      cluster: [
        "Node ip-10-0-0-7 status is now: NodeNotReady",
        "PLEG is not healthy: pleg was last seen active 3m11s ago; threshold is 3m0s",
        "failed to update node lease, will retry",
        "leaderelection lost",
      ],
      lock: [
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version',
      ],
      tls: [
        "x509: certificate has expired or is not yet valid: current time 2031-01-01T00:00:00Z is after",
        "http: TLS handshake error from 10.0.0.9:5512: remote error: tls: bad certificate",
      ],
      dns: [
        "DNSConfigForming: Nameserver limits were exceeded, some nameservers have been omitted",
        "lookup api.default.svc.cluster.local: no such host",
      ],
      none: [
        "Successfully assigned default/api-7 to node-3",
        "Started container api",
        "Scaled up replica set web-55 to 3",
        "Created pod: web-55-x",
        "successfully acquired lease kube-system/kube-scheduler",
        "Pulled image already present on machine",
      ],
    },
  },
  {
    name: "etcd",
    messages: {
      cluster: [
        "elected leader changed, lost leader 8e9e05c52164694d at term 12",
        "raft: failed to send out heartbeat on time; server is likely overloaded",
        "request cluster ID mismatch",
        "publish error: etcdserver: no leader",
        "rejected stream from remote peer because it was removed",
      ],
      disk: [
        "slow fdatasync took=2.1s expected-duration=1s: wal: sync duration is high",
        "mvcc: database space exceeded",
        "apply request took too long: disk is slow",
      ],
      "network cluster": ["failed to reach the peer URL: dial tcp 10.0.0.3:2380: connect: no route to host"],
      timeout: [
        "etcdserver: request timed out, possibly due to previous leader failure",
        "read-only range request took too long (3.2s) to execute",
      ],
      tls: ["rejected connection: remote error: tls: unknown certificate authority"],
      data: ["found data inconsistency with peers", "wal: crc mismatch"],
      none: [
        "compacted Raft logs",
        "saved snapshot to disk",
        "serving client traffic insecurely; this is strongly discouraged!",
      ],
    },
  },
  {
    name: "Consul, Nomad and service meshes",
    messages: {
      "authentication permission": ["Vault token could not be renewed: permission denied, token revoked"],
      cluster: [
        "memberlist: Marking node-4 as failed, suspect timeout reached (2 peer confirmations)",
        "raft: Heartbeat timeout reached, starting election",
        "No cluster leader",
        "serf: EventMemberFailed: node-4 10.0.0.4",
      ],
      dependency: [
        "Check is now critical: check=service:orders",
        "Synced check is warning; service removed from catalog",
      ],
      permission: [
        "ACL not found: token lacks permission 'key:write' on \"app/config\"",
        "rpc error: Permission denied: provided token lacks policy",
      ],
      network: [
        "rpc error making call: EOF",
        "agent: Coordinate update error: rpc error getting client: failed to get conn: dial tcp: connect: connection refused",
      ],
      deployment: [
        "alloc failed: driver docker: failed to pull image",
        "Deployment marked as failed - rolling back to job version 3",
      ],
      quota: [
        'failed to place all allocations: Resources exhausted on 3 nodes: dimension "memory" exhausted on 3 nodes',
        "RPC rate exceeded for source address",
      ],
      authentication: ["failed to look up namespace: client token invalid"],
      tls: [
        "failed to verify peer certificate: SPIFFE ID mismatch",
        "leaf certificate expired and rotation failed",
      ],
      none: [
        "agent: Synced node info",
        "New leader elected: payload=node-1",
        "core: post-unseal setup complete",
      ],
    },
  },
];
