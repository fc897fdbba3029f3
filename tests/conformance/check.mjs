// Checks a partner's service from outside: node check.mjs <folder with conformance.json>. Prints what is missing; exit code 0 when nothing is.
import { readFile } from "node:fs/promises";
import { resolve, join } from "node:path";
import { Issuer } from "./issuer.mjs";
import { Service } from "./service-under-check.mjs";
import { Findings } from "./findings.mjs";
import { settings } from "./checks/settings.mjs";
import { health } from "./checks/health.mjs";
import { description } from "./checks/description.mjs";
import { identity } from "./checks/identity.mjs";
import { refusals } from "./checks/refusals.mjs";
import { grpc } from "./checks/grpc.mjs";
import { events } from "./checks/events.mjs";
import { secrets, stop } from "./checks/stop.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("Name the folder of the service, the one with conformance.json: node check.mjs my-service");
  process.exit(2);
}

const partner = JSON.parse(await readFile(join(folder, "conformance.json"), "utf8"));
const issuer = await Issuer.start();
const service = new Service(partner, resolve(folder), issuer);
const findings = new Findings();
try {
  await settings(service, findings);
  await service.start();
  for (const check of [health, description, identity, refusals, grpc, events, secrets, stop]) await check(service, findings, issuer);
} catch (failure) {
  findings.check("the service can be checked to the end", false, failure.message);
} finally {
  await service.end();
  await issuer.stop();
}
process.exit(findings.close(partner.name) ? 0 : 1);
