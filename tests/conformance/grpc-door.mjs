// Asks over gRPC: HTTP/2 without TLS, one message for one call (gRPC's PROTOCOL-HTTP2).
import { connect } from "node:http2";
import { all, fields } from "./example/protobuf.mjs";

const patience = 20_000;

export class GrpcDoor {
  #session;

  constructor(address) {
    this.#session = connect(address);
    this.#session.on("error", () => {}); // each call tells of its own
  }

  /** The status of the answer, its sentence, its google.rpc.Status where it has one, and its first message. */
  ask(method, message = Buffer.alloc(0), token) {
    return new Promise((answered, failed) => {
      const call = this.#session.request({
        ":method": "POST", ":path": `/${method}`, "content-type": "application/grpc", te: "trailers", ...(token ? { authorization: `Bearer ${token}` } : {}),
      });
      let headers = {};
      const chunks = [];
      call.setTimeout(patience, () => call.close());
      call.on("response", (received) => (headers = { ...received }));
      call.on("trailers", (received) => Object.assign(headers, received));
      call.on("data", (chunk) => chunks.push(chunk));
      call.once("error", failed);
      call.once("close", () => answered(read(headers, Buffer.concat(chunks))));
      call.end(frame(message));
    });
  }

  close() {
    this.#session.destroy();
  }
}

function frame(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function read(headers, body) {
  const details = headers["grpc-status-details-bin"] && Buffer.from(headers["grpc-status-details-bin"], "base64");
  return {
    http: headers[":status"],
    status: headers["grpc-status"] === undefined ? undefined : Number(headers["grpc-status"]),
    sentence: decodeURIComponent(headers["grpc-message"] ?? ""),
    draining: !!headers["x-draining"],
    message: body.length >= 5 ? body.subarray(5, 5 + body.readUInt32BE(1)) : undefined,
    ...(details ? rich(details) : {}),
  };
}

/** google.rpc.Status: the code once more, the reason of a google.rpc.ErrorInfo, and the fields that a google.rpc.BadRequest names. */
function rich(status) {
  const details = all(status, 3).map((any) => Object.fromEntries(fields(any))).map(({ 1: type, 2: value = Buffer.alloc(0) }) => ({ type: `${type}`.split("/").pop(), value }));
  const of = (type) => details.filter((detail) => detail.type === type).map(({ value }) => value);
  return {
    code: all(status, 1)[0],
    reason: `${of("google.rpc.ErrorInfo").flatMap((info) => all(info, 1))[0] ?? ""}`,
    violations: of("google.rpc.BadRequest").flatMap((bad) => all(bad, 1)).map((violation) => `${all(violation, 1)[0] ?? ""}`),
  };
}
