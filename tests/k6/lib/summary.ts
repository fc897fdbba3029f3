// The end of a run: one table for people, and everything as JSON for comparison with the run before.
import { profile, region } from "./settings.ts";

type Metric = { values: Record<string, number>; thresholds?: Record<string, { ok: boolean }> };
type Data = { metrics: Record<string, Metric>; state: { testRunDurationMs: number } };

/** For `export function handleSummary`. */
export function summary(script: string) {
  return (data: Data): Record<string, string> => ({
    stdout: text(script, data),
    [`${script}-${profile}-${region}.json`]: JSON.stringify(data, null, 2),
  });
}

function text(script: string, { metrics, state }: Data): string {
  const lines = ["", `${script}, ${profile}, ${region}: ${Math.round(state.testRunDurationMs / 1000)} s`];
  for (const [label, metric] of [["REST", "http_req_duration{step:work}"], ["gRPC", "grpc_req_duration{step:work}"]] as const) {
    const it = metrics[metric]?.values;
    if (it?.["max"]) lines.push(`  ${label}  median ${ms(it["med"])}  95% ${ms(it["p(95)"])}  99% ${ms(it["p(99)"])}  longest ${ms(it["max"])}`);
  }

  lines.push(`  calls    ${perSecond(metrics["http_reqs"])} REST/s, iterations ${perSecond(metrics["iterations"])}/s, not started ${metrics["dropped_iterations"]?.values["count"] ?? 0}`);
  lines.push(`  right    ${((metrics["checks"]?.values["rate"] ?? 0) * 100).toFixed(2)} %, broken ${metrics["broken"]?.values["count"] ?? 0}`);
  const missed = Object.entries(metrics).flatMap(([name, it]) =>
    Object.entries(it.thresholds ?? {}).filter(([, threshold]) => !threshold.ok).map(([threshold]) => `${name} ${threshold}`),
  );
  lines.push(missed.length === 0 ? "  every goal was met" : `  MISSED: ${missed.join("; ")}`, "");
  return lines.join("\n");
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(1)} ms`;
}

function perSecond(metric: Metric | undefined): string {
  return (metric?.values["rate"] ?? 0).toFixed(1);
}
