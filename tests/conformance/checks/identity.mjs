/** Tokens of the realm and nothing else; roles decide what a caller may do. */
export async function identity(service, findings, issuer) {
  const { audience, read, write } = service.partner;
  const good = issuer.token(audience, { roles: write.roles });
  const welcome = await service.ask("GET", read, { token: good });
  findings.check("a good token is accepted", welcome.status === 200, `${welcome.status} ${welcome.text.slice(0, 200)}`);

  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const bad = {
    "no token": undefined,
    "something that is no token": "abc",
    "a token for another service": issuer.token("another-service", { roles: write.roles }),
    "a token of another issuer": issuer.token(audience, { iss: "https://id.example.org/realms/other", roles: write.roles }),
    "an expired token": issuer.token(audience, { iat: now - 2 * hour, exp: now - hour, roles: write.roles }),
    "a token signed by a stranger": issuer.token(audience, { signed: "stranger", roles: write.roles }),
    "an unsigned token (alg none)": issuer.token(audience, { signed: "none", roles: write.roles }),
    "a token signed with the public key (HS256)": issuer.token(audience, { signed: "public-key", roles: write.roles }),
    "a token whose content was changed": tampered(good),
  };
  for (const [what, token] of Object.entries(bad)) {
    const answer = await service.ask("GET", read, { token });
    findings.check(`${what} is refused with 401`, answer.status === 401, `${answer.status}`);
    if (token === undefined) findings.check("a 401 says how to sign in (WWW-Authenticate: Bearer)", /^bearer/i.test(answer.headers.get("www-authenticate") ?? ""));
  }

  const powerless = await service.ask("POST", write.path, { token: issuer.token(audience, { roles: [] }), body: write.body });
  findings.check("a caller without the role is refused with 403", powerless.status === 403, `${powerless.status}`);
  const allowed = await service.ask("POST", write.path, { token: good, body: write.body });
  findings.check("a caller with the role is served", allowed.status >= 200 && allowed.status < 300, `${allowed.status} ${allowed.text.slice(0, 200)}`);
}

function tampered(token) {
  const [header, payload, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url"));
  return [header, Buffer.from(JSON.stringify({ ...claims, org: "somebody-else" })).toString("base64url"), signature].join(".");
}
