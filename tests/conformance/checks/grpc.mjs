import { GrpcDoor } from "../grpc-door.mjs";
import { all, field } from "../example/protobuf.mjs";

const [ok, invalidArgument, permissionDenied, unimplemented, unauthenticated] = [0, 3, 7, 12, 16];
const health = "grpc.health.v1.Health/Check";
const reflections = ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"];

/** The gRPC door, for those who have one: health, reflection, and refusals that say why. */
export async function grpc(service, findings, issuer) {
  const { audience, grpc: told, write } = service.partner;
  if (told === false) return findings.skip("gRPC", "conformance.json says that there is none (grpc: false)");
  if (!findings.check("conformance.json says what is served over gRPC, or that nothing is", typeof told?.service === "string" && !!told.read, 'write "grpc": false, or name the service and a method that reads')) return;

  const door = new GrpcDoor(service.grpcAddress);
  const ask = (method, message, token) => door.ask(method, message, token).catch((failure) => ({ sentence: failure.message }));
  try {
    const well = await ask(health);
    findings.check("gRPC health says SERVING, to anybody", well.status === ok && all(well.message ?? Buffer.alloc(0), 1)[0] === 1, said(well));
    await reflection(ask, told, findings);
    await refusals(ask, told, findings, { good: issuer.token(audience, { roles: write.roles }), powerless: issuer.token(audience, { roles: [] }), foreign: issuer.token("another-service", { roles: write.roles }) });
  } finally {
    door.close();
  }
}

/** Tools learn the contract from the service itself: its services, and the files that describe them. */
async function reflection(ask, { service, read }, findings) {
  const answers = await Promise.all(reflections.map((method) => ask(method, field(7, ""))));
  const at = answers.findIndex(({ status }) => status === ok);
  const listed = at < 0 ? [] : all(answers[at].message, 6).flatMap((list) => all(list, 1)).map((one) => `${all(one, 1)[0]}`);
  if (!findings.check("gRPC reflection names the service", listed.includes(service), at < 0 ? said(answers[0]) : listed.join(", "))) return;

  const described = await ask(reflections[at], field(4, service));
  const files = all(described.message ?? Buffer.alloc(0), 4).flatMap((files) => all(files, 1));
  const name = service.split(".").pop();
  const methods = files.flatMap((file) => all(file, 6)).filter((one) => `${all(one, 1)[0]}` === name).flatMap((one) => all(one, 2)).map((one) => `${all(one, 1)[0]}`);
  findings.check("gRPC reflection describes its methods", methods.includes(read), methods.join(", ") || said(described));
}

async function refusals(ask, { service, read, write, wrong }, findings, { good, powerless, foreign }) {
  const welcome = await ask(`${service}/${read}`, undefined, good);
  findings.check("gRPC: a good token is accepted", welcome.status === ok, said(welcome));
  const cases = [
    ["a call without a token", unauthenticated, "UNAUTHENTICATED", await ask(`${service}/${read}`)],
    ["a token for another service", unauthenticated, "UNAUTHENTICATED", await ask(`${service}/${read}`, undefined, foreign)],
    ["an unknown method", unimplemented, "UNIMPLEMENTED", await ask(`${service}/NothingHere`, undefined, good)],
    ...(write ? [["a caller without the role", permissionDenied, "PERMISSION_DENIED", await ask(`${service}/${write}`, Buffer.from(wrong, "base64"), powerless)]] : []),
    ...(write ? [["a message that breaks a rule", invalidArgument, "INVALID_ARGUMENT", await ask(`${service}/${write}`, Buffer.from(wrong, "base64"), good)]] : []),
  ];
  for (const [what, status, name, answer] of cases) {
    findings.check(`gRPC: ${what} is refused with ${name}`, answer.status === status, said(answer));
    if (status !== unimplemented && answer.status === status) {
      findings.check(`gRPC: ${what} is told why (grpc-message, google.rpc.Status with ErrorInfo)`,
        answer.sentence !== "" && answer.code === status && /^[A-Z][A-Z0-9_]*$/.test(answer.reason ?? ""), `reason '${answer.reason ?? ""}', '${answer.sentence}'`);
    }
    if (status === invalidArgument && answer.status === status) findings.check("gRPC: a broken rule names its field (google.rpc.BadRequest)", answer.violations?.length > 0 && answer.violations.every(Boolean));
  }
  findings.check("gRPC: refusals are answers (HTTP 200), so that clients read their status", cases.every(([, , , { http }]) => http === 200), cases.map(([, , , { http }]) => http).join(", "));
}

const said = ({ http, status, sentence }) => `HTTP ${http ?? "-"}, status ${status ?? "-"} ${sentence}`;
