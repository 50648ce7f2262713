#pragma once

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/result.h"

// Ownership over librdkafka's C handles, and its errors as ours. Nothing of the ledger in here.
namespace ledger::kafka {

template <auto Destroy>
struct Deleter {
  template <class T>
  void operator()(T* handle) const {
    Destroy(handle);
  }
};
using Conf = std::unique_ptr<rd_kafka_conf_t, Deleter<rd_kafka_conf_destroy>>;
using Handle = std::unique_ptr<rd_kafka_t, Deleter<rd_kafka_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Deleter<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Deleter<rd_kafka_event_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Deleter<rd_kafka_message_destroy>>;
using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                   Deleter<rd_kafka_topic_partition_list_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>>;

using Settings = std::vector<std::pair<std::string, std::string>>;

// kMisconfigured, naming the setting, for what librdkafka does not take.
[[nodiscard]] Result<Conf> configure(const Settings& settings);

// A producer or consumer; `conf` is used up. Its own log lines go nowhere: what matters comes back
// as errors, and a library does not write to a program's standard error.
[[nodiscard]] Result<Handle> create(rd_kafka_type_t type, Conf conf);

// kUnavailable for everything that time may cure, kNotFound for an unknown topic or partition,
// kMisconfigured for refused credentials.
[[nodiscard]] Error to_error(rd_kafka_resp_err_t code, std::string_view doing);

// Runs one admin request and returns its result event. `submit` is given the queue to answer on.
[[nodiscard]] Result<Event> admin_call(
    rd_kafka_t* client, int timeout_ms,
    const std::function<void(rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>& submit,
    rd_kafka_admin_op_t operation);

}  // namespace ledger::kafka
