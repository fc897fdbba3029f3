const methods = ["get", "put", "post", "delete", "patch"];

/** OpenAPI 3 at /openapi.json, complete enough to generate a client from, everything under a path and version of its own. */
export async function description(service, findings) {
  const { status, json } = await service.ask("GET", "/openapi.json");
  if (!findings.check("GET /openapi.json describes it in OpenAPI 3", status === 200 && /^3\./.test(json?.openapi ?? ""), `${status}`)) return;

  const operations = Object.entries(json.paths ?? {}).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  const told = (bad) => bad.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(", ");
  const elsewhere = operations.filter(({ path }) => !new RegExp(`^/${service.partner.name}/v\\d+(/|$)`).test(path));
  findings.check(`every path begins with /${service.partner.name}/v<number>/`, operations.length > 0 && elsewhere.length === 0, told(elsewhere) || "no path at all");
  const nameless = operations.filter(({ operationId, summary, description }) => !operationId || !(summary || description));
  findings.check("every operation has an operationId and a summary", nameless.length === 0, told(nameless));
  const open = operations.filter(({ security }) => (security ?? json.security) === undefined);
  findings.check("every operation says whether it needs a token (security)", open.length === 0, told(open));
  const silent = operations.filter(({ responses = {} }) => !Object.keys(responses).some((code) => /^(default|4)/.test(code)));
  findings.check("every operation describes its refusals", silent.length === 0, told(silent));
  const { read, write } = service.partner;
  const missing = [["get", read], ["post", write.path]].filter(([method, path]) => !json.paths?.[path]?.[method]);
  findings.check("the operations of conformance.json are described", missing.length === 0, missing.map(([method, path]) => `${method.toUpperCase()} ${path}`).join(", "));
}
