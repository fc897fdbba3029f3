// A gRPC door on Node's own HTTP/2: one message in, one out (gRPC's PROTOCOL-HTTP2). With packages: @grpc/grpc-js and @grpc/reflection.
import { createServer } from "node:http2";
import { Problem } from "./http.mjs";
import { field } from "./protobuf.mjs";

const statusOf = { 400: 3, 401: 16, 403: 7, 404: 5, 413: 8, 500: 13, 501: 12, 503: 14 };

/** @param methods from "package.Service/Method" to a function of the message and the request's headers */
export function grpcDoor(methods, isStopping) {
  return createServer().on("stream", (call, headers) => {
    const draining = isStopping() ? { "x-draining": "1" } : {};
    const answers = [];
    let waiting = Buffer.alloc(0);
    let work = Promise.resolve();
    call.on("error", () => {}); // the caller has gone
    call.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let end; waiting.length >= 5 && waiting.length >= (end = 5 + waiting.readUInt32BE(1)); waiting = waiting.subarray(end)) {
        const message = waiting.subarray(5, end);
        work = work.then(async () => answers.push(frame(await method(methods, headers)(message, headers))));
      }
      work.catch(() => {}); // told when the caller has said everything
    });
    call.on("end", () => work.then(() => method(methods, headers)).then(
      () => {
        call.respond({ "content-type": "application/grpc", ...draining }, { waitForTrailers: true });
        call.on("wantTrailers", () => call.sendTrailers({ "grpc-status": "0" }));
        call.end(Buffer.concat(answers));
      },
      (failure) => call.respond({ "content-type": "application/grpc", ...draining, ...refusal(failure) }, { endStream: true })));
  });
}

function method(methods, headers) {
  const found = methods[headers[":path"].slice(1)];
  if (!found) throw new Problem(501, "UNKNOWN_METHOD", "There is no such method here.");
  return found;
}

function refusal(failure) {
  const problem = failure instanceof Problem ? failure : new Problem(500, "INTERNAL", "Something went wrong here; it is in the log.");
  if (problem !== failure) console.error(JSON.stringify({ message: failure.message, stack: failure.stack }));
  const code = statusOf[problem.status];
  const any = (type, value) => field(3, Buffer.concat([field(1, `type.googleapis.com/google.rpc.${type}`), field(2, value)]));
  const violations = (problem.body.violations ?? []).map(({ field: name, problem: told }) => field(1, Buffer.concat([field(1, name), field(2, told)])));
  const status = Buffer.concat([
    field(1, code), field(2, problem.message),
    any("ErrorInfo", Buffer.concat([field(1, problem.body.reason), field(2, "notes")])),
    ...(violations.length ? [any("BadRequest", Buffer.concat(violations))] : []),
  ]);
  return { "grpc-status": `${code}`, "grpc-message": encodeURIComponent(problem.message), "grpc-status-details-bin": status.toString("base64") };
}

function frame(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
