#include "platform/kafka/handle.h"

#include <fmt/format.h>

#include <array>

namespace ledger::kafka {

namespace {

void drop_log(const rd_kafka_t*, int, const char*, const char*) {}

}  // namespace

Result<Conf> configure(const Settings& settings) {
  Conf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_log_cb(conf.get(), &drop_log);
  std::array<char, 512> reason{};
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), reason.data(), reason.size()) !=
        RD_KAFKA_CONF_OK) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("Kafka setting {}={}: {}", name, value, reason.data()), name);
    }
  }
  return conf;
}

Result<Handle> create(rd_kafka_type_t type, Conf conf) {
  std::array<char, 512> reason{};
  rd_kafka_t* handle = rd_kafka_new(type, conf.get(), reason.data(), reason.size());
  if (handle == nullptr) {
    return fail(ErrorCode::kMisconfigured, fmt::format("no Kafka client: {}", reason.data()));
  }
  (void)conf.release();  // the handle owns it now
  return Handle(handle);
}

Error to_error(rd_kafka_resp_err_t code, std::string_view doing) {
  const std::string message = fmt::format("{}: {}", doing, rd_kafka_err2str(code));
  switch (code) {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return {ErrorCode::kNotFound, message};
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return {ErrorCode::kMisconfigured, message};
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
      return {ErrorCode::kConflict, message};
    default:
      return {ErrorCode::kUnavailable, message};
  }
}

Result<Event> admin_call(
    rd_kafka_t* client, int timeout_ms,
    const std::function<void(rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>& submit,
    rd_kafka_admin_op_t operation) {
  const Queue queue(rd_kafka_queue_new(client));
  const std::unique_ptr<rd_kafka_AdminOptions_t, Deleter<rd_kafka_AdminOptions_destroy>> options(
      rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 512> reason{};
  const auto set = rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms,
                                                             reason.data(), reason.size());
  if (set != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(set, reason.data()));
  submit(options.get(), queue.get());
  Event event(rd_kafka_queue_poll(queue.get(), timeout_ms + 1000));
  if (!event) return fail(ErrorCode::kUnavailable, "Kafka did not answer in time");
  if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(to_error(code, "Kafka's administration"));
  }
  return event;
}

}  // namespace ledger::kafka
