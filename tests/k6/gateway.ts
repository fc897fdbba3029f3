// The public door itself: what it answers alone, what it passes on, and what it turns away.
import { get } from "./lib/calls.ts";
import { options as of } from "./lib/profiles.ts";
import { word } from "./lib/records.ts";
import { summary } from "./lib/summary.ts";

export const options = of({ p95: 100, p99: 300 });
export const handleSummary = summary("gateway");

export default function (): void {
  get("/health", { method: "health" });
  get(`/catalog/v1/data-assets:search?query=${encodeURIComponent(word())}&pageSize=5`, { method: "SearchDataAssets" });
  get("/policy/v1/agreements", { method: "ListAgreements without a token", expected: [401] });
}
