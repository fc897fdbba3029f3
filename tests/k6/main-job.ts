// The main job from end to end: register data with terms and a competence, be proposed to each other, agree, decide a use.
// From the agreement on it needs an analyst and a reviewer of other organisations; without them it ends before.
import { check, sleep } from "k6";
import { has } from "./lib/identity.ts";
import { get, post } from "./lib/calls.ts";
import { options as of } from "./lib/profiles.ts";
import { newCompetence, newDataAsset, researchOnly } from "./lib/records.ts";
import { summary } from "./lib/summary.ts";

const research = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.e";

export const options = of({ p95: 400, p99: 1000, share: 0.02 });
export const handleSummary = summary("main-job");

type Identified = { id: string };

export default function (): void {
  const asset = post("/catalog/v1/data-assets", { method: "CreateDataAsset", as: "holder", body: newDataAsset() }).json() as Identified;
  post(`/catalog/v1/data-assets/${asset.id}:attachOffer`, { method: "AttachOffer", as: "holder", body: { policyJson: researchOnly() } });
  post("/catalog/v1/competences", { method: "CreateCompetence", as: "developer", body: newCompetence() });

  const proposals = `/matching/v1/data-assets/${asset.id}/proposals?purpose=${encodeURIComponent(research)}`;
  const known = eventually(() => get(proposals, { method: "ProposeCompetences", as: "holder", expected: [200, 404] }).status === 200);
  check(known, { "matching hears of it within a minute": (it) => it });

  if (!has("analyst") || !has("reviewer")) return;
  const agreement = request(asset.id);
  if (!agreement) return;
  post(`/policy/v1/agreements/${agreement}:review`, { method: "ReviewAgreement", as: "reviewer", body: { verdict: "VERDICT_APPROVED", comment: "Load test." } });
  post(`/policy/v1/agreements/${agreement}:confirm`, { method: "ConfirmAgreement", as: "holder" });
  const decision = post("/policy/v1/decisions", {
    method: "Decide",
    as: "analyst",
    body: { agreementId: agreement, dataAssetId: asset.id, action: "use", purpose: research },
  }).json() as { permitted?: boolean };
  check(decision, { "the use is permitted": (it) => it.permitted === true });
}

/** Asks for an agreement until policy has heard of the terms. */
function request(asset: string): string | undefined {
  const start = new Date(Date.now() - 60_000);
  const body = {
    dataAssetId: asset,
    question: "Lassen sich Befunde früher erkennen? (Lasttest)",
    purpose: research,
    legalBasis: "GDPR Art. 6(1)(e), Art. 9(2)(j)",
    period: { start: start.toISOString(), end: new Date(start.getTime() + 86_400_000).toISOString() },
  };
  let agreement: string | undefined;
  eventually(() => {
    const answer = post("/policy/v1/agreements", { method: "RequestAgreement", as: "analyst", body, expected: [200, 400, 404] });
    if (answer.status === 200) agreement = (answer.json() as Identified).id;
    return answer.status === 200;
  });
  return agreement;
}

/** Tries for a minute: news between services takes its time. */
function eventually(attempt: () => boolean): boolean {
  for (let tries = 0; tries < 60; tries++) {
    if (attempt()) return true;
    sleep(1);
  }

  return false;
}
