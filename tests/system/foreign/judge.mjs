// A foreign gRPC client that knows nothing of the ecosystem but its address: it lists the services by server reflection,
// learns their contracts from it, and registers a data asset. Prints a line for each promise kept; fails on the first broken one.
import assert from "node:assert/strict";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [address, contracts] = process.argv.slice(2);
const token = process.env.ACCESS_TOKEN;
const open = grpc.credentials.createInsecure();

const { ServerReflection } = grpc.loadPackageDefinition(
  loader.loadSync("grpc/reflection/v1/reflection.proto", { includeDirs: [contracts], keepCase: true, bytes: Buffer }),
).grpc.reflection.v1;

const questions = new ServerReflection(address, open).ServerReflectionInfo();
const answers = questions[Symbol.asyncIterator]();
async function ask(question) {
  questions.write(question);
  const { value } = await answers.next();
  assert.ok(!value.error_response, value.error_response?.error_message);
  return value;
}

const services = (await ask({ list_services: "" })).list_services_response.service.map(({ name }) => name);
for (const expected of ["ecosystem.catalog.v1.DataAssetService", "ecosystem.policy.v1.DecisionService", "ecosystem.matching.v1.ProposalService"])
  assert.ok(services.includes(expected), `${expected} is not among ${services}`);
console.log(`kept: reflection lists ${services.length} services of all parts at one address`);

// The files of a service and of everything it imports, as one FileDescriptorSet (field 1, length-delimited).
const known = new Map();
async function learn(question) {
  for (const file of (await ask(question)).file_descriptor_response.file_descriptor_proto) {
    const text = file.toString("latin1");
    if (known.has(text)) continue;
    known.set(text, file);
  }
}
await learn({ file_containing_symbol: "ecosystem.catalog.v1.DataAssetService" });
questions.end();
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const set = Buffer.concat([...known.values()].flatMap((file) => [Buffer.from([0x0a, ...varint(file.length)]), file]));
const catalog = grpc.loadPackageDefinition(loader.loadFileDescriptorSetFromBuffer(set, { keepCase: true, enums: String, longs: Number })).ecosystem.catalog.v1;
console.log(`kept: reflection gives ${known.size} files that make a client`);

const client = new catalog.DataAssetService(address, open);
const call = (method, request, metadata = new grpc.Metadata()) =>
  new Promise((resolve, reject) => client[method](request, metadata, (error, answer) => (error ? reject(error) : resolve(answer))));
const signedIn = new grpc.Metadata();
signedIn.set("authorization", `Bearer ${token}`);

// protobufjs reads a map that it learnt from a descriptor as what it is on the wire: repeated entries.
const asset = JSON.parse(process.env.DATA_ASSET, (name, value) =>
  name === "values" ? Object.entries(value).map(([key, text]) => ({ key, value: text })) : value,
);
await assert.rejects(call("CreateDataAsset", { data_asset: asset }), { code: grpc.status.UNAUTHENTICATED });
console.log("kept: without a token nothing is registered");

await assert.rejects(call("CreateDataAsset", { data_asset: {} }, signedIn), (error) => {
  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  assert.ok(error.metadata.get("grpc-status-details-bin")[0].includes("title"), "the details do not name the field");
  return true;
});
console.log("kept: a refusal names the wrong fields in its details");

const registered = await call("CreateDataAsset", { data_asset: asset }, signedIn);
assert.match(registered.id, /^[0-9a-f-]{36}$/);
const read = await call("GetDataAsset", { id: registered.id });
assert.deepEqual(new Set(read.title.values.map((entry) => JSON.stringify(entry))), new Set(asset.title.values.map((entry) => JSON.stringify(entry))));
console.log(`kept: registered and read back ${read.id}`);
