// The partner's service as a process of its own, with the settings that the chart would give it.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const patience = 60_000;

export class Service {
  #process;
  #exit;
  #state;
  #grpcPort;
  said = "";
  sidecarToken = randomBytes(24).toString("hex");

  constructor(partner, folder, issuer) {
    Object.assign(this, { partner, folder, issuer });
  }

  async settings() {
    this.port ??= await freePort();
    this.#grpcPort ??= await freePort();
    this.#state ??= await mkdtemp(join(tmpdir(), "conformance-"));
    return {
      APP_ID: this.partner.name,
      REGION: "ruhr",
      Kestrel__Endpoints__http__Url: `http://127.0.0.1:${this.port}`,
      Kestrel__Endpoints__grpc__Url: this.grpcAddress,
      "Keycloak__auth-server-url": this.issuer.address,
      Keycloak__realm: "ecosystem",
      Keycloak__resource: this.partner.audience,
      "Keycloak__ssl-required": "none",
      APP_API_TOKEN: this.sidecarToken,
      Storage__Path: this.#state,
      Drain__Pause: "00:00:02",
    };
  }

  get grpcAddress() {
    return `http://127.0.0.1:${this.#grpcPort}`;
  }

  async start() {
    this.#spawn(await this.settings());
    await eventually("it answers GET /health with 200", async () => {
      if (this.#process.exitCode !== null) throw new Error(`it ended with exit code ${this.#process.exitCode}: ${this.said.slice(-500)}`);
      return (await this.ask("GET", "/health")).status === 200;
    });
  }

  /** Starts it without one setting; what it said and how it ended, or undefined when it did not end by itself. */
  async startWithout(setting) {
    const { [setting]: _, ...others } = await this.settings();
    this.#spawn(others);
    const code = await Promise.race([this.#exit, new Promise((late) => setTimeout(late, 10_000).unref())]);
    const said = this.said;
    await this.end(false);
    return { code, said };
  }

  /** Sends SIGTERM; resolves with the exit code, or undefined when it takes longer than a sidecar would wait. */
  terminate() {
    this.#process.kill("SIGTERM");
    return Promise.race([this.#exit, new Promise((late) => setTimeout(late, 40_000).unref())]);
  }

  async end(forGood = true) {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill("SIGKILL");
      await this.#exit;
    }
    if (forGood && this.#state) await rm(this.#state, { recursive: true, force: true });
  }

  /** A request without retries; answers have status, headers and body as text. */
  async ask(method, path, { token, body, headers = {} } = {}) {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
  }

  deliver(route, event, token = this.sidecarToken) {
    return this.ask("POST", route, { body: event, headers: { "Content-Type": "application/cloudevents+json", ...(token ? { "dapr-api-token": token } : {}) } });
  }

  #spawn(environment) {
    const [program, ...arguments_] = this.partner.start;
    const inherited = Object.fromEntries(["PATH", "HOME", "LANG", "TMPDIR"].filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
    this.#process = spawn(program, arguments_, { cwd: this.folder, env: { ...inherited, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on("data", (text) => (this.said += text));
    this.#exit = new Promise((ended) => this.#process.once("exit", (code, signal) => ended(code ?? signal)));
  }
}

export async function eventually(what, holds) {
  const deadline = Date.now() + patience;
  let last = "";
  while (Date.now() < deadline) {
    try {
      if (await holds()) return;
    } catch (failure) {
      last = failure.message;
      if (/^it ended/.test(last)) break;
    }
    await new Promise((pause) => setTimeout(pause, 50));
  }
  throw new Error(`waited in vain until ${what}. ${last}`);
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});
