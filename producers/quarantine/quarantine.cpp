#include "producers/quarantine/quarantine.h"

#include <simdjson.h>

#include <algorithm>
#include <future>
#include <utility>

#include "platform/base64.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "platform/utf8.h"

namespace ledger {

namespace {

using Element = simdjson::dom::element;

// Text that JSON leaves nearly as long as it is.
bool is_plain_text(std::string_view body) {
  const auto escaped = std::count_if(body.begin(), body.end(), [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  });
  return static_cast<std::size_t>(escaped) <= 16 * 1024 && is_valid_utf8(body) &&
         std::none_of(body.begin(), body.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
         });
}

constexpr std::size_t kWordBytesMax = 1024;  // a content type, a field's name
constexpr std::size_t kDetailBytesMax = 8 * 1024;

// The texts beside the body, which some senders choose freely.
QuarantinedInput shortened(const QuarantinedInput& input) {
  QuarantinedInput about{std::string(excerpt(input.sender, kWordBytesMax)),
                         input.received,
                         std::string(excerpt(input.method, kWordBytesMax)),
                         std::string(excerpt(input.query, Quarantine::kQueryBytesMax)),
                         std::string(excerpt(input.content_type, kWordBytesMax)),
                         {},
                         input.error,
                         std::string(excerpt(input.field, kWordBytesMax)),
                         std::string(excerpt(input.detail, kDetailBytesMax))};
  return about;
}

std::size_t whole_bytes_of(const QuarantinedInput& input) {
  return input.whole_sha256.empty() ? input.body.size() : input.whole_bytes;
}

std::string whole_digest_of(const QuarantinedInput& input) {
  return input.whole_sha256.empty() ? to_hex(sha256(input.body)) : input.whole_sha256;
}

std::string line_of(const QuarantinedInput& input, std::size_t body_bytes_max) {
  const QuarantinedInput about = shortened(input);
  JsonWriter json;
  json.begin_object();
  write_about(json, about);
  if (!about.query.empty()) json.member("query", about.query);
  if (!about.content_type.empty()) json.member("content_type", about.content_type);
  std::string_view body = input.body;
  if (!input.whole_sha256.empty() || body.size() > body_bytes_max) {
    json.member("body_bytes", static_cast<std::int64_t>(whole_bytes_of(input)));
    json.member("body_sha256", whole_digest_of(input));
    body = body.substr(0, body_bytes_max);
  }
  if (is_plain_text(body)) {
    json.member("body", body);
  } else {
    json.member("body_base64", base64_encode(body));
  }
  json.end_object();
  return json.take();
}

std::string text_of(const Element& object, std::string_view name) {
  std::string_view text;
  if (object.at_key(name).get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

// What two deliveries have in common that are one for whoever looks into the quarantine.
std::string likeness_of(const QuarantinedInput& about, const std::string& body_sha256) {
  std::string all;
  for (const auto& part : {about.sender, about.method, about.query, about.content_type, about.error,
                           about.field, body_sha256}) {
    all += part;
    all += '\0';
  }
  return to_hex(sha256(all)).substr(0, 32);
}

// Shared: whoever answers may still be inside set_value() when the wait is over.
template <class Start>
Status waited(Start start) {
  const auto promise = std::make_shared<std::promise<Result<Position>>>();
  auto outcome = promise->get_future();
  start([promise](Result<Position> at) { promise->set_value(std::move(at)); });
  LEDGER_TRY([[maybe_unused]] const Position at, outcome.get());
  return {};
}

tl::unexpected<Error> not_ours() {
  return fail(ErrorCode::kCorrupt, "a line of the quarantine cannot be read");
}

Result<QuarantinedInput> input_of(const Element& object) {
  QuarantinedInput input;
  input.sender = text_of(object, "sender");
  LEDGER_TRY(input.received, parse_timestamp(text_of(object, "received")));
  input.method = text_of(object, "method");
  input.query = text_of(object, "query");
  input.content_type = text_of(object, "content_type");
  input.body = text_of(object, "body");
  if (const auto encoded = text_of(object, "body_base64"); !encoded.empty()) {
    const auto body = base64_decode(encoded);
    if (!body) return not_ours();
    input.body = *body;
  }
  input.error = text_of(object, "error");
  input.field = text_of(object, "field");
  input.detail = text_of(object, "detail");
  return input;
}

}  // namespace

void write_about(JsonWriter& json, const QuarantinedInput& input) {
  json.member("sender", input.sender);
  json.member("received", format_timestamp(input.received));
  json.member("error", input.error);
  if (!input.field.empty()) json.member("field", input.field);
  json.member("detail", input.detail);
  json.member("method", input.method);
}

Quarantine::Quarantine(LogWriter& writer, const LogReader& reader)
    : writer_(writer), reader_(reader), seen_(Frontier::start(reader.partitions())) {}

void Quarantine::append(std::string key, std::string line, Done done) {
  std::vector<LogRecord> records;
  records.push_back({std::move(key), std::move(line)});
  const auto shared = std::make_shared<Done>(std::move(done));
  auto status = writer_.append(std::move(records), [shared](std::size_t, Result<Position> outcome) {
    (*shared)(std::move(outcome));
  });
  if (!status) (*shared)(tl::unexpected(std::move(status).error()));
}

void Quarantine::keep(const QuarantinedInput& input, Done done) {
  append(input.sender, line_of(input, kBodyBytesMax), std::move(done));
}

// A log that cannot be read to its end is no reason to keep nothing.
bool Quarantine::waits_already(const QuarantinedInput& input) {
  const std::lock_guard lock(mutex_);
  if (!refresh()) return false;
  return waiting_alike_.contains(likeness_of(shortened(input), whole_digest_of(input)));
}

Status Quarantine::keep(const QuarantinedInput& input) {
  if (waits_already(input)) return {};
  auto kept = waited([&](Done done) { keep(input, std::move(done)); });
  for (const std::size_t shorter : {kBodyBytesAtLeast, std::size_t{0}}) {
    if (kept || kept.error().code != ErrorCode::kTooLarge) break;
    kept = waited([&](const Done& done) { append(input.sender, line_of(input, shorter), done); });
  }
  return kept;
}

Status Quarantine::release(const Position& position, Timestamp at, const std::string& dismissed) {
  std::string sender;
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(position);
    if (known != known_.end()) sender = known->second.sender;
  }
  JsonWriter json;
  json.begin_object();
  json.member("released", to_string(position));
  json.member("at", format_timestamp(at));
  if (!dismissed.empty()) json.member("dismissed", dismissed);
  json.end_object();
  return waited([&](Done done) { append(std::move(sender), json.take(), std::move(done)); });
}

void Quarantine::note(const StoredLine& stored) {
  simdjson::dom::parser parser;
  Element object;
  if (parser.parse(stored.line.data(), stored.line.size()).get(object) != simdjson::SUCCESS) return;
  const std::string target = text_of(object, "released");
  if (target.empty()) {
    if (auto sender = text_of(object, "sender"); !sender.empty()) {
      Known known{std::move(sender), {}, {}, {}};
      const auto input = input_of(object);
      if (input && waiting_alike_.size() < kWaitingKnownMax) {
        std::string digest = text_of(object, "body_sha256");
        if (digest.empty()) digest = to_hex(sha256(input->body));
        known.likeness = likeness_of(*input, digest);
        ++waiting_alike_[known.likeness];
      }
      known_.emplace(stored.position, std::move(known));
    }
    return;
  }
  const auto position = parse_position(target);
  const auto at = parse_timestamp(text_of(object, "at"));
  if (!position || !at) return;
  const auto known = known_.find(*position);
  if (known == known_.end()) return;
  const auto alike = waiting_alike_.find(std::exchange(known->second.likeness, {}));
  if (alike != waiting_alike_.end() && --alike->second == 0) waiting_alike_.erase(alike);
  known->second.released = *at;
  known->second.dismissed = text_of(object, "dismissed");
}

Status Quarantine::refresh() {
  LEDGER_TRY(const Frontier end, reader_.end());
  if (!cursor_) {
    LEDGER_TRY(cursor_, reader_.cursor(seen_));
  }
  while (!seen_.covers(end)) {
    auto lines = cursor_->poll(1000, limits::kHttpBodyBytesMax, std::chrono::milliseconds(1000));
    if (!lines || lines->empty()) {
      cursor_.reset();
      return lines ? fail(ErrorCode::kUnavailable, "the quarantine cannot be read to its end")
                   : tl::unexpected(std::move(lines).error());
    }
    for (const auto& stored : *lines) {
      note(stored);
      seen_.include(stored.position);
    }
  }
  waiting_ = std::count_if(known_.begin(), known_.end(),
                           [](const auto& entry) { return !entry.second.released; });
  return {};
}

Result<Quarantine::Entry> Quarantine::read(const Position& position, const Known& known) const {
  LEDGER_TRY(const std::string line, reader_.read(position));
  simdjson::dom::parser parser;
  Element object;
  if (parser.parse(line).get(object) != simdjson::SUCCESS) return not_ours();
  LEDGER_TRY(auto input, input_of(object));
  std::size_t bytes = input.body.size();
  if (std::int64_t whole = 0; object.at_key("body_bytes").get(whole) == simdjson::SUCCESS) {
    bytes = static_cast<std::size_t>(whole);
  }
  return Entry{position,       std::move(input), bytes, text_of(object, "body_sha256"),
               known.released, known.dismissed};
}

Result<std::vector<Quarantine::Entry>> Quarantine::list(const Question& question) {
  const std::lock_guard lock(mutex_);
  LEDGER_CHECK(refresh());
  std::vector<Entry> entries;
  auto at = question.after ? known_.upper_bound(*question.after) : known_.begin();
  for (; at != known_.end() && entries.size() < question.limit; ++at) {
    const auto& [position, known] = *at;
    if (question.sender && known.sender != *question.sender) continue;
    if (known.released && !question.released_too) continue;
    LEDGER_TRY(auto entry, read(position, known));
    entry.input.body = std::string();
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Quarantine::Entry> Quarantine::find(const Position& position) {
  const std::lock_guard lock(mutex_);
  LEDGER_CHECK(refresh());
  const auto known = known_.find(position);
  if (known == known_.end()) {
    return fail(ErrorCode::kNotFound, "the quarantine holds nothing at " + to_string(position));
  }
  return read(position, known->second);
}

Result<Quarantine::Counts> Quarantine::counts() {
  const std::lock_guard lock(mutex_);
  LEDGER_CHECK(refresh());
  Counts counts;
  for (const auto& [position, known] : known_)
    ++(known.released ? counts.released : counts.waiting);
  return counts;
}

}  // namespace ledger
