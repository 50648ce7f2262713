// Who may ask: the part of access control that knows the door.
#include <fmt/format.h>

#include <future>
#include <utility>

#include "consumers/access/policy.h"
#include "consumers/access/recording.h"
#include "consumers/ledgerd/application.h"
#include "platform/limits.h"

namespace ledger {

Status Application::start_access(const ServerOptions& options) {
  if (!options.access) {
    access::add_open_session_routes(router_);
    return {};
  }
  LEDGER_TRY(access_,
             access::Access::start(
                 {.folder = options.data / "access",
                  .clock = clock_,
                  .record = [this](const std::string& id, Timestamp at,
                                   const AccessChanged& what) { return record(id, at, what); },
                  .issuer = options.issuer,
                  .permission = policy::refusal}));
  access_->add_routes(router_);
  access_->add_metrics(metrics_);
  return {};
}

// Waits for the log's word; where none comes in time the same id tells later.
Status Application::record(const std::string& id, Timestamp at, const AccessChanged& what) {
  const auto answered = std::make_shared<std::promise<Status>>();
  auto answer = answered->get_future();
  std::vector<Submission> batch;
  batch.push_back({id, std::string(kAccessSource), at, std::nullopt, EventData(what)});
  door_->append(std::move(batch), [answered](std::vector<AppendDoor::Outcome> outcomes) {
    const auto& outcome = outcomes.front();
    answered->set_value(outcome ? Status() : tl::unexpected(outcome.error()));
  });
  if (answer.wait_for(limits::kAppendTimeout + limits::kIndexWait) != std::future_status::ready) {
    return fail(ErrorCode::kTimeout, "the log has not answered yet");
  }
  return answer.get();
}

std::optional<std::string> Application::first_login() const {
  if (!access_ || !access_->first_login()) return std::nullopt;
  return fmt::format("{}/#/login?token={}", address(), *access_->first_login());
}

}  // namespace ledger
