// Generates a client from the description that the running gateway serves, compiles a program against it with TypeScript's strict
// rules, and runs the program: what the description promises must be what the gateway does.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createClient } from "@hey-api/openapi-ts";

const [gateway] = process.argv.slice(2);

const description = await fetch(new URL("/openapi.json", gateway));
if (!description.ok) throw new Error(`/openapi.json: ${description.status}`);
writeFileSync("openapi.json", await description.text());

await createClient({
  input: "openapi.json",
  output: { path: "client", importFileExtension: ".js" },
  logs: { level: "silent" },
});
console.log("kept: a public generator makes a client of the description");

const compiler = new URL("node_modules/typescript/bin/tsc", import.meta.url).pathname;
try {
  execFileSync(process.execPath, [compiler, "--project", "tsconfig.json"]);
} catch (error) {
  console.log(String(error.stdout));
  throw new Error("The program does not fit the generated client.");
}
console.log("kept: a program typed by the description compiles");

await import(new URL("built/first-calls.js", import.meta.url));
