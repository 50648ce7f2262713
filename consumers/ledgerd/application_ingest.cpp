// How others bring facts in besides our own API: webhooks, lines over TCP and the inbox, and the
// quarantine behind them.
#include <fmt/format.h>

#include "consumers/inbox/cloud_event.h"
#include "consumers/ledgerd/application.h"
#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "platform/http/form.h"
#include "platform/limits.h"
#include "producers/email/gateway.h"
#include "producers/payments/refused_file.h"
#include "producers/webhook/quarantine_api.h"
#include "projections/store/rocks_view_store.h"

namespace ledger {

namespace {

constexpr std::size_t kCursorBufferBytes = 1024 * 1024;  // cursors are a few bytes

constexpr std::string_view kInbox = "inbox";
constexpr std::size_t kQuarantineBufferBytes = 4 * 1024 * 1024;  // seldom written

// A record as the quarantine keeps what came over HTTP: where it lay and what CloudEvents says of
// it in the query. Other headers may be nobody's business.
QuarantinedInput quarantined(const kafka::Record& record, const Error& error, Timestamp now) {
  std::string query = fmt::format("partition={}&offset={}", record.partition, record.offset);
  std::string content_type;
  for (const auto& [name, value] : record.headers) {
    if (name == "content-type") content_type = value;
    if (name.starts_with("ce_")) query += fmt::format("&{}={}", name, http::url_encode(value));
  }
  return {std::string(kInbox),
          now,
          "KAFKA",
          std::move(query),
          std::move(content_type),
          record.value.value_or(""),
          std::string(name_of(error.code)),
          error.field,
          error.message};
}

// For a replay out of the quarantine.
Mapped map_record(const http::Request& request) {
  kafka::Record record;
  record.headers = request.query;
  record.headers.emplace_back("content-type", request.header("content-type"));
  record.value = request.body;
  JsonCodec codec;
  Mapped mapped;
  if (auto submission = inbox::to_submission(record, codec)) {
    mapped.events.push_back(*std::move(submission));
  } else {
    mapped.refused.push_back({"record", {}, std::move(submission).error()});
  }
  return mapped;
}

Webhook inbox_record() {
  Webhook inbox;
  inbox.name = kInbox;
  inbox.map = map_record;
  inbox.has_route = false;
  inbox.restates = false;
  return inbox;
}

// A line as the quarantine keeps what came over HTTP: what is missing of it in the query.
http::Request delivery_of(const std::string& line, LineFeed::Cut cut) {
  http::Request request;
  request.method = "TCP";
  request.target = "/";
  request.body = line;
  if (cut == LineFeed::Cut::kWhole) return request;
  const std::string_view reason =
      cut == LineFeed::Cut::kLength ? threecx::kCutByLength : threecx::kCutByDisconnect;
  request.target = fmt::format("/?cut={}", reason);
  request.query.emplace_back("cut", reason);
  return request;
}

}  // namespace

// On Kafka only if something may go into it, so that a house without needs no second topic.
Status Application::open_quarantine(const ServerOptions& options) {
  if (options.brokers.empty()) {
    LEDGER_TRY(auto opened,
               EmbeddedLog::open({options.data / "quarantine", 1, kQuarantineBufferBytes}));
    const std::shared_ptr<EmbeddedLog> log = std::move(opened);
    quarantine_writer_ = log;
    quarantine_reader_ = log;
  } else if (!configured_webhooks(options.webhooks, zone_, *views_, clock_).empty() ||
             !options.inbox_topic.empty() || options.webhooks.mail) {
    KafkaLog::Options kafka;
    kafka.brokers = options.brokers;
    kafka.topic = options.quarantine_topic;
    if (options.quarantine_topic == options.topic ||
        options.quarantine_topic == options.inbox_topic) {
      return fail(ErrorCode::kMisconfigured,
                  "events, inbox and quarantine are three topics, none of them another's",
                  "quarantine-topic");
    }
    kafka.append_timeout = limits::kAppendTimeout;
    LEDGER_CHECK(check_topic(kafka));
    LEDGER_TRY(auto opened, KafkaLog::open(kafka));
    const std::shared_ptr<KafkaLog> log = std::move(opened);
    quarantine_writer_ = log;
    quarantine_reader_ = log;
  }
  if (!quarantine_writer_) return {};
  quarantine_ = std::make_unique<Quarantine>(*quarantine_writer_, *quarantine_reader_);
  LEDGER_TRY([[maybe_unused]] const auto counts, quarantine_->counts());
  metrics_.gauge("quarantine_waiting", "Entries of the quarantine that wait for somebody.", {},
                 [this] { return static_cast<double>(quarantine_->waiting_when_last_seen()); });
  return {};
}

void Application::open_webhooks(const ServerOptions& options) {
  if (!quarantine_) return;
  auto webhooks = configured_webhooks(options.webhooks, zone_, *views_, clock_);
  webhooks.push_back(inbox_record());
  webhooks.push_back(mail::gateway_webhook());
  for (const auto* format : {"bank-csv", "camt", "invoices-csv", "mt940", "ubl"}) {
    webhooks.push_back(bank::refused_file(format));
  }
  webhooks_ = std::make_unique<WebhookIngest>(
      WebhookIngest::Parts{*door_, *restating_, *quarantine_, clock_}, std::move(webhooks));
  webhooks_->add_routes(router_);
  add_quarantine_api(router_, *quarantine_, *webhooks_, clock_, may_handle_quarantine);
  const auto count = [this](const char* result, std::uint64_t WebhookIngest::Counters::* member) {
    metrics_.counter("webhook_deliveries_total", "What became of the deliveries of webhooks.",
                     {{"result", result}},
                     [this, member] { return static_cast<double>(webhooks_->counters().*member); });
  };
  count("taken", &WebhookIngest::Counters::taken);
  count("skipped", &WebhookIngest::Counters::skipped);
  count("forged", &WebhookIngest::Counters::forged);
  count("quarantined", &WebhookIngest::Counters::quarantined);
  count("sent_back", &WebhookIngest::Counters::sent_back);
  metrics_.counter("webhook_corrections_total", "Records that their senders restated.", {},
                   [this] { return static_cast<double>(webhooks_->counters().corrected); });
}

// 3CX's call records: each line is a delivery of a webhook that has no path.
Status Application::start_line_feed(const ServerOptions& options) {
  const WebhookOptions& webhooks = options.webhooks;
  if (!webhooks.has_threecx_cdr()) return {};
  auto started = LineFeed::start(
      {webhooks.threecx_cdr_listen, webhooks.threecx_cdr_connect, threecx::kCdrLineBytesMax},
      [this](const std::string& line, LineFeed::Cut cut) {
        return webhooks_->take(threecx::kCdrName, delivery_of(line, cut)).status < 500;
      });
  if (!started) {
    return fail(ErrorCode::kMisconfigured, started.error().message,
                webhooks.threecx_cdr_listen.empty() ? "threecx-cdr-connect" : "threecx-cdr-listen");
  }
  line_feed_ = *std::move(started);
  metrics_.gauge("threecx_cdr_connections", "Connections over which 3CX may send call records.", {},
                 [this] { return static_cast<double>(line_feed_->connections()); });
  return {};
}

// Its offsets lie beside the log of which they tell what it has taken in.
Status Application::start_inbox(const ServerOptions& options) {
  if (options.inbox_topic.empty()) return {};
  const std::string& brokers =
      options.inbox_brokers.empty() ? options.brokers : options.inbox_brokers;
  if (brokers.empty()) {
    return fail(ErrorCode::kMisconfigured,
                "the inbox is read from Kafka: say --inbox-brokers, or --brokers", "inbox-brokers");
  }
  if (brokers == options.brokers && options.inbox_topic == options.topic) {
    return fail(ErrorCode::kMisconfigured, "the log's own topic is no inbox", "inbox-topic");
  }
  LEDGER_TRY(inbox_cursors_, open_rocks_view_store(options.data / "inbox",
                                                   {inbox::cursor_family(options.inbox_topic)}, 0,
                                                   {.write_buffer_bytes = kCursorBufferBytes}));
  inbox_ = std::make_unique<inbox::InboxBridge>(
      kafka::TopicReader::Options{.brokers = brokers, .topic = options.inbox_topic},
      inbox::InboxBridge::Parts{*door_, *inbox_cursors_,
                                [this](const kafka::Record& record, const Error& error) -> Status {
                                  LEDGER_CHECK(inbox::log_refused(record, error));
                                  return quarantine_->keep(
                                      quarantined(record, error, clock_.now()));
                                }});
  return {};
}

}  // namespace ledger
