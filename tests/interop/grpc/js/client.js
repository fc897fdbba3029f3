import assert from 'node:assert/strict';
import { grpc, zeros } from './contract.js';
import { bidirectional, call, clientStream, connect, ended, failure, received, serverStream } from './calls.js';

const [port, ...left] = process.argv.slice(2);
const { plain, gzip, unknown, counted } = await connect(Number(port));
const MANY_SIZES = [[31415, 27182], [9, 8], [2653, 1828], [58979, 45904]];
const output = (size, body, more) => ({ response_parameters: [{ size }], payload: zeros(body), ...more });

async function bytesOf(exchange) {
  const before = counted.toClient;
  await exchange();
  return counted.toClient - before;
}

const cases = {
  async empty_unary() {
    assert.deepEqual((await call(plain, 'EmptyCall', {})).response, {});
  },
  async large_unary() {
    const { response } = await call(plain, 'UnaryCall', { response_size: 314159, payload: zeros(271828) });
    assert.deepEqual(response.payload.body, Buffer.alloc(314159));
  },
  async client_compressed_unary() {
    const request = expected => ({ response_size: 314159, payload: zeros(271828), expect_compressed: { value: expected } });
    assert.equal((await failure(call(plain, 'UnaryCall', request(true)))).code, grpc.status.INVALID_ARGUMENT);
    for (const [client, compressed] of [[gzip(), true], [plain, false]])
      assert.equal((await call(client, 'UnaryCall', request(compressed))).response.payload.body.length, 314159);
  },
  async server_compressed_unary() {
    for (const compressed of [true, false]) {
      const request = { response_size: 314159, payload: zeros(271828), response_compressed: { value: compressed } };
      const bytes = await bytesOf(async () => assert.equal((await call(plain, 'UnaryCall', request)).response.payload.body.length, 314159));
      assert.equal(bytes < 314159 / 2, compressed, `${bytes} bytes came`);
    }
  },
  async client_streaming() {
    const requests = [27182, 8, 1828, 45904].map(size => ({ payload: zeros(size) }));
    assert.equal((await clientStream(plain, requests)).aggregated_payload_size, 74922);
  },
  async client_compressed_streaming() {
    const request = (size, compressed) => ({ payload: zeros(size), expect_compressed: { value: compressed } });
    assert.equal((await failure(clientStream(plain, [request(27182, true)]))).code, grpc.status.INVALID_ARGUMENT);
    const { aggregated_payload_size } = await clientStream(gzip(), [request(27182, true), request(45904, false)]);
    assert.equal(aggregated_payload_size, 73086);
  },
  async server_streaming() {
    const sizes = [31415, 9, 2653, 58979];
    const responses = await serverStream(plain, { response_parameters: sizes.map(size => ({ size })) });
    assert.deepEqual(responses.map(response => response.payload.body.length), sizes);
  },
  async server_compressed_streaming() {
    const parameters = [{ size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } }];
    const bytes = await bytesOf(async () => {
      const responses = await serverStream(plain, { response_parameters: parameters });
      assert.deepEqual(responses.map(response => response.payload.body.length), [31415, 92653]);
    });
    assert.ok(bytes >= 92653 && bytes < 92653 + 31415 / 2, `${bytes} bytes came`);
  },
  async ping_pong() {
    const stream = bidirectional(plain);
    for (const [size, body] of MANY_SIZES) {
      stream.write(output(size, body));
      assert.equal((await received(stream)).payload.body.length, size);
    }
    stream.end();
    assert.equal((await ended(stream)).code, grpc.status.OK);
  },
  async empty_stream() {
    const stream = bidirectional(plain);
    stream.on('data', () => assert.fail('a response came'));
    stream.end();
    assert.equal((await ended(stream)).code, grpc.status.OK);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    metadata.set('x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex'));
    const check = ({ initial, status }) => {
      assert.deepEqual(initial.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepEqual(status.metadata.get('x-grpc-test-echo-trailing-bin'), [Buffer.from('ababab', 'hex')]);
    };
    check(await call(plain, 'UnaryCall', { response_size: 314159, payload: zeros(271828) }, metadata));
    const stream = bidirectional(plain, metadata);
    stream.write(output(314159, 271828));
    const initial = await new Promise(resolve => stream.once('metadata', resolve));
    await received(stream);
    stream.end();
    check({ initial, status: await ended(stream) });
  },
  async status_code_and_message() {
    await bothEndWith({ code: 2, message: 'test status message' });
  },
  async special_status_message() {
    await bothEndWith({ code: 2, message: '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n' }, ['unary']);
  },
  async unimplemented_method() {
    assert.equal((await failure(call(plain, 'UnimplementedCall', {}))).code, grpc.status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    assert.equal((await failure(call(unknown, 'UnimplementedCall', {}))).code, grpc.status.UNIMPLEMENTED);
  },
  async cancel_after_begin() {
    const answer = new Promise((resolve, reject) => {
      const stream = plain.StreamingInputCall((error, response) => error ? reject(error) : resolve(response));
      stream.cancel();
    });
    assert.equal((await failure(answer)).code, grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const stream = bidirectional(plain);
    stream.write(output(31415, 27182));
    assert.equal((await received(stream)).payload.body.length, 31415);
    stream.cancel();
    assert.equal((await ended(stream)).code, grpc.status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const stream = bidirectional(plain, new grpc.Metadata(), { deadline: Date.now() + 1 });
    stream.write({ payload: zeros(27182) });
    assert.equal((await ended(stream)).code, grpc.status.DEADLINE_EXCEEDED);
  },
};

async function bothEndWith(status, kinds = ['unary', 'stream']) {
  for (const kind of kinds) {
    const error = kind === 'unary' ? await failure(call(plain, 'UnaryCall', { response_status: status })) : await streamed(status);
    assert.deepEqual([error.code, error.details], [status.code, status.message]);
  }
}

function streamed(status) {
  const stream = bidirectional(plain);
  stream.write({ response_status: status });
  stream.end();
  return ended(stream);
}

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  if (left.includes(name)) continue;
  try {
    await run();
    console.log(`passed ${name}`);
  } catch (error) {
    failed++;
    console.log(`failed ${name}: ${String(error.message).split('\n').filter(Boolean).join(' ')}`);
  }
}
process.exit(failed ? 1 : 0);
