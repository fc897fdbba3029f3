// gRPC health and reflection. notes.binpb is the contract as tools read it: protoc --descriptor_set_out=notes.binpb notes.proto
import { readFile } from "node:fs/promises";
import { all, field } from "./protobuf.mjs";
import { Problem } from "./http.mjs";

const [file] = all(await readFile(new URL("notes.binpb", import.meta.url)), 1);
const service = "notes.v1.NoteService";
const [byFile, bySymbol, list] = [3, 4, 7];

/** ServerReflectionRequest in, ServerReflectionResponse out. */
function reflect(request) {
  if (all(request, list).length) return field(6, field(1, field(1, service)));
  const [symbol, name] = [all(request, bySymbol)[0], all(request, byFile)[0]];
  if (`${symbol ?? ""}`.startsWith("notes.v1.") || `${name ?? ""}` === "notes.proto") return field(4, field(1, file));
  return field(7, Buffer.concat([field(1, 5), field(2, "Only the contract notes.proto is served here.")]));
}

const [serving, notServing] = [1, 2];

export const common = (isStopping) => ({
  "grpc.reflection.v1.ServerReflection/ServerReflectionInfo": reflect,
  "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo": reflect,
  "grpc.health.v1.Health/Check": (message) => {
    const asked = `${all(message, 1)[0] ?? ""}`;
    if (asked && asked !== service) throw new Problem(404, "NOT_FOUND", `Nothing here is called ${asked}.`);
    return field(1, isStopping() ? notServing : serving);
  },
});
