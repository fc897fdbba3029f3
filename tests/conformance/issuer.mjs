// An issuer of tokens at Keycloak's paths, on loopback, for as long as the check lasts.
import { createServer } from "node:http";
import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from "node:crypto";

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

export class Issuer {
  #server;
  #key = newKey();
  #stranger = newKey();

  static async start() {
    const issuer = new Issuer();
    issuer.#server = createServer((request, answer) => {
      const body = request.url.endsWith("/.well-known/openid-configuration")
        ? { issuer: issuer.realm, jwks_uri: `${issuer.realm}/protocol/openid-connect/certs`, id_token_signing_alg_values_supported: ["RS256"] }
        : { keys: [issuer.#key.jwk] };
      answer.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
    });
    await new Promise((listening) => issuer.#server.listen(0, "127.0.0.1", listening));
    return issuer;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  get realm() {
    return `${this.address}/realms/ecosystem`;
  }

  /** A good token, but for what is named: other claims, or how it is signed: "stranger", "none", "public-key". */
  token(audience, { signed = "issuer", roles = [], ...claims } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const key = signed === "stranger" ? this.#stranger : this.#key;
    const header = { alg: { none: "none", "public-key": "HS256" }[signed] ?? "RS256", typ: "JWT", kid: this.#key.jwk.kid };
    const payload = { iss: this.realm, aud: [audience], sub: randomUUID(), azp: "conformance", typ: "Bearer", iat: now, exp: now + 300, org: "partner-beispiel", realm_access: { roles }, ...claims };
    const content = `${encode(header)}.${encode(payload)}`;
    const signature = signed === "none" ? ""
      : signed === "public-key" ? createHmac("sha256", this.#key.publicKey.export({ type: "spki", format: "pem" })).update(content).digest("base64url")
      : sign("RSA-SHA256", Buffer.from(content), key.privateKey).toString("base64url");
    return `${content}.${signature}`;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(closed));
  }
}

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" });
  return { privateKey, publicKey, jwk: { ...jwk, kid: createHash("sha256").update(jwk.n).digest("hex").slice(0, 16), use: "sig", alg: "RS256" } };
}
