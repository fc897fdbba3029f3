import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const definition = loader.loadSync('test.proto', { includeDirs: [process.env.INTEROP_PROTO], keepCase: true });

export const { TestService, UnimplementedService } = grpc.loadPackageDefinition(definition).grpc.testing;
export { grpc };

export const zeros = size => ({ type: 'COMPRESSABLE', body: Buffer.alloc(size) });
