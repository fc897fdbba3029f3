"""The interop server on python3-grpcio."""
import signal
import sys
import threading
from concurrent import futures

import grpc
import test_pb2 as messages
import test_pb2_grpc as contract

from relay import Relay

INITIAL, TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"


def zeros(size):
    return messages.Payload(body=bytes(size))


def echo_metadata(context):
    received = dict(context.invocation_metadata())
    if INITIAL in received:
        context.send_initial_metadata(((INITIAL, received[INITIAL]),))
    if TRAILING in received:
        context.set_trailing_metadata(((TRAILING, received[TRAILING]),))


def end_as_asked(request, context):
    status = request.response_status
    if status.code:
        code = next(code for code in grpc.StatusCode if code.value[0] == status.code)
        context.abort(code, status.message)


class TestService(contract.TestServiceServicer):
    door = None
    _seen = 0

    def _check_compression(self, requests, context):
        """Whether the bytes that arrived since the last call fit to what its messages say about their compression."""
        if not self.door:
            return
        arrived, self._seen = self.door.to_server - self._seen, self.door.to_server
        told = [request for request in requests if request.HasField("expect_compressed")]
        plain = sum(len(request.payload.body) for request in told if not request.expect_compressed.value)
        packed = sum(len(request.payload.body) for request in told if request.expect_compressed.value)
        if arrived < plain or (packed and arrived >= plain + packed / 2):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "A message was not compressed as it said")

    def EmptyCall(self, request, context):
        return messages.Empty()

    def UnaryCall(self, request, context):
        self._check_compression([request], context)
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        end_as_asked(request, context)
        return messages.SimpleResponse(payload=zeros(request.response_size))

    def StreamingInputCall(self, request_iterator, context):
        requests = list(request_iterator)
        self._check_compression(requests, context)
        return messages.StreamingInputCallResponse(aggregated_payload_size=sum(len(request.payload.body) for request in requests))

    def StreamingOutputCall(self, request, context):
        if any(wanted.compressed.value for wanted in request.response_parameters):
            context.set_compression(grpc.Compression.Gzip)
        return self._responses(request, context)

    def FullDuplexCall(self, request_iterator, context):
        echo_metadata(context)
        for request in request_iterator:
            end_as_asked(request, context)
            yield from self._responses(request, context)

    @staticmethod
    def _responses(request, context):
        for wanted in request.response_parameters:
            if wanted.HasField("compressed") and not wanted.compressed.value:
                context.disable_next_message_compression()
            yield messages.StreamingOutputCallResponse(payload=zeros(wanted.size))


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), options=[("grpc.so_reuseport", 0)])
    service = TestService()
    contract.add_TestServiceServicer_to_server(service, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    if "--uncounted" not in sys.argv:
        service.door = Relay(port)
        port = service.door.port
    print(f"listening {port}", flush=True)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
    server.stop(0).wait()


main()
