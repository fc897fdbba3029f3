// What an integrator would write first, against the client generated from /openapi.json; run by judge.mjs.
import assert from "node:assert/strict";
import { client } from "./client/client.gen.js";
import * as ecosystem from "./client/index.js";

const [gateway] = process.argv.slice(2);
client.setConfig({ baseUrl: gateway, auth: () => process.env.ACCESS_TOKEN });

const wanted: ecosystem.EcosystemCatalogV1Competence = {
  title: { values: { en: "Segmentation of images (generated client)" } },
  description: { values: { en: "Marks findings in images." } },
  methods: ["segmentation"],
  evidence: [{ kind: "KIND_BENCHMARK", statement: "An example.", url: "https://competence.example/" }],
};

const created = await ecosystem.competenceServiceCreateCompetence({ body: wanted });
assert.equal(created.response?.status, 200, JSON.stringify(created.error));
const id: string = created.data!.id!;
assert.match(id, /^[0-9a-f-]{36}$/);
console.log("kept: with a token a competence is registered");

const read = await ecosystem.competenceServiceGetCompetence({ path: { id } });
assert.deepEqual(read.data?.title, wanted.title);
assert.equal(read.response?.headers.get("etag"), `"${read.data?.etag}"`);
console.log("kept: it is read back by its id");

let found = 0;
let pageToken: string | undefined;
do {
  const page = await ecosystem.competenceServiceListCompetences({ query: { providerId: "partner-beispiel", pageSize: 100, pageToken } });
  assert.equal(page.response?.status, 200, JSON.stringify(page.error));
  found += page.data!.competences!.filter((competence) => competence.id === id).length;
  pageToken = page.data!.page?.nextPageToken;
} while (pageToken);
assert.equal(found, 1);
console.log("kept: reading all pages finds it once");

const refused = await ecosystem.competenceServiceCreateCompetence({ body: { methods: ["segmentation"] } });
const problem: ecosystem.Problem = refused.error!;
assert.equal(refused.response?.headers.get("content-type"), "application/problem+json");
assert.equal(problem.status, 400);
assert.ok(problem.violations?.some((violation) => violation.field === "competence.title"), JSON.stringify(problem));
console.log("kept: a refusal is a problem that names the wrong fields");

const late = await ecosystem.competenceServiceUpdateCompetence({
  path: { id },
  query: { updateMask: "methods" },
  headers: { "If-Match": '"of-yesterday"' },
  body: { methods: ["classification"] },
});
assert.equal(late.error?.reason, "ETAG_MISMATCH", JSON.stringify(late.error));
assert.equal(late.error?.metadata?.etag, read.data?.etag);
console.log("kept: a change of what somebody else changed is refused with the current etag");

client.setConfig({ auth: undefined });
const nobody = await ecosystem.competenceServiceCreateCompetence({ body: wanted });
assert.deepEqual([nobody.error?.status, nobody.error?.reason], [401, "TOKEN_MISSING"]);
console.log("kept: without a token nothing is registered");
