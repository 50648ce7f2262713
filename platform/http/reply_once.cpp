#include <atomic>
#include <utility>

#include "platform/http/session.h"

namespace ledger::http::detail {

namespace {

class Answer {
 public:
  Answer(std::shared_ptr<LoopGate> gate, std::weak_ptr<Session> session)
      : gate_(std::move(gate)), session_(std::move(session)) {}
  ~Answer() {
    if (!given_) give(problem({ErrorCode::kInternal, "the request was left unanswered"}));
  }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  void give(Response response) {
    if (given_.exchange(true)) return;
    // Locked on the loop's thread only: elsewhere this might be the last to hold it.
    gate_->run([weak = session_, response = std::move(response)]() mutable {
      if (const auto session = weak.lock()) session->take_answer(std::move(response));
    });
  }

 private:
  std::shared_ptr<LoopGate> gate_;
  std::weak_ptr<Session> session_;
  std::atomic<bool> given_ = false;
};

}  // namespace

Reply reply_once(std::shared_ptr<LoopGate> gate, std::weak_ptr<Session> session) {
  auto answer = std::make_shared<Answer>(std::move(gate), std::move(session));
  return [answer = std::move(answer)](Response response) { answer->give(std::move(response)); };
}

}  // namespace ledger::http::detail
