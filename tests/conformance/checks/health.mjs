/** What Kubernetes, the gateway and the sidecar ask. */
export async function health(service, findings) {
  for (const path of ["/health", "/alive"]) {
    const answer = await service.ask("GET", path);
    findings.check(`GET ${path} answers 200 without a token`, answer.status === 200, `${answer.status}`);
  }
}
