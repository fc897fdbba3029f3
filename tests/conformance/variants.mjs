// Does the check find what is wrong? node variants.mjs: the example is broken in one place at a time, and the check has to name that place.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const variants = [
  ["settings.mjs", "process.exit(1);", "", "without a setting it needs it does not start"],
  ["service.mjs", '"GET /openapi.json": () => openapi,', "", "GET /openapi.json describes it in OpenAPI 3"],
  ["openapi.json", '"security": [{ "ecosystem": [] }],', "", "every operation says whether it needs a token (security)"],
  ["openapi.json", '"operationId": "listNotes", ', "", "every operation has an operationId and a summary"],
  ["service.mjs", '"GET /notes/v1/notes": async (request) => {\n    await tokens.require(request);', '"GET /notes/v1/notes": async () => {', "no token is refused with 401"],
  ["tokens.mjs", "![claims.aud].flat().includes(this.#settings.audience)", "false", "a token for another service is refused with 401"],
  ["tokens.mjs", "claims.iss !== this.#settings.issuer", "false", "a token of another issuer is refused with 401"],
  ["tokens.mjs", "!(claims.exp > Date.now() / 1000 - skewSeconds)", "false", "an expired token is refused with 401"],
  ["tokens.mjs", "if (!key ||", "if (header.alg !== \"none\" && (!key ||", "an unsigned token (alg none) is refused with 401", [["Buffer.from(parts[2], \"base64url\")))", "Buffer.from(parts[2], \"base64url\"))))"]]],
  ["tokens.mjs", "!verify(", "!Boolean(", "a token signed by a stranger is refused with 401"],
  ["tokens.mjs", "roles.length && !roles.some", "false && !roles.some", "a caller without the role is refused with 403"],
  ["http.mjs", "application/problem+json", "application/json", "an unknown path is answered with problem+json that has detail and reason"],
  ["http.mjs", '.setHeader("WWW-Authenticate", "Bearer")', "", "a 401 says how to sign in (WWW-Authenticate: Bearer)"],
  ["http.mjs", "if (unknown.length)", "if (false)", "an unknown member is refused with 400"],
  ["service.mjs", "{ violations });", "{});", "a broken rule names its field"],
  ["service.mjs", "if (violations.length) throw", "await store.addNote({});\n    if (violations.length) throw", "what was refused changed nothing"],
  ["conformance.json", '"grpc": { "service": "notes.v1.NoteService", "read": "ListNotes", "write": "AddNote", "wrong": "" },', "", "conformance.json says what is served over gRPC, or that nothing is"],
  ["service.mjs", '"notes.v1.NoteService/ListNotes": async (_, headers) => {\n    await tokens.require({ headers });', '"notes.v1.NoteService/ListNotes": async () => {', "gRPC: a call without a token is refused with UNAUTHENTICATED"],
  ["reflection.mjs", "const [serving, notServing] = [1, 2]", "const [serving, notServing] = [2, 2]", "gRPC health says SERVING, to anybody"],
  ["reflection.mjs", "return field(6, field(1, field(1, service)))", 'return field(6, "")', "gRPC reflection names the service"],
  ["reflection.mjs", "return field(4, field(1, file))", 'return field(4, "")', "gRPC reflection describes its methods"],
  ["grpc.mjs", "new Problem(501,", "new Problem(404,", "gRPC: an unknown method is refused with UNIMPLEMENTED"],
  ["grpc.mjs", "403: 7", "403: 16", "gRPC: a caller without the role is refused with PERMISSION_DENIED"],
  ["grpc.mjs", ', "grpc-status-details-bin": status.toString("base64")', "", "gRPC: a call without a token is told why (grpc-message, google.rpc.Status with ErrorInfo)"],
  ["grpc.mjs", "violations.length ?", "false ?", "gRPC: a broken rule names its field (google.rpc.BadRequest)"],
  ["grpc.mjs", '"content-type": "application/grpc", ...draining, ...refusal(failure)', '":status": 400, "content-type": "application/grpc", ...draining, ...refusal(failure)', "gRPC: refusals are answers (HTTP 200), so that clients read their status"],
  ["events.mjs", ', deadLetterTopic: "catalog.data-assets-dead"', "", "what cannot be applied has somewhere to go (deadLetterTopic)"],
  ["service.mjs", 'request.headers["dapr-api-token"] !== settings.appApiToken', "false", "an event from somebody without the sidecar's token is refused"],
  ["store.mjs", "if (kept.applied[event]) return;", "", "the same event again has no further effect"],
  ["store.mjs", "kept.applied[event] = true;", "this.marks = { ...this.marks, [event]: true };", "after a restart the same event has no further effect", [["if (kept.applied[event])", "if (this.marks?.[event])"]]],
  ["store.mjs", "const kept = structuredClone(before);", "const kept = before; await new Promise((soon) => setTimeout(soon, 50));", "after a restart it knows what it knew", [["await rename(`${this.#file}.new`, this.#file);", ""]]],
  ["events.mjs", 'if (!handle) return "SUCCESS";', 'if (!handle) return "RETRY";', "an event of an unknown type is acknowledged"],
  ["events.mjs", 'return "RETRY";', 'return "SUCCESS";', "an event that cannot be applied is RETRY or DROP, never 404"],
  ["events.mjs", 'return "DROP";', 'return "SUCCESS";', "what is no CloudEvent is not acknowledged as applied"],
  ["tokens.mjs", "const parts = token", "console.log(token);\n    const parts = token", "no token is in what it logs"],
  ["service.mjs", "stopping = true;\n", "", "asked to stop, GET /health answers 503 before it goes"],
  ["service.mjs", 'answer.setHeader("x-draining", "1").setHeader("Connection", "close")', "answer", "its answers then say x-draining, so that the gateway turns away"],
  ["service.mjs", "process.exit(0)", "process.exit(3)", "it then ends by itself with exit code 0"],
];

let overlooked = 0;
const waiting = [...variants];
await Promise.all([1, 2, 3, 4].map(async () => {
  for (let variant; (variant = waiting.shift()); ) if (!(await isFound(...variant))) overlooked++;
}));
console.log(`${variants.length - overlooked} of ${variants.length} broken variants were found.`);
process.exit(overlooked ? 1 : 0);

async function isFound(file, intact, broken, rule, more = []) {
  const folder = await mkdtemp(join(tmpdir(), "conformance-variant-"));
  try {
    await cp(here("example"), folder, { recursive: true });
    let text = await readFile(join(folder, file), "utf8");
    for (const [from, to] of [[intact, broken], ...more]) {
      if (!text.includes(from)) throw new Error(`${file} has no '${from}' any more; correct variants.mjs`);
      text = text.replaceAll(from, to);
    }
    await writeFile(join(folder, file), text);
    const output = await run(folder);
    const found = output.split("\n").some((line) => line.startsWith(`MISSING ${rule}`));
    console.log(found ? `found: ${rule}` : `OVERLOOKED: ${rule}\n${output}`);
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(folder) {
  return new Promise((ended) => {
    let output = "";
    const check = spawn(process.execPath, [here("check.mjs"), folder], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [check.stdout, check.stderr]) stream.on("data", (text) => (output += text));
    check.once("exit", () => ended(output));
  });
}
