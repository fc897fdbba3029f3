// An example of a partner's service: it hears which data assets are published, and lets people put notes beside them.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { readSettings } from "./settings.mjs";
import { TokenCheck } from "./tokens.mjs";
import { Store } from "./store.mjs";
import { Problem, answerJson, answerProblem, readJson } from "./http.mjs";
import { subscriptions, applyEvent } from "./events.mjs";
import { all, field } from "./protobuf.mjs";
import { grpcDoor } from "./grpc.mjs";
import { common } from "./reflection.mjs";

const settings = readSettings(process.env);
const store = await Store.open(settings.store);
const tokens = new TokenCheck(settings);
const openapi = JSON.parse(await readFile(new URL("openapi.json", import.meta.url), "utf8"));
let stopping = false;

async function addNote(request, read) {
  const caller = await tokens.require(request, "analyst", "operator");
  const { dataAssetId, text } = await read();
  const violations = [];
  if (typeof dataAssetId !== "string" || !dataAssetId) violations.push({ field: "dataAssetId", problem: "Name the data asset that the note is about." });
  if (typeof text !== "string" || !text || text.length > 2000) violations.push({ field: "text", problem: "Write 1 to 2000 characters." });
  if (violations.length) throw new Problem(400, "INVALID_NOTE", "The note cannot be kept as it is.", { violations });
  return store.addNote({ dataAssetId, text, author: caller.org });
}

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
  "POST /notes/v1/notes": async (request) => addNote(request, () => readJson(request, ["dataAssetId", "text"])),
  "GET /dapr/subscribe": () => subscriptions,
  "POST /events": async (request) => {
    if (request.headers["dapr-api-token"] !== settings.appApiToken) throw new Problem(401, "NOT_THE_SIDECAR", "Events come from the sidecar only.");
    return { status: await applyEvent(store, await readJson(request)) };
  },
};

const message = (note) => Buffer.concat([field(1, `${note.id}`), field(2, note.dataAssetId), field(3, note.text), field(4, note.author ?? "")]);
const door = grpcDoor({
  ...common(() => stopping),
  "notes.v1.NoteService/ListNotes": async (_, headers) => {
    await tokens.require({ headers });
    return Buffer.concat(store.notes().map((note) => field(1, message(note))));
  },
  "notes.v1.NoteService/AddNote": async (request, headers) =>
    message(await addNote({ headers }, () => ({ dataAssetId: `${all(request, 1)[0] ?? ""}`, text: `${all(request, 2)[0] ?? ""}` }))),
}, () => stopping);

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

door.listen(settings.grpc.port, settings.grpc.host);
server.listen(settings.http.port, settings.http.host, () => console.log(JSON.stringify({ message: "listening", port: server.address().port })));
