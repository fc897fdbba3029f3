// Judges rendered objects as a cluster would: node judge.mjs <Kubernetes version> <file>...
// Fields, types and what is required come from the API description of exactly that version (cdk8s-plus-<minor> carries it as its
// type model), enumerations from kubernetes-models, objects of Gateway API and Prometheus operator from their own models, and
// Dapr's from dapr.schema.json, written after its public reference. A field that is unknown is a mistake, as with kubectl --validate=strict.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { basename, join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);
const [version, ...files] = process.argv.slice(2);
const kubernetes = apiOf(version.split(".")[1]);
const dapr = JSON.parse(readFileSync(process.env.DAPR_SCHEMA));
const ajv = new Ajv({ strict: false, allErrors: true });
const compiled = new Map();
let judged = 0;
let faults = 0;

for (const file of files) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { merge: true })) {
    for (const error of document.errors) fault(file, {}, error.message);
    const object = document.toJS();
    if (object === null) continue;
    judged++;
    for (const problem of await problemsOf(object)) fault(file, object, problem);
  }
}

console.log(`judged ${judged} objects against Kubernetes ${version}, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);

function fault(file, object, problem) {
  faults++;
  console.log(`${basename(file)}: ${object.kind ?? "?"}/${object.metadata?.name ?? "?"}: ${problem}`);
}

async function problemsOf(object) {
  const id = `${object.apiVersion}/${object.kind}`;
  if (object.apiVersion?.startsWith("dapr.io/")) return bySchema(id, object, () => dapr.$defs[object.kind] && { ...dapr, $ref: `#/$defs/${object.kind}` });
  const model = await modelOf(object);
  const custom = !kubernetes.roots.has(id);
  if (custom) return model ? [...byModel(model, object), ...unread(model, object)] : [`${id} is not served by Kubernetes ${version}`];
  return [...bySchema(id, object, () => ({ $ref: `#/$defs/${kubernetes.roots.get(id)}`, $defs: kubernetes.definitions })), ...(model ? byModel(model, object) : [])];
}

function bySchema(id, object, schema) {
  if (!compiled.has(id)) compiled.set(id, schema() && ajv.compile(schema()));
  const validate = compiled.get(id);
  if (!validate) return [`${id} is not known`];
  return validate(object) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

// Models of kubernetes-models: a class per kind, whose validate() throws.
async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const home = { "gateway.networking.k8s.io": "@kubernetes-models/gateway-api", "monitoring.coreos.com": "@kubernetes-models/prometheus-operator" };
  const path = [home[group] ?? "kubernetes-models", group, version, kind].filter(Boolean).join("/");
  try {
    return (await import(path))[kind];
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  }
}

function byModel(Model, object) {
  try {
    new Model(structuredClone(object)).validate();
    return [];
  } catch (error) {
    return [error.message];
  }
}

// A field that the model's validator never looks at is a field that it does not know.
function unread(Model, object) {
  const read = new Set();
  const watch = (value, path) =>
    value === null || typeof value !== "object"
      ? value
      : new Proxy(value, {
          get: (target, key) => {
            if (typeof key === "symbol" || (Array.isArray(target) && typeof target[key] === "function")) return target[key];
            read.add(`${path}/${String(key)}`);
            return watch(target[key], `${path}/${String(key)}`);
          },
        });
  const watched = Object.assign(new Model(structuredClone(object)));
  for (const key of Object.keys(watched)) watched[key] = watch(watched[key], `/${key}`);
  try {
    watched.validate();
  } catch {
    return []; // said by byModel
  }
  const unknown = [];
  const visit = (value, path) => {
    if (value === null || typeof value !== "object") return;
    for (const [key, inner] of Object.entries(value)) {
      const here = `${path}/${key}`;
      if (path !== "" && !path.startsWith("/metadata") && !read.has(here)) unknown.push(`${here} is not a field of the API`);
      else visit(inner, here);
    }
  };
  visit(object, "");
  return unknown;
}

// The type model of cdk8s-plus as JSON schemas.
function apiOf(minor) {
  const folder = join(require.resolve(`cdk8s-plus-${minor}/package.json`), "..");
  let model = JSON.parse(readFileSync(join(folder, ".jsii")));
  if (model.schema === "jsii/file-redirect") model = JSON.parse(gunzipSync(readFileSync(join(folder, model.filename))));
  const types = Object.values(model.types).filter((type) => type.namespace === "k8s");
  const definitions = {};
  const roots = new Map();
  for (const type of types) {
    const schema = type.docs?.custom?.schema;
    if (type.kind === "enum") definitions[type.fqn] = { enum: type.members.map((member) => member.docs?.summary ?? member.name) };
    else if (type.kind === "class" && /\.(IntOrString|Quantity)$/.test(type.fqn)) definitions[type.fqn] = { type: ["string", "number"] };
    else if (type.kind === "interface") {
      const root = /^Kube.*Props$/.test(type.name) && schema;
      definitions[type.fqn] = {
        type: "object",
        additionalProperties: false,
        required: (type.properties ?? []).filter((property) => !property.optional).map(fieldOf),
        properties: Object.fromEntries((type.properties ?? []).map((property) => [fieldOf(property), typeOf(property.type)])),
      };
      if (root) {
        Object.assign(definitions[type.fqn].properties, { apiVersion: { type: "string" }, kind: { type: "string" } });
        roots.set(idOf(schema), type.fqn);
      }
    }
  }
  return { definitions, roots };

  function fieldOf(property) {
    return property.docs?.custom?.schema?.split("#")[1] ?? property.name;
  }

  function typeOf(type) {
    if (type.primitive === "date") return { type: "string" };
    if (type.primitive === "any" || type.primitive === "json") return {};
    if (type.primitive) return { type: type.primitive };
    if (type.collection?.kind === "array") return { type: "array", items: typeOf(type.collection.elementtype) };
    if (type.collection?.kind === "map") return { type: "object", additionalProperties: typeOf(type.collection.elementtype) };
    return { $ref: `#/$defs/${type.fqn}` };
  }

  // io.k8s.api.networking.v1.Ingress is served as networking.k8s.io/v1.
  function idOf(schema) {
    const [kind, version, group] = schema.split(".").reverse();
    const bare = ["apps", "autoscaling", "batch", "policy"];
    if (group === "core") return `${version}/${kind}`;
    return `${bare.includes(group) ? group : `${group === "rbac" ? "rbac.authorization" : group}.k8s.io`}/${version}/${kind}`;
  }
}
