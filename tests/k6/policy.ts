// Policies: own agreements and the head of the ledger, REST and gRPC in turn. Decisions are part of the main job.
import { get } from "./lib/calls.ts";
import { invoke } from "./lib/grpc.ts";
import { options as of } from "./lib/profiles.ts";
import { turn } from "./lib/records.ts";
import { summary } from "./lib/summary.ts";

export const options = of({ p95: 150, p99: 400 });
export const handleSummary = summary("policy");

export default function (): void {
  if (turn() % 2 === 0) {
    get("/policy/v1/agreements?pageSize=20", { method: "ListAgreements", as: "developer" });
    get("/policy/v1/ledger/checkpoint", { method: "GetCheckpoint", as: "developer" });
  } else {
    invoke("ecosystem.policy.v1.AgreementService/ListAgreements", { page_size: 20 }, "developer");
  }
}
