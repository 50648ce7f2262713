#include "events/json_codec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "events/catalogue.h"
#include "events/json_place.h"
#include "events/json_reader.h"
#include "platform/utf8.h"

namespace ledger {

namespace {

using json::Element;
using json::Origin;

struct StoredEnvelope {
  std::string specversion;
  std::string id;
  std::string source;
  std::string type;
  std::optional<ClientId> subject;
  std::optional<ManagerId> actor;
  Timestamp time;
  Timestamp recordedtime;
  Date localday;
  std::optional<std::string> tzversion;
  std::string partitionkey;
  std::string datacontenttype;
  std::string dataschema;
  std::optional<std::string> leafhash;  // of an opened line
  std::optional<std::string> erasedby;  // likewise
  Element data;

  static void fields(auto&& field) {
    field("specversion", &StoredEnvelope::specversion);
    field("id", &StoredEnvelope::id);
    field("source", &StoredEnvelope::source);
    field("type", &StoredEnvelope::type);
    field("subject", &StoredEnvelope::subject);
    field("actor", &StoredEnvelope::actor);
    field("time", &StoredEnvelope::time);
    field("recordedtime", &StoredEnvelope::recordedtime);
    field("localday", &StoredEnvelope::localday);
    field("tzversion", &StoredEnvelope::tzversion);
    field("partitionkey", &StoredEnvelope::partitionkey);
    field("datacontenttype", &StoredEnvelope::datacontenttype);
    field("dataschema", &StoredEnvelope::dataschema);
    field("leafhash", &StoredEnvelope::leafhash);
    field("erasedby", &StoredEnvelope::erasedby);
    field("data", &StoredEnvelope::data);
  }
};

struct SentEnvelope {
  std::string specversion;
  std::string id;
  std::string source;
  std::string type;
  Timestamp time;
  Element data;
  std::optional<std::string> subject;
  std::optional<std::string> datacontenttype;
  std::optional<std::string> dataschema;
  std::optional<std::string> traceparent;
  std::optional<std::string> tracestate;
  std::optional<std::string> actor;
  std::optional<std::string> recordedtime;
  std::optional<std::string> localday;
  std::optional<std::string> tzversion;
  std::optional<std::string> partitionkey;

  static void fields(auto&& field) {
    field("specversion", &SentEnvelope::specversion);
    field("id", &SentEnvelope::id);
    field("source", &SentEnvelope::source);
    field("type", &SentEnvelope::type);
    field("time", &SentEnvelope::time);
    field("data", &SentEnvelope::data);
    field("subject", &SentEnvelope::subject);
    field("datacontenttype", &SentEnvelope::datacontenttype);
    field("dataschema", &SentEnvelope::dataschema);
    field("traceparent", &SentEnvelope::traceparent);
    field("tracestate", &SentEnvelope::tracestate);
    field("actor", &SentEnvelope::actor, stamped);
    field("recordedtime", &SentEnvelope::recordedtime, stamped);
    field("localday", &SentEnvelope::localday, stamped);
    field("tzversion", &SentEnvelope::tzversion, stamped);
    field("partitionkey", &SentEnvelope::partitionkey, stamped);
  }
};

struct KnownType {
  std::string_view name;
  int version = 0;
  Status (*read)(const Element&, EventData&, Origin) = nullptr;
};

template <class E>
Status read_as(const Element& element, EventData& out, Origin origin) {
  E event;
  LEDGER_CHECK(json::read_fields(element, event, origin));
  out = EventData(std::move(event));
  return {};
}

const KnownType* find_type(std::string_view name) {
  static const auto index = [] {
    std::unordered_map<std::string_view, KnownType> by_name;
    Catalogue::for_each([&]<class E>() {
      by_name.emplace(E::kName, KnownType{E::kName, E::kVersion, &read_as<E>});
    });
    return by_name;
  }();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &found->second;
}

// "org.salesledger.call.completed.v1" -> the type of that name in that version.
Result<const KnownType*> resolve_type(std::string_view cloud_type) {
  constexpr std::string_view kPrefix = "org.salesledger.";
  const auto unknown = [&] {
    return fail(ErrorCode::kUnknownType,
                fmt::format("'{}' is not an event type of this ledger", excerpt(cloud_type, 120)),
                "type");
  };
  const std::size_t dot = cloud_type.rfind(".v");
  if (!cloud_type.starts_with(kPrefix) || dot == std::string_view::npos || dot < kPrefix.size()) {
    return unknown();
  }
  const KnownType* type = find_type(cloud_type.substr(kPrefix.size(), dot - kPrefix.size()));
  if (type == nullptr) return unknown();
  const std::string_view digits = cloud_type.substr(dot + 2);
  int version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  // One spelling per type: no leading zero.
  const bool number = error == std::errc() && end == digits.data() + digits.size();
  if (!number || (digits.size() > 1 && digits.starts_with('0'))) return unknown();
  if (version != type->version) {
    return fail(ErrorCode::kUnsupportedVersion,
                fmt::format("{} is known in version {}, not in version {}", type->name,
                            type->version, version),
                "type");
  }
  return type;
}

Error from_parser(simdjson::error_code code) {
  switch (code) {
    case simdjson::UTF8_ERROR:
      return {ErrorCode::kMalformed, "the bytes are not valid UTF-8"};
    case simdjson::CAPACITY:
      return {ErrorCode::kTooLarge,
              fmt::format("an event takes at most {} bytes of JSON", limits::kEventBytesMax)};
    case simdjson::DEPTH_ERROR:
      return {ErrorCode::kTooLarge,
              fmt::format("JSON is nested deeper than {} levels", limits::kJsonDepthMax)};
    case simdjson::EMPTY:
      return {ErrorCode::kMalformed, "the body is empty where JSON is expected"};
    case simdjson::NUMBER_ERROR:
      return {ErrorCode::kOutOfRange, "a number is malformed or does not fit into 64 bits, signed"};
    default:
      return {ErrorCode::kMalformed,
              fmt::format("this is not JSON: {}", simdjson::error_message(code))};
  }
}

// CloudEvents 1.0: non-empty strings; and they must be printable, since people read them in lists.
Status check_identity(std::string_view text, std::string_view name) {
  if (text.size() > limits::kIdBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("has {} bytes, at most {} are kept", text.size(), limits::kIdBytesMax),
                std::string(name));
  }
  if (text.find_first_of("\n\t") != std::string_view::npos) {
    return fail(ErrorCode::kInvalidField, "holds a control character", std::string(name));
  }
  return {};
}

Status check_specversion(std::string_view specversion) {
  if (specversion == "1.0") return {};
  return fail(ErrorCode::kUnsupportedVersion,
              fmt::format("CloudEvents 1.0 is spoken here, not '{}'", excerpt(specversion)),
              "specversion");
}

// An attribute that came as a header: JSON's parser has not seen these bytes.
Status check_header(std::string_view name, std::string_view value) {
  auto status = is_valid_utf8(value) ? json::check_text(value)
                                     : fail(ErrorCode::kMalformed, "is not valid UTF-8");
  if (!status) return tl::unexpected(json::within(name, std::move(status).error()));
  return {};
}

Status check_sent(const SentEnvelope& sent) {
  LEDGER_CHECK(check_specversion(sent.specversion));
  LEDGER_CHECK(check_identity(sent.id, "id"));
  LEDGER_CHECK(check_identity(sent.source, "source"));
  if (sent.datacontenttype && *sent.datacontenttype != "application/json") {
    return fail(ErrorCode::kUnsupportedMedia, "the data of an event are application/json",
                "datacontenttype");
  }
  return {};
}

Result<Submission> to_submission(SentEnvelope sent) {
  LEDGER_CHECK(check_sent(sent));
  LEDGER_TRY(const KnownType* type, resolve_type(sent.type));
  Submission submission{
      std::move(sent.id), std::move(sent.source), sent.time, std::move(sent.subject), {}};
  auto status = type->read(sent.data, submission.data, Origin::kSender);
  if (!status) return tl::unexpected(json::within("data", std::move(status).error()));
  return submission;
}

Result<Submission> read_submission(const Element& element) {
  SentEnvelope sent;
  LEDGER_CHECK(json::read_fields(element, sent, Origin::kSender));
  return to_submission(std::move(sent));
}

}  // namespace

class JsonCodec::Impl {
 public:
  Impl() : event_parser_(limits::kEventBytesMax), batch_parser_(limits::kHttpBodyBytesMax) {
    ready_ = event_parser_.allocate(limits::kEventBytesMax, limits::kJsonDepthMax);
  }

  Result<Element> parse(std::string_view text) {
    if (ready_ != simdjson::SUCCESS) return tl::unexpected(from_parser(ready_));
    return parse_with(event_parser_, text);
  }

  Result<Element> parse_batch(std::string_view text) {
    if (batch_parser_.capacity() == 0) {
      // One level for the array around the events.
      const auto code =
          batch_parser_.allocate(limits::kHttpBodyBytesMax, limits::kJsonDepthMax + 1);
      if (code != simdjson::SUCCESS) return tl::unexpected(from_parser(code));
    }
    return parse_with(batch_parser_, text);
  }

 private:
  static Result<Element> parse_with(simdjson::dom::parser& parser, std::string_view text) {
    // Newer versions of simdjson skip it, older ones refuse it.
    if (text.starts_with("\xEF\xBB\xBF")) {
      return fail(ErrorCode::kMalformed, "JSON does not begin with a byte order mark");
    }
    Element element;
    const auto code = parser.parse(text.data(), text.size()).get(element);
    if (code == simdjson::SUCCESS) return element;
    Error error = from_parser(code);
    if (error.code == ErrorCode::kOutOfRange) error.field = json::place_of_bad_number(text);
    return tl::unexpected(std::move(error));
  }

  simdjson::error_code ready_;
  simdjson::dom::parser event_parser_;
  simdjson::dom::parser batch_parser_;
};

JsonCodec::JsonCodec() : impl_(std::make_unique<Impl>()) {}
JsonCodec::~JsonCodec() = default;
JsonCodec::JsonCodec(JsonCodec&&) noexcept = default;
JsonCodec& JsonCodec::operator=(JsonCodec&&) noexcept = default;

Result<Event> JsonCodec::decode_line(std::string_view line) {
  LEDGER_TRY(const Element element, impl_->parse(line));
  StoredEnvelope stored;
  LEDGER_CHECK(json::read_fields(element, stored, Origin::kLog));
  LEDGER_CHECK(check_specversion(stored.specversion));
  LEDGER_TRY(const KnownType* type, resolve_type(stored.type));
  Event event{
      std::move(stored.id),
      std::move(stored.source),
      stored.time,
      Stamps{stored.recordedtime, stored.localday, std::move(stored.subject),
             std::move(stored.actor), std::move(stored.partitionkey), std::move(stored.tzversion)},
      {},
      std::move(stored.leafhash),
      std::move(stored.erasedby)};
  auto status = type->read(stored.data, event.data, Origin::kLog);
  if (!status) return tl::unexpected(json::within("data", std::move(status).error()));
  return event;
}

Result<Submission> JsonCodec::decode_submission(std::string_view json) {
  LEDGER_TRY(const Element element, impl_->parse(json));
  return read_submission(element);
}

Result<std::vector<Result<Submission>>> JsonCodec::decode_batch(std::string_view json) {
  LEDGER_TRY(const Element element, impl_->parse_batch(json));
  simdjson::dom::array array;
  if (element.get(array) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "a batch is a JSON array of events");
  }
  if (array.size() > limits::kBatchEventsMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a batch takes at most {} events", limits::kBatchEventsMax));
  }
  std::vector<Result<Submission>> answers;
  answers.reserve(array.size());
  for (const Element item : array) answers.push_back(read_submission(item));
  return answers;
}

Result<Submission> JsonCodec::decode_binary(const Attributes& attributes, std::string_view body) {
  const std::array required{
      std::pair{"specversion", &attributes.specversion}, std::pair{"id", &attributes.id},
      std::pair{"source", &attributes.source}, std::pair{"type", &attributes.type},
      std::pair{"time", &attributes.time}};
  for (const auto& [name, value] : required) {
    if (value->empty()) return fail(ErrorCode::kMissingField, "is required", name);
    LEDGER_CHECK(check_header(name, *value));
  }
  if (!attributes.subject.empty()) LEDGER_CHECK(check_header("subject", attributes.subject));
  SentEnvelope sent;
  sent.specversion = attributes.specversion;
  sent.id = attributes.id;
  sent.source = attributes.source;
  sent.type = attributes.type;
  if (!attributes.subject.empty()) sent.subject = attributes.subject;
  auto time = parse_timestamp(attributes.time);
  if (!time) return tl::unexpected(json::within("time", std::move(time).error()));
  sent.time = *time;
  auto data = impl_->parse(body);
  if (!data) {
    Error error = std::move(data).error();
    return tl::unexpected(error.field.empty() ? error : json::within("data", std::move(error)));
  }
  sent.data = *data;
  return to_submission(std::move(sent));
}

Result<EventData> JsonCodec::decode_data(std::string_view name, std::string_view json,
                                         bool from_log) {
  const KnownType* type = find_type(name);
  if (type == nullptr) {
    return fail(ErrorCode::kUnknownType,
                fmt::format("'{}' is not an event type of this ledger", excerpt(name, 120)));
  }
  LEDGER_TRY(const Element element, impl_->parse(json));
  EventData data;
  LEDGER_CHECK(type->read(element, data, from_log ? Origin::kLog : Origin::kSender));
  return data;
}

}  // namespace ledger
