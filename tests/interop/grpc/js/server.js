import { grpc, TestService, zeros } from './contract.js';
import { relay } from './relay.js';

const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';
const counting = !process.argv.includes('--uncounted');
let door;
let seen = 0;

function echo(call, name) {
  const metadata = new grpc.Metadata();
  for (const value of call.metadata.get(name)) metadata.add(name, value);
  return metadata;
}

function begin(call) {
  const initial = echo(call, INITIAL);
  if (Object.keys(initial.getMap()).length > 0) call.sendMetadata(initial);
}

/** Whether the bytes that arrived since the last call fit to what its messages say about their compression. */
function arrivedAsExpected(messages) {
  if (!door) return true;
  const arrived = door.counted.toServer - seen;
  seen = door.counted.toServer;
  const told = messages.filter(message => message.expect_compressed);
  const sizeOf = compressed => told.filter(m => Boolean(m.expect_compressed.value) === compressed).reduce((sum, m) => sum + m.payload.body.length, 0);
  const [plain, packed] = [sizeOf(false), sizeOf(true)];
  return arrived >= plain && (packed === 0 || arrived < plain + packed / 2);
}

const refusal = () => ({ code: grpc.status.INVALID_ARGUMENT, details: 'A message was not compressed as it said' });

function unaryCall(call, answer) {
  const { request } = call;
  begin(call);
  if (!arrivedAsExpected([request])) return answer(refusal());
  const status = request.response_status;
  if (status?.code) return answer({ code: status.code, details: status.message, metadata: echo(call, TRAILING) });
  answer(null, { payload: zeros(request.response_size) }, echo(call, TRAILING));
}

function streamingInputCall(call, answer) {
  const messages = [];
  let sum = 0;
  begin(call);
  call.on('data', message => {
    sum += message.payload.body.length;
    if (message.expect_compressed) messages.push(message);
  });
  call.on('end', () => arrivedAsExpected(messages)
    ? answer(null, { aggregated_payload_size: sum }, echo(call, TRAILING))
    : answer(refusal()));
}

function streamingOutputCall(call) {
  begin(call);
  for (const { size } of call.request.response_parameters ?? []) call.write({ payload: zeros(size) });
  call.end(echo(call, TRAILING));
}

function fullDuplexCall(call) {
  begin(call);
  call.on('data', request => {
    const status = request.response_status;
    if (status?.code) return call.emit('error', { code: status.code, details: status.message, metadata: echo(call, TRAILING) });
    for (const { size } of request.response_parameters ?? [])
      if (!call.write({ payload: zeros(size) })) {
        call.pause();
        call.once('drain', () => call.resume());
      }
  });
  call.on('end', () => call.end(echo(call, TRAILING)));
}

const server = new grpc.Server();
server.addService(TestService.service, {
  emptyCall: (_, answer) => answer(null, {}),
  unaryCall,
  streamingInputCall,
  streamingOutputCall,
  fullDuplexCall,
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), async (error, port) => {
  if (error) throw error;
  if (counting) door = await relay(port);
  const cannot = '@grpc/grpc-js does not compress what its servers answer';
  for (const name of ['server_compressed_unary', 'server_compressed_streaming']) console.log(`cannot ${name}: ${cannot}`);
  console.log(`listening ${door?.port ?? port}`);
});
