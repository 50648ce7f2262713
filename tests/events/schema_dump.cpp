// The code's side of the schema test (schema_test.py): what each event holds, and what the codec
// makes of given data.
//
//   schema_dump             one JSON array, an item for each type of the catalogue
//   schema_dump --decode    for each line {"type","data","from_log"} of standard input one line
//                           {"ok":true,"canonical"} or {"ok":false,"error","field","message"};
//                           the type "envelope" stands for a whole stored line
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>

#include "events/catalogue.h"
#include "events/envelope.h"
#include "events/fields_json.h"
#include "events/json_codec.h"
#include "events/json_reader.h"

namespace ledger {

namespace {

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class T>
constexpr std::string_view kind_of() {
  if constexpr (std::is_same_v<T, std::string>) return "text";
  if constexpr (IsId<T>::value) return "id";
  if constexpr (std::is_same_v<T, Phone>) return "phone";
  if constexpr (std::is_same_v<T, Email>) return "email";
  if constexpr (std::is_same_v<T, Iban>) return "iban";
  if constexpr (std::is_same_v<T, TaxCode>) return "tax_code";
  if constexpr (std::is_same_v<T, Currency>) return "currency";
  if constexpr (std::is_same_v<T, std::int64_t>) return "integer";
  if constexpr (std::is_same_v<T, bool>) return "boolean";
  if constexpr (std::is_same_v<T, Timestamp>) return "timestamp";
  if constexpr (std::is_same_v<T, Date>) return "date";
  if constexpr (std::is_same_v<T, RawJson>) return "json_object";
  if constexpr (NamedEnum<T>) return "enum";
  if constexpr (HasFields<T>) return "object";
  return "";
}

template <class T>
void write_fields(JsonWriter& json);

template <class T>
struct FieldWriter {
  JsonWriter& json;

  template <class Member>
  void operator()(std::string_view name, Member T::*, Trait trait = Trait::kPlain) const {
    json.begin_object();
    json.member("name", name);
    json.member("required", !is_optional<Member> && !is_vector<Member>);
    json.member("list", is_vector<Member>);
    json.member("personal", trait == personal);
    json.member("stamped", trait == stamped);
    if constexpr (is_optional<Member> || is_vector<Member>) {
      write_kind<typename Member::value_type>();
    } else {
      write_kind<Member>();
    }
    json.end_object();
  }

  template <class Value>
  void write_kind() const {
    static_assert(!kind_of<Value>().empty(), "name the new kind of member in kind_of()");
    json.member("kind", kind_of<Value>());
    if constexpr (NamedEnum<Value>) {
      json.key("words").begin_array();
      for (const auto word : names(Value{})) json.value(word);
      json.end_array();
    }
    if constexpr (HasFields<Value>) {
      json.key("fields");
      write_fields<Value>(json);
    }
  }
};

template <class T>
void write_fields(JsonWriter& json) {
  json.begin_array();
  T::fields(FieldWriter<T>{json});
  json.end_array();
}

template <class E>
void write_type(JsonWriter& json) {
  json.begin_object();
  json.member("name", E::kName);
  json.member("version", E::kVersion);
  json.key("fields");
  write_fields<E>(json);
  json.end_object();
}

std::string dump() {
  JsonWriter json;
  json.begin_array();
  Catalogue::for_each([&]<class E>() { write_type<E>(json); });
  json.end_array();
  return json.take();
}

struct Question {
  std::string type;
  RawJson data;
  bool from_log = false;

  static void fields(auto&& field) {
    field("type", &Question::type);
    field("data", &Question::data);
    field("from_log", &Question::from_log);
  }
};

Result<Question> read_question(std::string_view line) {
  thread_local simdjson::dom::parser parser;
  json::Element element;
  if (parser.parse(line.data(), line.size()).get(element) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "the question is not JSON");
  }
  Question question;
  LEDGER_CHECK(json::read_fields(element, question, json::Origin::kLog));
  return question;
}

Result<std::string> canonical(JsonCodec& codec, std::string_view line) {
  LEDGER_TRY(const auto question, read_question(line));
  if (question.type == "envelope") {
    LEDGER_TRY(Event event, codec.decode_line(question.data.text));
    return encode_line({event.id, event.source, event.time, {}, event.data}, event.stamps);
  }
  auto data = codec.decode_data(question.type, question.data.text, question.from_log);
  if (!data) return tl::unexpected(json::within("data", std::move(data).error()));
  return data_json(*data);
}

std::string answer(JsonCodec& codec, std::string_view line) {
  const auto result = canonical(codec, line);
  JsonWriter json;
  json.begin_object();
  json.member("ok", result.has_value());
  if (result) {
    json.key("canonical").raw(*result);
  } else {
    json.member("error", name_of(result.error().code));
    json.member("field", result.error().field);
    json.member("message", result.error().message);
  }
  json.end_object();
  return json.take();
}

void decode_lines() {
  JsonCodec codec;
  for (std::string line; std::getline(std::cin, line);) std::puts(answer(codec, line).c_str());
}

}  // namespace

}  // namespace ledger

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--decode") {
    ledger::decode_lines();
  } else {
    std::puts(ledger::dump().c_str());
  }
  return 0;
}
