// A source of information as a stranger writes it, from the contract alone: over gRPC and over HTTP, until the file `stop` appears.
//   node source.mjs CONTRACTS READY STOP
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [contracts, ready, stop] = process.argv.slice(2);
const key = 'Bearer only-the-source-knows';

/** Members of the institute work in Germany and have the role of a physician; of others nothing is known. */
function answer(question, names) {
  if (question[names.user] !== 'institut-beispiel') return { known: [] };
  const values = { 'https://w3id.org/idsa/code/ROLE': ['urn:example:physician'], 'http://www.w3.org/ns/odrl/2/spatial': ['https://sws.geonames.org/2921044/'] };
  return { known: question[names.operands].filter(name => values[name]).map(name => ({ [names.operand]: name, values: values[name] })) };
}

const server = new grpc.Server();
const definition = grpc.loadPackageDefinition(loader.loadSync('ecosystem/policy/v1/information_service.proto', { includeDirs: [contracts], keepCase: true }));
server.addService(definition.ecosystem.policy.v1.PolicyInformationService.service, {
  LookUp: (call, reply) => call.metadata.get('authorization')[0] === key
    ? reply(null, answer(call.request, { user: 'user_id', operands: 'left_operands', operand: 'left_operand' }))
    : reply({ code: grpc.status.UNAUTHENTICATED, details: 'no key' }),
});

const http = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const allowed = request.method === 'POST' && request.url === '/look-up' && request.headers.authorization === key;
  response.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
  response.end(allowed ? JSON.stringify(answer(JSON.parse(body), { user: 'userId', operands: 'leftOperands', operand: 'leftOperand' })) : '');
});

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (problem, grpcPort) => {
  if (problem) throw problem;
  http.listen(0, '127.0.0.1', () => {
    writeFileSync(`${ready}.part`, `${grpcPort} ${http.address().port}`);
    renameSync(`${ready}.part`, ready);
  });
});
setInterval(() => existsSync(stop) && process.exit(0), 50);
