// What a run is told: k6 run -e PROFILE=load -e ECOSYSTEM=https://ruhr.example ...

/** Address of REST at the public door. */
export const ecosystem = (__ENV.ECOSYSTEM ?? "http://localhost:8080").replace(/\/$/, "");

/** Address of gRPC at the public door: host:port. */
export const grpcAddress = __ENV.GRPC ?? "localhost:8081";

/** Whether gRPC is without TLS. */
export const grpcPlaintext = (__ENV.GRPC_PLAINTEXT ?? String(ecosystem.startsWith("http://"))) === "true";

/** Address of the identity provider, without /realms. */
export const identity = (__ENV.IDENTITY ?? "http://localhost:8180").replace(/\/$/, "");

/** The region under test; every measurement carries it. */
export const region = __ENV.REGION ?? "ruhr";

/** How much: smoke, load, spike, soak or breakpoint. */
export const profile = __ENV.PROFILE ?? "smoke";

/** Calls per second of the profile "load"; the others follow from it. */
export const rate = Number(__ENV.RATE ?? "50");

/** Where the contracts are, for gRPC. */
export const contracts = __ENV.CONTRACTS ?? "../../services/common/Contracts/proto";
