// One REST call: measured under the name of its method, checked, and counted as broken when the platform is at fault.
import { check } from "k6";
import http, { type RefinedResponse } from "k6/http";
import { Counter } from "k6/metrics";
import { ecosystem } from "./settings.ts";
import { type Role, tokenOf } from "./identity.ts";

export const broken = new Counter("broken");

type Call = {
  /** Name of the method in the contract, e.g. SearchDataAssets; ids in addresses would give each call a series of its own. */
  method: string;
  as?: Role;
  body?: unknown;
  /** Statuses that are right; 200 by default. */
  expected?: number[];
};

/** Reads. */
export function get(path: string, call: Call): RefinedResponse<"text"> {
  return judge(call, http.get(ecosystem + path, parameters(call)));
}

/** Changes. */
export function post(path: string, call: Call): RefinedResponse<"text"> {
  return judge(call, http.post(ecosystem + path, JSON.stringify(call.body ?? {}), parameters(call)));
}

function parameters(call: Call) {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (call.as) headers["Authorization"] = `Bearer ${tokenOf(call.as)}`;
  return { headers, tags: { step: "work", name: call.method }, responseType: "text" as const, responseCallback: http.expectedStatuses(...(call.expected ?? [200]), 429) };
}

function judge(call: Call, answer: RefinedResponse<"text">): RefinedResponse<"text"> {
  const right = check(answer, { [`${call.method} answers`]: (it) => (call.expected ?? [200]).includes(it.status) });
  if (!right && (answer.status === 0 || answer.status >= 500)) broken.add(1, { name: call.method });
  if (!right && answer.status !== 429) console.error(`${call.method}: ${answer.status} ${String(answer.body).slice(0, 300)}`);
  return answer;
}
