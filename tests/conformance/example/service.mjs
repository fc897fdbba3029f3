// An example of a partner's service: it hears which data assets are published, and lets people put notes beside them.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { readSettings } from "./settings.mjs";
import { TokenCheck } from "./tokens.mjs";
import { Store } from "./store.mjs";
import { Problem, answerJson, answerProblem, readJson } from "./http.mjs";
import { subscriptions, applyEvent } from "./events.mjs";

const settings = readSettings(process.env);
const store = await Store.open(settings.store);
const tokens = new TokenCheck(settings);
const openapi = JSON.parse(await readFile(new URL("openapi.json", import.meta.url), "utf8"));
let stopping = false;

const routes = {
  "GET /alive": () => ({ status: "Healthy" }),
  "GET /health": (_, answer) => {
    answer.statusCode = stopping ? 503 : 200;
    return { status: stopping ? "Unhealthy" : "Healthy" };
  },
  "GET /openapi.json": () => openapi,
  "GET /notes/v1/data-assets": async (request) => {
    await tokens.require(request);
    return { dataAssets: store.dataAssets() };
  },
  "GET /notes/v1/notes": async (request) => {
    await tokens.require(request);
    return { notes: store.notes() };
  },
  "POST /notes/v1/notes": async (request) => {
    const caller = await tokens.require(request, "analyst", "operator");
    const { dataAssetId, text } = await readJson(request, ["dataAssetId", "text"]);
    const violations = [];
    if (typeof dataAssetId !== "string" || !dataAssetId) violations.push({ field: "dataAssetId", problem: "Name the data asset that the note is about." });
    if (typeof text !== "string" || !text || text.length > 2000) violations.push({ field: "text", problem: "Write 1 to 2000 characters." });
    if (violations.length) throw new Problem(400, "INVALID_NOTE", "The note cannot be kept as it is.", { violations });
    return store.addNote({ dataAssetId, text, author: caller.org });
  },
  "GET /dapr/subscribe": () => subscriptions,
  "POST /events": async (request) => {
    if (request.headers["dapr-api-token"] !== settings.appApiToken) throw new Problem(401, "NOT_THE_SIDECAR", "Events come from the sidecar only.");
    return { status: await applyEvent(store, await readJson(request)) };
  },
};

const server = createServer(async (request, answer) => {
  if (stopping) answer.setHeader("x-draining", "1").setHeader("Connection", "close");
  try {
    const route = routes[`${request.method} ${new URL(request.url, "http://service").pathname}`];
    if (!route) throw new Problem(404, "NOT_FOUND", "There is nothing at this address.");
    answerJson(answer, await route(request, answer));
  } catch (failure) {
    answerProblem(answer, failure);
  }
});

// Asked to stop: not ready any more, still answering until others have noticed, then what is under way is finished.
process.once("SIGTERM", () => {
  stopping = true;
  setTimeout(() => server.close(() => process.exit(0)), settings.drainMilliseconds);
});

server.listen(settings.port, settings.host, () => console.log(JSON.stringify({ message: "listening", port: server.address().port })));
