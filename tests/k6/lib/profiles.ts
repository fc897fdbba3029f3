// The five profiles, the same for every script. Arrivals are open: a slow answer does not slow the next call down, as with people.
import type { Options, Scenario, Threshold } from "k6/options";
import { profile, rate, region } from "./settings.ts";

type Limits = {
  /** Milliseconds that 95 and 99 of 100 calls may take. */
  p95: number;
  p99: number;
  /** A heavier script (the main job) gets fewer calls per second: 0.02 of RATE. */
  share?: number;
};

/** Options of a script: scenario and thresholds of the chosen profile. */
export function options(limits: Limits): Options {
  const perSecond = Math.max(1, Math.round(rate * (limits.share ?? 1)));
  const scenario = scenarios(perSecond)[profile];
  if (!scenario) throw new Error(`PROFILE is ${profile}; it must be one of ${Object.keys(scenarios(1)).join(", ")}.`);
  return {
    scenarios: { [profile]: scenario },
    thresholds: thresholds(limits),
    tags: { region, profile },
    summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
    userAgent: `ecosystem-k6/${profile}`,
  };
}

function scenarios(perSecond: number): Record<string, Scenario> {
  const users = { preAllocatedVUs: Math.min(200, perSecond * 2), maxVUs: Math.min(2000, perSecond * 20) };
  const open = { executor: "ramping-arrival-rate" as const, timeUnit: "1s", ...users };
  return {
    // Does it work at all?
    smoke: { executor: "shared-iterations", vus: 1, iterations: 5, maxDuration: "2m" },
    // An ordinary busy day.
    load: {
      ...open,
      startRate: 1,
      stages: [
        { target: perSecond, duration: "1m" },
        { target: perSecond, duration: "5m" },
        { target: 0, duration: "30s" },
      ],
    },
    // The evening news names the platform: ten times as much within ten seconds, and back.
    spike: {
      ...open,
      startRate: perSecond,
      stages: [
        { target: perSecond, duration: "1m" },
        { target: perSecond * 10, duration: "10s" },
        { target: perSecond * 10, duration: "1m" },
        { target: perSecond, duration: "10s" },
        { target: perSecond, duration: "2m" },
      ],
    },
    // What only shows after hours: memory, connections, files.
    soak: { executor: "constant-arrival-rate", rate: perSecond, timeUnit: "1s", duration: __ENV.DURATION ?? "4h", ...users },
    // Where does it end? Stops at the first threshold that is missed.
    breakpoint: { ...open, startRate: perSecond, stages: [{ target: perSecond * 50, duration: "20m" }] },
  };
}

function thresholds(limits: Limits): Record<string, Threshold[]> {
  const abortOnFail = profile === "breakpoint";
  // At ten times the usual load calls may be slow or turned away (429), but nothing may break.
  const patience = profile === "spike" ? 4 : 1;
  const within = (metric: string): Record<string, Threshold[]> => ({
    [`${metric}{step:work}`]: [
      { threshold: `p(95)<${limits.p95 * patience}`, abortOnFail, delayAbortEval: "30s" },
      { threshold: `p(99)<${limits.p99 * patience}`, abortOnFail, delayAbortEval: "30s" },
    ],
  });
  return {
    ...within("http_req_duration"),
    ...within("grpc_req_duration"),
    checks: [{ threshold: profile === "spike" ? "rate>0.9" : "rate>0.999", abortOnFail, delayAbortEval: "30s" }],
    // Answers 5xx and broken connections: never, not even at the spike.
    broken: [{ threshold: "count<1", abortOnFail: false }],
  };
}
