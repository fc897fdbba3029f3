// Access tokens of the realm (RFC 9068): signature by a key of the issuer, issuer, audience, life time; then roles.
import { createPublicKey, verify } from "node:crypto";
import { Problem } from "./http.mjs";

const skewSeconds = 10;

export class TokenCheck {
  #settings;
  #keys = new Map();

  constructor(settings) {
    this.#settings = settings;
  }

  /** The claims of a caller who has one of the roles; with no role named, of any caller who is known. */
  async require(request, ...roles) {
    const [scheme, token] = (request.headers.authorization ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || !token) throw refused("TOKEN_MISSING", "Send an access token: Authorization: Bearer ...");
    const claims = await this.#claims(token);
    const has = claims.realm_access?.roles ?? [];
    if (roles.length && !roles.some((role) => has.includes(role)))
      throw new Problem(403, "ROLE_MISSING", `This needs one of the roles ${roles.join(", ")}.`);
    return claims;
  }

  async #claims(token) {
    const parts = token.split(".");
    const [header, claims] = parts.slice(0, 2).map(decode);
    if (parts.length !== 3 || !header || !claims) throw refused("TOKEN_MALFORMED", "The token is no JSON Web Token.");
    const key = header.alg === "RS256" && (await this.#key(header.kid));
    if (!key || !verify("RSA-SHA256", Buffer.from(parts.slice(0, 2).join(".")), key, Buffer.from(parts[2], "base64url")))
      throw refused("TOKEN_WRONG_SIGNATURE", "The token was not signed by the realm.");
    if (claims.iss !== this.#settings.issuer) throw refused("TOKEN_WRONG_ISSUER", "The token comes from another realm.");
    if (![claims.aud].flat().includes(this.#settings.audience)) throw refused("TOKEN_WRONG_AUDIENCE", "The token is not meant for this service.");
    if (!(claims.exp > Date.now() / 1000 - skewSeconds)) throw refused("TOKEN_EXPIRED", "The token has expired. Get a new one.");
    return claims;
  }

  // A key that is not known yet may be a new one: the issuer is asked once for each unknown name.
  async #key(kid) {
    if (!this.#keys.has(kid)) {
      try {
        const answer = await fetch(`${this.#settings.issuer}/protocol/openid-connect/certs`);
        for (const jwk of (await answer.json()).keys) this.#keys.set(jwk.kid, createPublicKey({ key: jwk, format: "jwk" }));
      } catch {
        throw new Problem(503, "IDENTITY_PROVIDER_UNREACHABLE", "The token cannot be checked at present. Try again soon.");
      }
    }
    return this.#keys.get(kid);
  }
}

const refused = (reason, detail) => new Problem(401, reason, detail);

const decode = (part) => {
  try {
    return JSON.parse(Buffer.from(part ?? "", "base64url"));
  } catch {
    return undefined;
  }
};
