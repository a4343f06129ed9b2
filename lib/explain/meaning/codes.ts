/**
 * Codes that say what failed: error numbers of operating systems, databases, mail and calls.
 *
 * @module
 */
import type { Category } from "./category.ts";

/**
 * Codes by what they mean, from the documentation of (`errno.h`), Windows (Win32, NTSTATUS, HRESULT), SQL (SQLSTATE), Oracle,
 * MySQL, SMTP (RFC 3463), gRPC, SIP and z/OS.
 */
export const CODES: { readonly [category in Category]?: string } = {
  disk:
    "ENOSPC EROFS EIO EDQUOT 53100 58030 0xC000007F 0x80070070 0x8007045D ORA-01653 ORA-01654 ORA-19809 ORA-00257 ORA-01114 " +
    "0xC0000185 4.3.1 SB37 SD37 SE37 1021 1114 SQL0289N SQL0968C",
  memory:
    "ENOMEM 53200 0xC0000017 0x8007000E 0x800705AF 0xC000012D ORA-04031 ORA-04030 ORA-27102 S878 S80A 1037 1038 SQL0954C " +
    "SQL0955C 0xC000009A",
  cpu: "0x00000101 0x133",
  deployment:
    "0x80073712 0x80070643 0xC000007B 0xC0000139 0xC0000135 ENOEXEC ELIBBAD ERR_REQUIRE_ESM ERESOLVE S806",
  configuration: "42704 F0000 22023 ERR_INVALID_ARG_VALUE ORA-12154 IEF453I",
  dns:
    "EAI_AGAIN EAI_NONAME EAI_FAIL EAI_NODATA ENOTFOUND 0x80072EE7 11001 11002 11003 11004 ERR_NAME_NOT_RESOLVED NXDOMAIN SERVFAIL " +
    "5.1.2 5.4.4 ESERVFAIL",
  network:
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ENETUNREACH EHOSTUNREACH EHOSTDOWN ENETDOWN ENOTCONN ESHUTDOWN EADDRINUSE " +
    "EADDRNOTAVAIL 08001 08003 08004 08006 08S01 10054 10053 10061 10065 10051 0x80072EFD 0x80072EFE 0x800706BA 0x80070035 " +
    "ORA-03113 ORA-03114 ORA-12541 ORA-12537 ORA-12543 2002 2003 2006 2013 4.4.1 4.4.2 ENETRESET SQL30081N",
  tls:
    "0x80090326 0x800B0109 0x80092012 0x80090325 ERR_CERT_DATE_INVALID DEPTH_ZERO_SELF_SIGNED_CERT CERT_HAS_EXPIRED EPROTO " +
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID ORA-29024 SELF_SIGNED_CERT_IN_CHAIN",
  authentication:
    "28P01 28000 0xC000006D 0xC000006A 0xC0000234 0xC0000071 0xC0000072 0x8007052E 0xC0000064 0xC0000193 ORA-01017 " +
    "ORA-28000 ORA-28001 ORA-01005 1045 1698 5.7.8 UNAUTHENTICATED ERR_UNAUTHORIZED KRB5KDC_ERR_PREAUTH_FAILED 18456 SQL30082N",
  permission: "EACCES EPERM 42501 0xC0000022 0x80070005 0xC0000061 ORA-01031 1044 1142 1227 5.7.1 " +
    "PERMISSION_DENIED S913 0x80070522 CPF9802 SQL0551N ICH408I SQLCODE-551 0x80090010",
  quota:
    "EMFILE ENFILE EAGAIN ENOBUFS EUSERS EMLINK 53300 53400 54000 0xC0000044 ORA-00018 ORA-00020 ORA-01000 ORA-12516 ORA-12519 " +
    "ORA-02391 1040 1203 1226 5.2.2 4.2.2 5.3.4 RESOURCE_EXHAUSTED 4.7.28",
  lock:
    "EBUSY EDEADLK EDEADLOCK ENOLCK ETXTBSY 40P01 55P03 40001 0xC0000043 0x80070020 ORA-00054 ORA-00060 ORA-08177 1205 1213 " +
    "SQLITE_BUSY SQLITE_LOCKED SQL0911N SQL0913N SQLCODE-911 0xC0000054",
  missing:
    "ENOENT ENODEV ENXIO ESRCH ENODATA 42P01 42703 42883 3D000 3F000 0xC0000034 0x80070002 0x80070003 0xC000003A ORA-00942 " +
    "ORA-04043 ORA-00904 1049 1146 1051 1054 NOT_FOUND NoSuchKey CPF9801 5.1.1 0x80040154 SQL0204N 0xC000000F ORA-12514",
  data:
    "EINVAL EILSEQ EBADMSG ERANGE EDOM 22001 22003 22007 22P02 23502 23503 23505 23514 42601 0x8007000D 0xC000000D ORA-00001 " +
    "ORA-01722 ORA-01400 ORA-02291 ORA-02292 ORA-12899 ORA-01578 1062 1048 1064 1366 1406 1452 XX001 XX002 INVALID_ARGUMENT DATA_LOSS " +
    "0xC0000032 SQL0803N 5.6.0 5.5.2 S0C7",
  cluster: "57P03 ORA-29740 1047 3101 NotLeader NOT_LEADER_OR_FOLLOWER NOT_ENOUGH_REPLICAS EHOTSTANDBY",
  crash:
    "SIGSEGV SIGABRT SIGBUS SIGILL SIGFPE EFAULT 0xC0000005 0xC0000409 0xC00000FD 0xC0000374 0xE0434352 0xC0000096 0xC000001D " +
    "XX000 ORA-00600 ORA-07445 S0C1 S0C4 ASRA 0x0000007E 0x0000000A 0x0000001E 0x00000050",
  dependency: "ERR_SERVICE_UNAVAILABLE 4.3.2 ORA-01033 ORA-01034 0x80070426 0x8007042C",
  timeout:
    "ETIMEDOUT ETIME ESOCKETTIMEDOUT 57014 10060 0x80072EE2 0x800705B4 0xC00000B5 ORA-12170 ORA-12535 DEADLINE_EXCEEDED " +
    "1053 3024 4.4.7 S322 S522 ERR_TIMED_OUT ORA-01013",
};

/** What looks like a code. */
const CODE =
  /(?<![\w.])(?:0x[\da-fA-F]{3,8}|[A-Z]{2,7}-?\d{3,5}[A-Z]?|S[\dA-F]{3}|SB37|SD37|SE37|[\dA-Z]{5}|\d\.\d\.\d{1,2}|\d{4}|[A-Z][A-Z\d]{3,}(?:_[A-Z\d]+)*|NoSuchKey|NotLeader)(?![\w.])/g;

const MEANINGS: ReadonlyMap<string, Category> = new Map(
  Object.entries(CODES).flatMap(([category, codes]) =>
    codes.split(" ").map((code) => [normal(code), category as Category])
  ),
);

/** Numbers of four digits and five signs mean something only behind a word that announces a code. */
const ANNOUNCED =
  /(?:error|errno|code|sqlstate|ora|mysql|status|winsock|event|reason|rc|returned|exception|socketexception)\W{0,3}$/i;

function normal(code: string): string {
  return code.startsWith("0x") ? `0x${code.slice(2).toUpperCase().padStart(8, "0")}` : code;
}

/**
 * What the codes in a message mean, each once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { codedCategories } from "./codes.ts";
 *
 * assert.deepEqual(codedCategories("open failed (EACCES), then 0xC0000234"), ["permission", "authentication"]);
 * assert.deepEqual(codedCategories("1045 rows"), []);
 * ```
 */
export function codedCategories(text: string): Category[] {
  const told = new Set<Category>();
  for (const { 0: code, index } of text.matchAll(CODE)) {
    const category = MEANINGS.get(normal(code));
    if (!category) continue;
    if (/^\d{4,5}$/.test(code) && !ANNOUNCED.test(text.slice(Math.max(0, index - 24), index))) continue;
    told.add(category);
  }
  return [...told];
}
