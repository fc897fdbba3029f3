// The interop server on libgrpc++, with one thread per call: for the cases, where server.cpp is for speed.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "test.grpc.pb.h"

// The library's own test hook: exported, but in no installed header.
extern uint32_t grpc_call_test_only_get_message_flags(grpc_call* call);

namespace grpc::testing {

// The name under which ServerContext lets a server see how the last message came.
class InteropServerContextInspector {
 public:
  explicit InteropServerContextInspector(const ServerContextBase& context) : context_(context) {}
  bool WasCompressed() const {
    constexpr uint32_t kWasCompressed = 0x40000000u;  // GRPC_WRITE_INTERNAL_TEST_ONLY_WAS_COMPRESSED
    return (grpc_call_test_only_get_message_flags(context_.call_.call) & kWasCompressed) != 0;
  }

 private:
  const ServerContextBase& context_;
};

}  // namespace grpc::testing
using namespace grpc::testing;
using grpc::ServerContext;
using grpc::Status;
using grpc::StatusCode;

namespace {
constexpr char kInitial[] = "x-grpc-test-echo-initial", kTrailing[] = "x-grpc-test-echo-trailing-bin";

std::string Zeros(int size) { return std::string(size, '\0'); }

void EchoMetadata(ServerContext& context) {
  const auto& received = context.client_metadata();
  if (auto found = received.find(kInitial); found != received.end())
    context.AddInitialMetadata(kInitial, {found->second.data(), found->second.size()});
  if (auto found = received.find(kTrailing); found != received.end())
    context.AddTrailingMetadata(kTrailing, {found->second.data(), found->second.size()});
}

template <class Request>
bool CameAsTold(const ServerContext& context, const Request& request) {
  return !request.has_expect_compressed() || request.expect_compressed().value() == InteropServerContextInspector(context).WasCompressed();
}

Status Refusal() { return {StatusCode::INVALID_ARGUMENT, "A message was not compressed as it said"}; }

Status AsAsked(const EchoStatus& status) { return {StatusCode(status.code()), status.message()}; }

class Cases final : public TestService::Service {
  Status EmptyCall(ServerContext*, const Empty*, Empty*) override { return Status::OK; }

  Status UnaryCall(ServerContext* context, const SimpleRequest* request, SimpleResponse* response) override {
    EchoMetadata(*context);
    if (!CameAsTold(*context, *request)) return Refusal();
    if (request->response_compressed().value()) context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    if (request->response_status().code() != 0) return AsAsked(request->response_status());
    response->mutable_payload()->set_body(Zeros(request->response_size()));
    return Status::OK;
  }

  Status StreamingInputCall(
      ServerContext* context, grpc::ServerReader<StreamingInputCallRequest>* requests, StreamingInputCallResponse* response) override {
    StreamingInputCallRequest request;
    int sum = 0;
    for (; requests->Read(&request); sum += int(request.payload().body().size()))
      if (!CameAsTold(*context, request)) return Refusal();
    response->set_aggregated_payload_size(sum);
    return Status::OK;
  }

  Status StreamingOutputCall(
      ServerContext* context, const StreamingOutputCallRequest* request, grpc::ServerWriter<StreamingOutputCallResponse>* responses) override {
    const auto& wanted = request->response_parameters();
    if (std::any_of(wanted.begin(), wanted.end(), [](const ResponseParameters& one) { return one.compressed().value(); }))
      context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    Answer(*request, *responses);
    return AsAsked(request->response_status());
  }

  Status FullDuplexCall(
      ServerContext* context, grpc::ServerReaderWriter<StreamingOutputCallResponse, StreamingOutputCallRequest>* stream) override {
    EchoMetadata(*context);
    StreamingOutputCallRequest request;
    while (stream->Read(&request)) {
      if (request.response_status().code() != 0) return AsAsked(request.response_status());
      Answer(request, *stream);
    }
    return Status::OK;
  }

  template <class Responses>
  static void Answer(const StreamingOutputCallRequest& request, Responses& responses) {
    for (const auto& wanted : request.response_parameters()) {
      std::this_thread::sleep_for(std::chrono::microseconds(wanted.interval_us()));
      grpc::WriteOptions options;
      if (wanted.has_compressed() && !wanted.compressed().value()) options.set_no_compression();
      StreamingOutputCallResponse response;
      response.mutable_payload()->set_body(Zeros(wanted.size()));
      if (!responses.Write(response, options)) return;
    }
  }
};

}  // namespace

int main() {
  Cases service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  auto server = builder.BuildAndStart();
  std::cout << "listening " << port << std::endl;
  server->Wait();
}
