// The catalogue as people use it: search and look nine times, register once. REST and gRPC in turn.
import { has } from "./lib/identity.ts";
import { get, post } from "./lib/calls.ts";
import { invoke } from "./lib/grpc.ts";
import { options as of } from "./lib/profiles.ts";
import { newCompetence, turn, word } from "./lib/records.ts";
import { summary } from "./lib/summary.ts";

export const options = of({ p95: 200, p99: 500 });
export const handleSummary = summary("catalog");

export default function (): void {
  if (turn() % 10 === 0 && has("developer")) {
    post("/catalog/v1/competences", { method: "CreateCompetence", as: "developer", body: newCompetence() });
  } else if (turn() % 2 === 0) {
    const found = get(`/catalog/v1/data-assets:search?query=${encodeURIComponent(word())}`, { method: "SearchDataAssets" });
    const first = (found.json() as { hits?: { dataAsset?: { id: string } }[] }).hits?.[0]?.dataAsset?.id;
    if (first) get(`/catalog/v1/data-assets/${first}`, { method: "GetDataAsset" });
  } else {
    invoke("ecosystem.catalog.v1.DataAssetService/SearchDataAssets", { query: word() });
    invoke("ecosystem.catalog.v1.CompetenceService/ListCompetences", { page_size: 20 });
  }
}
