// The calls that tests/bench measures, on libgrpc++'s asynchronous API: one completion queue and thread per processor.
#include <grpcpp/grpcpp.h>

#include <iostream>
#include <thread>

#include "test.grpc.pb.h"

using namespace grpc::testing;

namespace {

// A call being served; each completed operation continues it.
struct Call {
  virtual ~Call() = default;
  virtual void Continue(bool ok) = 0;
};

class UnaryCall final : public Call {
 public:
  UnaryCall(TestService::AsyncService& service, grpc::ServerCompletionQueue& queue) : service_(service), queue_(queue) {
    service_.RequestUnaryCall(&context_, &request_, &writer_, &queue_, &queue_, this);
  }

  void Continue(bool ok) override {
    if (!ok || answered_) {
      delete this;
      return;
    }
    new UnaryCall(service_, queue_);
    answered_ = true;
    response_.mutable_payload()->set_body(std::string(request_.response_size(), '\0'));
    writer_.Finish(response_, grpc::Status::OK, this);
  }

 private:
  TestService::AsyncService& service_;
  grpc::ServerCompletionQueue& queue_;
  grpc::ServerContext context_;
  SimpleRequest request_;
  SimpleResponse response_;
  grpc::ServerAsyncResponseWriter<SimpleResponse> writer_{&context_};
  bool answered_ = false;
};

class DuplexCall final : public Call {
 public:
  DuplexCall(TestService::AsyncService& service, grpc::ServerCompletionQueue& queue) : service_(service), queue_(queue) {
    service_.RequestFullDuplexCall(&context_, &stream_, &queue_, &queue_, this);
  }

  void Continue(bool ok) override {
    switch (step_) {
      case Step::kAccepted:
        if (!ok) return delete this;
        new DuplexCall(service_, queue_);
        return Read();
      case Step::kRead:
        if (!ok) {
          step_ = Step::kFinished;
          return stream_.Finish(grpc::Status::OK, this);
        }
        next_ = 0;
        return WriteOrRead();
      case Step::kWritten:
        if (!ok) return delete this;
        return WriteOrRead();
      case Step::kFinished:
        return delete this;
    }
  }

 private:
  enum class Step { kAccepted, kRead, kWritten, kFinished };

  void Read() {
    step_ = Step::kRead;
    stream_.Read(&request_, this);
  }

  void WriteOrRead() {
    if (next_ == request_.response_parameters_size()) return Read();
    step_ = Step::kWritten;
    response_.mutable_payload()->set_body(std::string(request_.response_parameters(next_++).size(), '\0'));
    stream_.Write(response_, this);
  }

  TestService::AsyncService& service_;
  grpc::ServerCompletionQueue& queue_;
  grpc::ServerContext context_;
  StreamingOutputCallRequest request_;
  StreamingOutputCallResponse response_;
  grpc::ServerAsyncReaderWriter<StreamingOutputCallResponse, StreamingOutputCallRequest> stream_{&context_};
  Step step_ = Step::kAccepted;
  int next_ = 0;
};

constexpr int kWaitingPerQueue = 100;

}  // namespace

int main() {
  TestService::AsyncService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); i++) queues.push_back(builder.AddCompletionQueue());
  auto server = builder.BuildAndStart();

  std::vector<std::thread> threads;
  for (auto& queue : queues) {
    for (int i = 0; i < kWaitingPerQueue; i++) {
      new UnaryCall(service, *queue);
      new DuplexCall(service, *queue);
    }
    threads.emplace_back([&queue] {
      void* call;
      bool ok;
      while (queue->Next(&call, &ok)) static_cast<Call*>(call)->Continue(ok);
    });
  }
  std::cout << "listening " << port << std::endl;
  for (auto& thread : threads) thread.join();
}
