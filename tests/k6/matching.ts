// Matching: partners for competences that are there, for research. One competence of its own, so that it works on an empty region.
import { sleep } from "k6";
import { has } from "./lib/identity.ts";
import { get, post } from "./lib/calls.ts";
import { invoke } from "./lib/grpc.ts";
import { options as of } from "./lib/profiles.ts";
import { newCompetence, turn } from "./lib/records.ts";
import { summary } from "./lib/summary.ts";

const research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";

export const options = of({ p95: 300, p99: 800 });
export const handleSummary = summary("matching");

type Setup = { competence: string };

export function setup(): Setup {
  if (!has("developer")) throw new Error("Matching needs somebody to ask: set INTEGRATOR_SECRET.");
  const { id } = post("/catalog/v1/competences", { method: "CreateCompetence", as: "developer", body: newCompetence() }).json() as { id: string };
  for (let attempt = 0; attempt < 30; attempt++) {
    if (get(address(id), { method: "ProposeDataAssets", as: "developer", expected: [200, 404] }).status === 200) return { competence: id };
    sleep(1); // its news is on the way
  }

  throw new Error("Matching has not heard of the new competence within 30 seconds.");
}

export default function ({ competence }: Setup): void {
  if (turn() % 2 === 0) get(address(competence), { method: "ProposeDataAssets", as: "developer" });
  else invoke("ecosystem.matching.v1.ProposalService/ProposeDataAssets", { competence_id: competence, purpose: research, max_results: 10 }, "developer");
}

function address(competence: string): string {
  return `/matching/v1/competences/${competence}/proposals?purpose=${encodeURIComponent(research)}&maxResults=10`;
}
