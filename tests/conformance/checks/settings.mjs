/** Wrong settings are told at the start, by name, instead of failing later. */
export async function settings(service, findings) {
  const { code, said } = await service.startWithout("Keycloak__auth-server-url");
  findings.check("without a setting it needs it does not start", typeof code === "number" && code !== 0, code === undefined ? "it ran on without Keycloak__auth-server-url" : `it ended with ${code}`);
  findings.check("it names the setting that is missing", said.includes("Keycloak__auth-server-url"), "neither output names Keycloak__auth-server-url");
}
