#include <fmt/format.h>

#include "consumers/ledgerctl/commands.h"
#include "events/log/kafka_log.h"
#include "platform/limits.h"

namespace ledger::cli {

Result<int> run_topics(const TopicsCommand& command) {
  KafkaLog::Options kafka;
  kafka.brokers = command.brokers;
  kafka.topic = command.topic;
  kafka.append_timeout = limits::kAppendTimeout;
  if (command.action == "create") {
    LEDGER_CHECK(
        create_topic(kafka, {command.topic, command.partitions, command.replication_factor}));
    fmt::print("topic {} created with {} partitions\n", command.topic, command.partitions);
  }
  LEDGER_TRY(const auto lines, describe_topic(kafka));
  for (const auto& line : lines) fmt::print("{}\n", line);
  LEDGER_CHECK(check_topic(kafka));
  fmt::print("topic {} keeps its history\n", command.topic);
  return 0;
}

}  // namespace ledger::cli
