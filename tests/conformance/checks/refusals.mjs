/** Refusals are problem+json (RFC 9457) with a reason, and change nothing. */
export async function refusals(service, findings, issuer) {
  const { audience, name, read, write } = service.partner;
  const token = issuer.token(audience, { roles: write.roles });
  const before = (await service.ask("GET", read, { token })).text;
  const cases = {
    "no token": [401, await service.ask("GET", read)],
    "an unknown path": [404, await service.ask("GET", `/${name}/v1/nothing-here`, { token })],
    "a body that is no JSON": [400, await service.ask("POST", write.path, { token, body: "{" })],
    "a body that breaks a rule": [400, await service.ask("POST", write.path, { token, body: write.wrong })],
    "an unknown member": [400, await service.ask("POST", write.path, { token, body: { ...write.body, "not-known": 1 } })],
  };
  for (const [what, [expected, answer]] of Object.entries(cases)) {
    findings.check(`${what} is refused with ${expected}`, answer.status === expected, `${answer.status}`);
    if (answer.status >= 400) {
      const isProblem = (answer.headers.get("content-type") ?? "").startsWith("application/problem+json") && answer.json?.status === answer.status;
      findings.check(`${what} is answered with problem+json that has detail and reason`, isProblem && !!answer.json.detail && /^[A-Z][A-Z0-9_]*$/.test(answer.json.reason ?? ""), answer.text.slice(0, 120));
    }
  }
  const violations = cases["a body that breaks a rule"][1].json?.violations;
  findings.check("a broken rule names its field", Array.isArray(violations) && violations.every(({ field, problem }) => field && problem) && violations.length > 0, "violations: [{field, problem}] is missing");
  findings.check("what was refused changed nothing", (await service.ask("GET", read, { token })).text === before, "reading gives something else than before");
}
