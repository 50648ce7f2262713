#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <span>
#include <thread>

#include "events/log/kafka_log.h"
#include "platform/kafka/handle.h"

namespace ledger {

namespace {

Result<kafka::Handle> make_admin(const KafkaLog::Options& options) {
  kafka::Settings settings{{"bootstrap.servers", options.brokers}};
  settings.insert(settings.end(), options.extra.begin(), options.extra.end());
  LEDGER_TRY(auto conf, kafka::configure(settings));
  return kafka::create(RD_KAFKA_PRODUCER, std::move(conf));
}

// A line of the quarantine is the longest (Quarantine::kLineBytesMax); the record around it has its
// key and headers.
constexpr long long kLineBytesMax = 1024 * 1024;
constexpr long long kRoomBytes = 2 * kLineBytesMax;

int timeout_ms(const KafkaLog::Options& options) {
  return static_cast<int>(options.append_timeout.count());
}

using TopicConfig = std::map<std::string, std::string>;

Result<TopicConfig> read_config(rd_kafka_t* admin, const KafkaLog::Options& options) {
  rd_kafka_ConfigResource_t* wanted =
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, options.topic.c_str());
  auto answered = kafka::admin_call(
      admin, timeout_ms(options),
      [&](rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
        rd_kafka_DescribeConfigs(admin, &wanted, 1, how, queue);
      },
      RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  rd_kafka_ConfigResource_destroy(wanted);
  if (!answered) return tl::unexpected(std::move(answered).error());
  const auto* result = rd_kafka_event_DescribeConfigs_result(answered->get());
  std::size_t count = 0;
  const auto* const* resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  TopicConfig config;
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto code = rd_kafka_ConfigResource_error(resources[i]);
        code != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return tl::unexpected(kafka::to_error(code, "topic " + options.topic));
    }
    std::size_t entries = 0;
    const auto* const* entry = rd_kafka_ConfigResource_configs(resources[i], &entries);
    for (std::size_t k = 0; k < entries; ++k) {
      const char* value = rd_kafka_ConfigEntry_value(entry[k]);
      config[rd_kafka_ConfigEntry_name(entry[k])] = value == nullptr ? "" : value;
    }
  }
  return config;
}

Error unknown_topic(const KafkaLog::Options& options) {
  return {ErrorCode::kNotFound,
          fmt::format("Kafka at {} has no topic {}; make it by: ledgerctl topics create "
                      "--brokers {} --topic {}",
                      options.brokers, options.topic, options.brokers, options.topic)};
}

struct Layout {
  int partitions = 0;
  int with_leader = 0;
  int replicas = 0;
};

Result<Layout> layout_of(rd_kafka_t* client, const KafkaLog::Options& options) {
  const kafka::Topic topic(rd_kafka_topic_new(client, options.topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(client, 0, topic.get(), &metadata, timeout_ms(options));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(kafka::to_error(code, "Kafka at " + options.brokers));
  }
  const std::unique_ptr<const rd_kafka_metadata_t, kafka::Deleter<rd_kafka_metadata_destroy>> owned(
      metadata);
  const auto& found = metadata->topics[0];
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR || found.partition_cnt == 0) {
    return tl::unexpected(unknown_topic(options));
  }
  const std::span partitions(found.partitions, static_cast<std::size_t>(found.partition_cnt));
  Layout layout{found.partition_cnt, 0, partitions[0].replica_cnt};
  layout.with_leader = static_cast<int>(
      std::count_if(partitions.begin(), partitions.end(), [](const auto& partition) {
        return partition.err == RD_KAFKA_RESP_ERR_NO_ERROR && partition.leader >= 0;
      }));
  return layout;
}

// The controller answers before the brokers that lead the partitions have heard of them.
Status await_leaders(rd_kafka_t* admin, const KafkaLog::Options& options, int partitions) {
  constexpr auto kPause = std::chrono::milliseconds(20);
  const auto deadline = std::chrono::steady_clock::now() + options.append_timeout;
  for (;;) {
    const auto layout = layout_of(admin, options);
    if (layout && layout->with_leader == partitions) return {};
    if (std::chrono::steady_clock::now() > deadline) {
      if (!layout) return tl::unexpected(layout.error());
      return fail(ErrorCode::kUnavailable,
                  fmt::format("topic {} was made, but {} of its {} partitions have a leader",
                              options.topic, layout->with_leader, partitions));
    }
    std::this_thread::sleep_for(kPause);
  }
}

// One setting that decides whether history is kept.
struct Verdict {
  std::string name;
  std::string value;
  std::string wanted;
  bool ok;
};

Result<std::vector<Verdict>> judge(const KafkaLog::Options& options) {
  LEDGER_TRY(const auto admin, make_admin(options));
  LEDGER_TRY(const Layout layout, layout_of(admin.get(), options));
  LEDGER_TRY(auto config, read_config(admin.get(), options));
  std::vector<Verdict> verdicts;
  const auto equal = [&](const char* name, const char* wanted) {
    verdicts.push_back({name, config[name], wanted, config[name] == wanted});
  };
  equal("cleanup.policy", "delete");
  equal("retention.ms", "-1");
  equal("retention.bytes", "-1");
  const int in_sync = std::atoi(config["min.insync.replicas"].c_str());
  verdicts.push_back({"min.insync.replicas", config["min.insync.replicas"],
                      layout.replicas >= 3 ? "2 or more" : "any, with fewer than 3 replicas",
                      layout.replicas < 3 || in_sync >= 2});
  const std::string& room = config["max.message.bytes"];
  verdicts.push_back({"max.message.bytes", room, fmt::format("{} or more", kLineBytesMax),
                      std::atoll(room.c_str()) >= kLineBytesMax});
  return verdicts;
}

}  // namespace

Status create_topic(const KafkaLog::Options& options, const TopicSettings& settings) {
  LEDGER_TRY(const auto admin, make_admin(options));
  std::array<char, 512> reason{};
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(settings.topic.c_str(), settings.partitions,
                            settings.replication_factor, reason.data(), reason.size());
  if (topic == nullptr) return fail(ErrorCode::kInvalidField, reason.data());
  const auto set = [&](const char* name, const char* value) {
    rd_kafka_NewTopic_set_config(topic, name, value);
  };
  set("cleanup.policy", "delete");
  set("retention.ms", "-1");
  set("retention.bytes", "-1");
  set("max.message.bytes", std::to_string(kRoomBytes).c_str());
  if (settings.replication_factor >= 3) set("min.insync.replicas", "2");
  auto answered = kafka::admin_call(
      admin.get(), timeout_ms(options),
      [&](rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
        rd_kafka_CreateTopics(admin.get(), &topic, 1, how, queue);
      },
      RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_NewTopic_destroy(topic);
  if (!answered) return tl::unexpected(std::move(answered).error());
  std::size_t count = 0;
  const auto* const* results = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(answered->get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    return tl::unexpected(kafka::to_error(code, "making topic " + settings.topic));
  }
  KafkaLog::Options made = options;
  made.topic = settings.topic;
  return await_leaders(admin.get(), made, settings.partitions);
}

Status check_topic(const KafkaLog::Options& options) {
  LEDGER_TRY(const auto verdicts, judge(options));
  std::string wrong;
  for (const auto& verdict : verdicts) {
    if (verdict.ok) continue;
    wrong += fmt::format("{}{}={} (must be {})", wrong.empty() ? "" : ", ", verdict.name,
                         verdict.value, verdict.wanted);
  }
  if (wrong.empty()) return {};
  return fail(
      ErrorCode::kMisconfigured,
      fmt::format("topic {} could lose history, or refuse a part of it: {}", options.topic, wrong),
      "topic");
}

Result<std::vector<std::string>> describe_topic(const KafkaLog::Options& options) {
  LEDGER_TRY(const auto verdicts, judge(options));
  std::vector<std::string> lines;
  for (const auto& verdict : verdicts) {
    lines.push_back(fmt::format("{:<20} {:<8} {}", verdict.name, verdict.value,
                                verdict.ok ? "ok" : "WRONG, must be " + verdict.wanted));
  }
  return lines;
}

}  // namespace ledger
