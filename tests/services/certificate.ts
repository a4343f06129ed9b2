/**
 * A certificate authority and a certificate for this machine, made anew for every test run.
 *
 * X.509 by hand (RFC 5280): the fewest fields that TLS libraries accept, signed by ECDSA on P-256.
 *
 * @module
 */

/** PEM texts of an authority and of a server's certificate that it signed. */
export interface TestCertificate {
  /** Certificate of the authority: what a client must trust. */
  authority: string;
  /** Certificate of the server, for `localhost` and 127.0.0.1. */
  certificate: string;
  /** Private key of the server. */
  key: string;
}

/** Makes an authority and a server's certificate. */
export async function makeCertificate(): Promise<TestCertificate> {
  const authorityKeys = await keyPair(), serverKeys = await keyPair();
  const authority = "DeepScan test authority", basicConstraints = "551d13";
  const isAuthority = extension(basicConstraints, tagged(0x30, tagged(0x01, [0xff])), true);
  const altNames = tagged(0x30, tagged(0x82, bytesOf("localhost")), tagged(0x87, [127, 0, 0, 1]));
  return {
    authority: pem(
      "CERTIFICATE",
      await signed(1, authority, authority, authorityKeys, authorityKeys, isAuthority),
    ),
    certificate: pem(
      "CERTIFICATE",
      await signed(
        2,
        "localhost",
        authority,
        serverKeys,
        authorityKeys,
        extension("551d11", altNames, false),
      ),
    ),
    key: pem("PRIVATE KEY", new Uint8Array(await crypto.subtle.exportKey("pkcs8", serverKeys.privateKey))),
  };
}

async function keyPair(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
}

/** TBSCertificate, algorithm, signature. */
async function signed(
  serial: number,
  subject: string,
  issuer: string,
  keys: CryptoKeyPair,
  issuerKeys: CryptoKeyPair,
  extensions: number[],
): Promise<Uint8Array> {
  const algorithm = tagged(0x30, hex("06082a8648ce3d040302")); // ecdsa-with-SHA256
  const validity = tagged(
    0x30,
    tagged(0x17, bytesOf("250101000000Z")),
    tagged(0x17, bytesOf("491231235959Z")),
  );
  const publicKey = [...new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey))];
  const body = tagged(
    0x30,
    tagged(0xa0, tagged(0x02, [2])), // version 3
    tagged(0x02, [serial]),
    algorithm,
    commonName(issuer),
    validity,
    commonName(subject),
    publicKey,
    tagged(0xa3, tagged(0x30, extensions)),
  );
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    issuerKeys.privateKey,
    new Uint8Array(body),
  );
  const [r, s] = [signature.slice(0, 32), signature.slice(32)].map((half) => unsigned(new Uint8Array(half)));
  return new Uint8Array(tagged(0x30, body, algorithm, tagged(0x03, [0], tagged(0x30, r, s))));
}

function commonName(name: string): number[] {
  return tagged(0x30, tagged(0x31, tagged(0x30, hex("0603550403"), tagged(0x0c, bytesOf(name)))));
}

function extension(id: string, value: number[], critical: boolean): number[] {
  return tagged(0x30, tagged(0x06, hex(id)), critical ? tagged(0x01, [0xff]) : [], tagged(0x04, value));
}

/** DER: tag, length, contents. */
function tagged(tag: number, ...contents: number[][]): number[] {
  const value = contents.flat(), { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return [tag, ...size, ...value];
}

/** DER integer from big-endian bytes without sign. */
function unsigned(bytes: Uint8Array): number[] {
  let first = 0;
  while (first < bytes.length - 1 && bytes[first] === 0) first++;
  const digits = [...bytes.subarray(first)];
  return tagged(0x02, digits[0] > 127 ? [0, ...digits] : digits);
}

function hex(text: string): number[] {
  return text.match(/../g)!.map((pair) => parseInt(pair, 16));
}

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function pem(label: string, bytes: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g)!;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
