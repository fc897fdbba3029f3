import { grpc, TestService, UnimplementedService } from './contract.js';
import { relay } from './relay.js';

const NO_COMPRESS = 2;
const GZIP = { 'grpc.default_compression_algorithm': 2 };

/** Clients of the server at a port, behind a relay that counts. */
export async function connect(port) {
  const door = await relay(port);
  const address = `127.0.0.1:${door.port}`;
  const credentials = grpc.credentials.createInsecure();
  return {
    plain: new TestService(address, credentials),
    unknown: new UnimplementedService(address, credentials),
    // A new one for each case: after a first answer, grpc-js no longer compresses for servers that list the encodings
    // they accept with a space after the comma, as the C++ core does.
    gzip: () => new TestService(address, credentials, GZIP),
    counted: door.counted,
  };
}

export function call(client, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve, reject) => {
    let response, initial;
    const unary = client[method](request, metadata, (error, answer) => error ? reject(error) : response = answer);
    unary.on('metadata', came => initial = came);
    unary.on('status', status => { if (status.code === 0) resolve({ response, initial, status }); });
  });
}

export function clientStream(client, requests) {
  return new Promise((resolve, reject) => {
    const stream = client.StreamingInputCall((error, answer) => error ? reject(error) : resolve(answer));
    // Node's streams refuse a number as encoding, which is where grpc-js takes the write flags from.
    const flags = message => message.expect_compressed?.value === false ? NO_COMPRESS : 0;
    const next = index => index < requests.length
      ? stream._write(requests[index], flags(requests[index]), () => next(index + 1))
      : stream.end();
    next(0);
  });
}

export async function serverStream(client, request) {
  const responses = [];
  for await (const response of client.StreamingOutputCall(request)) responses.push(response);
  return responses;
}

export function bidirectional(client, metadata, options) {
  const stream = client.FullDuplexCall(metadata ?? new grpc.Metadata(), options ?? {});
  stream.on('error', () => {});
  return stream;
}

/** The next response. */
export function received(stream) {
  return new Promise((resolve, reject) => {
    stream.once('data', response => { stream.pause(); resolve(response); });
    stream.once('status', status => reject(new Error(`ended with ${status.code} ${status.details}`)));
    stream.resume();
  });
}

/** The status at the end. */
export function ended(stream) {
  return new Promise(resolve => {
    stream.once('status', resolve);
    stream.resume();
  });
}

/** The error of a call that must not succeed. */
export async function failure(answer) {
  try {
    await answer;
  } catch (error) {
    if (error.code !== undefined) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}
