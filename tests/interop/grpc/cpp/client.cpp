// The interop cases on libgrpc++.
#include <grpcpp/grpcpp.h>

#include <functional>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "test.grpc.pb.h"

// The library's own test hooks: exported, but in no installed header.
extern uint32_t grpc_call_test_only_get_message_flags(grpc_call* call);

namespace grpc::testing {

// The name under which ClientContext lets a client see how the last message came.
class InteropClientContextInspector {
 public:
  explicit InteropClientContextInspector(const ClientContext& context) : context_(context) {}
  bool WasCompressed() const {
    constexpr uint32_t kWasCompressed = 0x40000000u;  // GRPC_WRITE_INTERNAL_TEST_ONLY_WAS_COMPRESSED
    return (grpc_call_test_only_get_message_flags(context_.call_) & kWasCompressed) != 0;
  }

 private:
  const ClientContext& context_;
};

}  // namespace grpc::testing
using namespace grpc::testing;
using grpc::StatusCode;

namespace {
constexpr int kLargeRequest = 271828, kLargeResponse = 314159;
const std::vector<std::pair<int, int>> kManySizes = {{31415, 27182}, {9, 8}, {2653, 1828}, {58979, 45904}};

struct Failure : std::runtime_error { using std::runtime_error::runtime_error; };

template <class A, class B>
void Equal(const A& actual, const B& expected, const char* what) {
  if (actual == expected) return;
  std::ostringstream text;
  text << what << ": " << actual << " instead of " << expected;
  throw Failure(text.str());
}

void EndsWith(const grpc::Status& status, StatusCode code) {
  Equal(int(status.error_code()), int(code), ("status '" + status.error_message() + "'").c_str());
}

// Every call but those that are to time out has the same patience.
struct Context : grpc::ClientContext {
  Context() { set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30)); }
};

std::string Zeros(int size) { return std::string(size, '\0'); }

SimpleRequest LargeUnary() {
  SimpleRequest request;
  request.set_response_size(kLargeResponse);
  request.mutable_payload()->set_body(Zeros(kLargeRequest));
  return request;
}

StreamingOutputCallRequest Output(int size, int body) {
  StreamingOutputCallRequest request;
  request.add_response_parameters()->set_size(size);
  request.mutable_payload()->set_body(Zeros(body));
  return request;
}

class Cases {
 public:
  explicit Cases(const std::shared_ptr<grpc::Channel>& channel)
      : service_(TestService::NewStub(channel)), unknown_(UnimplementedService::NewStub(channel)) {}

  const std::vector<std::pair<const char*, std::function<void()>>> all = {
      {"empty_unary", [this] {
         Context context; Empty response;
         EndsWith(service_->EmptyCall(&context, Empty(), &response), StatusCode::OK);
       }},
      {"large_unary", [this] { Context context; Unary(context, LargeUnary()); }},
      {"client_compressed_unary", [this] {
         auto request = LargeUnary();
         request.mutable_expect_compressed()->set_value(true);
         Context probe; SimpleResponse response;
         EndsWith(service_->UnaryCall(&probe, request, &response), StatusCode::INVALID_ARGUMENT);
         for (bool compressed : {true, false}) {
           Context context;
           request.mutable_expect_compressed()->set_value(compressed);
           context.set_compression_algorithm(compressed ? GRPC_COMPRESS_GZIP : GRPC_COMPRESS_NONE);
           Unary(context, request);
         }
       }},
      {"server_compressed_unary", [this] {
         for (bool compressed : {true, false}) {
           Context context;
           auto request = LargeUnary();
           request.mutable_response_compressed()->set_value(compressed);
           Unary(context, request);
           Equal(InteropClientContextInspector(context).WasCompressed(), compressed, "compressed");
         }
       }},
      {"client_streaming", [this] { Equal(StreamSizes({27182, 8, 1828, 45904}), 74922, "sum"); }},
      {"client_compressed_streaming", [this] { CompressedClientStream(); }},
      {"server_streaming", [this] {
         StreamingOutputCallRequest request;
         for (auto [size, _] : kManySizes) request.add_response_parameters()->set_size(size);
         Context context;
         auto stream = service_->StreamingOutputCall(&context, request);
         for (auto [size, _] : kManySizes) Receive(*stream, size);
         EndsWith(stream->Finish(), StatusCode::OK);
       }},
      {"server_compressed_streaming", [this] {
         StreamingOutputCallRequest request;
         for (auto [size, compressed] : {std::pair{31415, true}, std::pair{92653, false}}) {
           auto* wanted = request.add_response_parameters();
           wanted->set_size(size);
           wanted->mutable_compressed()->set_value(compressed);
         }
         Context context;
         auto stream = service_->StreamingOutputCall(&context, request);
         for (const auto& wanted : request.response_parameters()) {
           Receive(*stream, wanted.size());
           Equal(InteropClientContextInspector(context).WasCompressed(), wanted.compressed().value(), "compressed");
         }
         EndsWith(stream->Finish(), StatusCode::OK);
       }},
      {"ping_pong", [this] {
         Context context;
         auto stream = service_->FullDuplexCall(&context);
         for (auto [size, body] : kManySizes) {
           stream->Write(Output(size, body));
           Receive(*stream, size);
         }
         stream->WritesDone();
         EndsWith(stream->Finish(), StatusCode::OK);
       }},
      {"empty_stream", [this] {
         Context context; StreamingOutputCallResponse response;
         auto stream = service_->FullDuplexCall(&context);
         stream->WritesDone();
         Equal(stream->Read(&response), false, "a response came");
         EndsWith(stream->Finish(), StatusCode::OK);
       }},
      {"custom_metadata", [this] {
         Context unary, duplex;
         AddMetadata(unary);
         AddMetadata(duplex);
         Unary(unary, LargeUnary());
         CheckMetadata(unary);
         auto stream = service_->FullDuplexCall(&duplex);
         stream->Write(Output(kLargeResponse, kLargeRequest));
         Receive(*stream, kLargeResponse);
         stream->WritesDone();
         EndsWith(stream->Finish(), StatusCode::OK);
         CheckMetadata(duplex);
       }},
      {"status_code_and_message", [this] {
         const std::string message = "test status message";
         UnaryEndsWith(message);
         Context context; StreamingOutputCallRequest request; StreamingOutputCallResponse response;
         request.mutable_response_status()->set_code(2);
         request.mutable_response_status()->set_message(message);
         auto stream = service_->FullDuplexCall(&context);
         stream->Write(request);
         stream->WritesDone();
         while (stream->Read(&response)) {}
         auto status = stream->Finish();
         EndsWith(status, StatusCode::UNKNOWN);
         Equal(status.error_message(), message, "message");
       }},
      {"special_status_message", [this] {
         UnaryEndsWith("\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \U0001F608\t\n");
       }},
      {"unimplemented_method", [this] {
         Context context; Empty response;
         EndsWith(service_->UnimplementedCall(&context, Empty(), &response), StatusCode::UNIMPLEMENTED);
       }},
      {"unimplemented_service", [this] {
         Context context; Empty response;
         EndsWith(unknown_->UnimplementedCall(&context, Empty(), &response), StatusCode::UNIMPLEMENTED);
       }},
      {"cancel_after_begin", [this] {
         Context context; StreamingInputCallResponse response;
         auto stream = service_->StreamingInputCall(&context, &response);
         context.TryCancel();
         EndsWith(stream->Finish(), StatusCode::CANCELLED);
       }},
      {"cancel_after_first_response", [this] {
         Context context;
         auto stream = service_->FullDuplexCall(&context);
         stream->Write(Output(31415, 27182));
         Receive(*stream, 31415);
         context.TryCancel();
         EndsWith(stream->Finish(), StatusCode::CANCELLED);
       }},
      {"timeout_on_sleeping_server", [this] {
         Context context;
         context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(1));
         auto stream = service_->FullDuplexCall(&context);
         StreamingOutputCallRequest request;
         request.mutable_payload()->set_body(Zeros(27182));
         stream->Write(request);
         EndsWith(stream->Finish(), StatusCode::DEADLINE_EXCEEDED);
       }},
  };

 private:
  void Unary(grpc::ClientContext& context, const SimpleRequest& request) {
    SimpleResponse response;
    EndsWith(service_->UnaryCall(&context, request, &response), StatusCode::OK);
    Equal(response.payload().body() == Zeros(kLargeResponse), true, "body");
  }

  template <class Stream>
  static void Receive(Stream& stream, int size) {
    StreamingOutputCallResponse response;
    Equal(stream.Read(&response), true, "response");
    Equal(int(response.payload().body().size()), size, "size");
  }

  int StreamSizes(std::initializer_list<int> sizes) {
    Context context; StreamingInputCallResponse response; StreamingInputCallRequest request;
    auto stream = service_->StreamingInputCall(&context, &response);
    for (int size : sizes) {
      request.mutable_payload()->set_body(Zeros(size));
      stream->Write(request);
    }
    stream->WritesDone();
    EndsWith(stream->Finish(), StatusCode::OK);
    return response.aggregated_payload_size();
  }

  void CompressedClientStream() {
    StreamingInputCallRequest request; StreamingInputCallResponse response;
    request.mutable_payload()->set_body(Zeros(27182));
    request.mutable_expect_compressed()->set_value(true);
    Context probe, context;
    auto refused = service_->StreamingInputCall(&probe, &response);
    refused->Write(request);
    refused->WritesDone();
    EndsWith(refused->Finish(), StatusCode::INVALID_ARGUMENT);
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    auto stream = service_->StreamingInputCall(&context, &response);
    stream->Write(request);
    request.mutable_payload()->set_body(Zeros(45904));
    request.mutable_expect_compressed()->set_value(false);
    stream->Write(request, grpc::WriteOptions().set_no_compression());
    stream->WritesDone();
    EndsWith(stream->Finish(), StatusCode::OK);
    Equal(response.aggregated_payload_size(), 73086, "sum");
  }

  static void AddMetadata(grpc::ClientContext& context) {
    context.AddMetadata("x-grpc-test-echo-initial", "test_initial_metadata_value");
    context.AddMetadata("x-grpc-test-echo-trailing-bin", "\xab\xab\xab");
  }

  static void CheckMetadata(const grpc::ClientContext& context) {
    auto value = [](const auto& metadata, const char* name) {
      auto found = metadata.find(name);
      return found == metadata.end() ? std::string() : std::string(found->second.begin(), found->second.end());
    };
    Equal(value(context.GetServerInitialMetadata(), "x-grpc-test-echo-initial"), "test_initial_metadata_value", "header");
    Equal(value(context.GetServerTrailingMetadata(), "x-grpc-test-echo-trailing-bin"), "\xab\xab\xab", "trailer");
  }

  void UnaryEndsWith(const std::string& message) {
    Context context; SimpleRequest request; SimpleResponse response;
    request.mutable_response_status()->set_code(2);
    request.mutable_response_status()->set_message(message);
    auto status = service_->UnaryCall(&context, request, &response);
    EndsWith(status, StatusCode::UNKNOWN);
    Equal(status.error_message(), message, "message");
  }

  std::unique_ptr<TestService::Stub> service_;
  std::unique_ptr<UnimplementedService::Stub> unknown_;
};
}  // namespace

int main(int count, char** arguments) {
  const std::set<std::string> left(arguments + 2, arguments + count);
  Cases cases(grpc::CreateChannel(std::string("127.0.0.1:") + arguments[1], grpc::InsecureChannelCredentials()));
  int failed = 0;
  for (const auto& [name, run] : cases.all) {
    if (left.count(name)) continue;
    try {
      run();
      std::cout << "passed " << name << std::endl;
    } catch (const Failure& why) {
      failed++;
      std::cout << "failed " << name << ": " << why.what() << std::endl;
    }
  }
  return failed ? 1 : 0;
}
