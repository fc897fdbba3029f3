// Plays a script for a few iterations in Node, where k6 itself cannot be had: node play.mjs <folder of the scripts> <script> <iterations>.
// It shows that addresses, bodies, checks and field names are right; it measures nothing. What the scripts use of k6 is done here by
// curl and grpc-js, one call after the other.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);

if (process.argv[2] === "--grpc") {
  await onecall(JSON.parse(readFileSync(0, "utf8")));
  process.exit(0);
}

const [folder, script, iterations] = process.argv.slice(2);
const stage = mkdtempSync(join(tmpdir(), "ecosystem-k6-"));
try {
  await play();
} finally {
  rmSync(stage, { recursive: true });
}

async function play() {
  const state = { iteration: 0, checks: { right: 0, wrong: [] }, calls: 0, broken: 0 };
  globalThis.__ENV = process.env;
  globalThis.open = (path) => readFileSync(resolve(folder, "lib", path), "utf8");
  globalThis.k6 = modules(state);
  for (const file of [...readdirSync(folder), ...readdirSync(join(folder, "lib")).map((name) => `lib/${name}`)].filter((name) => name.endsWith(".ts"))) {
    writeFileSync(join(stage, file.replace("/", "-").replace(/\.ts$/, ".mjs")), translate(readFileSync(join(folder, file), "utf8"), file.startsWith("lib/")));
  }

  const it = await import(pathToFileURL(join(stage, script.replace(/\.ts$/, ".mjs"))));
  const given = it.setup?.();
  for (; state.iteration < Number(iterations); state.iteration++) it.default(given);
  const [name, summary] = Object.entries(it.handleSummary({ metrics: { checks: { values: { rate: 1 } } }, state: { testRunDurationMs: 1 } }))[0];
  if (name !== "stdout" || !summary.includes("every goal was met")) state.checks.wrong.push(`summary: ${summary}`);
  if (Object.keys(it.options.scenarios).length !== 1 || !it.options.thresholds.checks) state.checks.wrong.push("options");

  for (const wrong of state.checks.wrong) console.log(`WRONG ${wrong}`);
  console.log(`${script}: ${state.calls} calls, ${state.checks.right} checks right, ${state.checks.wrong.length} wrong, ${state.broken} broken`);
  process.exitCode = state.checks.wrong.length === 0 && state.broken === 0 && state.checks.right > 0 ? 0 : 1;
}

// TypeScript to JavaScript; files of lib/ lie beside the scripts as lib-<name>.mjs; modules of k6 are those below.
function translate(source, inLibrary) {
  const { transpileModule, ModuleKind, ScriptTarget } = require("typescript");
  const code = transpileModule(source, { compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, verbatimModuleSyntax: false } }).outputText;
  return code
    .replace(/from "\.\/lib\/(\w[\w-]*)\.ts"/g, 'from "./lib-$1.mjs"')
    .replace(/from "\.\/(\w[\w-]*)\.ts"/g, inLibrary ? 'from "./lib-$1.mjs"' : 'from "./$1.mjs"')
    .replace(/import (?:(\w+)(?:, )?)?(?:(\{[^}]*\}) )?\s*from "(k6[^"]*)";/g, (_, whole, parts, name) =>
      [whole && `const ${whole} = globalThis.k6["${name}"];`, parts && `const ${parts} = globalThis.k6["${name}"];`].filter(Boolean).join("\n"));
}

function modules(state) {
  const http = {
    get: (url, parameters) => curl("GET", url, undefined, parameters),
    post: (url, body, parameters) => curl("POST", url, typeof body === "string" ? body : new URLSearchParams(body).toString(), parameters),
    expectedStatuses: () => undefined,
  };
  const codes = { StatusOK: 0, StatusUnknown: 2, StatusDeadlineExceeded: 4, StatusResourceExhausted: 8, StatusInternal: 13, StatusUnavailable: 14, StatusDataLoss: 15 };
  class Client {
    load(roots, ...files) {
      this.roots = roots.map((root) => resolve(folder, root));
      this.files = [...(this.files ?? []), ...files];
    }
    connect(address) {
      this.address = address;
    }
    invoke(method, message, { metadata }) {
      state.calls++;
      const call = { roots: this.roots, files: this.files, address: this.address, method, message, metadata };
      const ending = spawnSync(process.execPath, [process.argv[1], "--grpc"], { input: JSON.stringify(call), encoding: "utf8" });
      if (ending.status !== 0) throw new Error(ending.stderr);
      return JSON.parse(ending.stdout);
    }
  }
  return {
    k6: {
      check: (value, conditions) => Object.entries(conditions).every(([name, holds]) => {
        const right = Boolean(holds(value));
        right ? state.checks.right++ : state.checks.wrong.push(`${name}: ${value?.status ?? ""} ${JSON.stringify(value?.body ?? value)}`.slice(0, 600));
        return right;
      }),
      sleep: (seconds) => execFileSync("sleep", [String(seconds)]),
    },
    "k6/http": http,
    "k6/net/grpc": { Client, ...codes },
    "k6/metrics": { Counter: class { add(count) { state.broken += count; } } },
    "k6/data": { SharedArray: function (_, make) { return make(); } },
    "k6/execution": { scenario: { get iterationInTest() { return state.iteration; }, startTime: Date.now() }, vu: { idInTest: 1 } },
    "k6/options": {},
  };

  function curl(method, url, body, { headers = {} } = {}) {
    state.calls++;
    const given = typeof body === "string" ? ["--data-binary", "@-"] : [];
    const named = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
    const said = spawnSync("curl", ["-s", "-X", method, ...named, ...given, "-w", "\n%{http_code}", url], { input: body ?? "", encoding: "utf8" }).stdout;
    const end = said.lastIndexOf("\n");
    const answer = { status: Number(said.slice(end + 1)), body: said.slice(0, end) };
    return { ...answer, json: () => JSON.parse(answer.body) };
  }
}

async function onecall({ roots, files, address, method, message, metadata }) {
  const grpc = require("@grpc/grpc-js");
  const definition = require("@grpc/proto-loader").loadSync(files, { includeDirs: roots, keepCase: true, longs: String, enums: String });
  const [service, name] = method.split("/");
  const { path, requestSerialize, responseDeserialize } = definition[service][name];
  const client = new grpc.Client(address, grpc.credentials.createInsecure());
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  const answer = await new Promise((done) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, message, sent, (error, reply) =>
      done(error ? { status: error.code, error: { message: error.details } } : { status: 0, message: reply })));
  client.close();
  console.log(JSON.stringify(answer));
}
