#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/kafka/handle.h"

namespace ledger::testing {

// Writes records with headers, as any Kafka client of another system does.
class TopicWriter {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  TopicWriter(const std::string& brokers, std::string topic);
  // Returns when the brokers have it; throws if they do not take it.
  void write(std::int32_t partition, const Headers& headers,
             const std::optional<std::string>& value);

 private:
  std::string topic_;
  kafka::Handle producer_;
};

}  // namespace ledger::testing
