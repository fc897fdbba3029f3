import { eventually } from "../service-under-check.mjs";

/** Tokens were sent and refused by now; none of it may be in the log. */
export async function secrets(service, findings) {
  findings.check("no token is in what it logs", !service.said.includes("eyJ") && !service.said.includes(service.sidecarToken));
}

/** A copy that is replaced: not ready at once, answering until others have noticed, gone with exit code 0. */
export async function stop(service, findings, issuer) {
  const { audience, read, write } = service.partner;
  const token = issuer.token(audience, { roles: write.roles });
  const ended = service.terminate();
  const noticed = await eventually("readiness is off", async () => (await service.ask("GET", "/health")).status === 503).then(() => true, () => false);
  findings.check("asked to stop, GET /health answers 503 before it goes", noticed, "it was gone at once, or said that it is well");
  const late = noticed ? await service.ask("GET", read, { token }).catch((failure) => ({ status: failure.message })) : { status: "gone" };
  findings.check("while it takes its leave it still answers (Drain__Pause)", late.status === 200, `${late.status}`);
  if (late.status === 200) findings.check("its answers then say x-draining, so that the gateway turns away", !!late.headers.get("x-draining"));
  const code = await ended;
  findings.check("it then ends by itself with exit code 0", code === 0, code === undefined ? "it was still there after 40 s" : `${code}`);
}
