#include "tests/consumers/access/departments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

namespace json = boost::json;

// They are about other events, take a side apart or put another in its place: tests of their own.
const std::set<std::string, std::less<>> kApart{
    "event.voided",          "event.corrected",
    "interaction.matched",   "interaction.match_rejected",
    "client.registered",     "client.assigned",
    "client.merged",         "client.split",
    "manager.hired",         "manager.dismissed",
    "absence.recorded",      "stand_in.appointed",
    "stand_in.ended",        "payment.ruled_out",
    "interaction.ruled_out", "payment.advance_named",
    "data_subject.erased"};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_free_text(std::string_view name) {
  return is_one_of(
      name, {"name",         "text",      "subject",    "topic",      "payer_name", "purpose",
             "product",      "director",  "short_name", "address",    "note",       "reason",
             "conclusions",  "question",  "answer",     "resolution", "decision",   "details",
             "requirements", "signatory", "place",      "basis",      "conditions"});
}

// Nothing of it is read as a word of a list, so that it can be any.
std::string text_of(const Side& side, std::string_view name, std::string_view text) {
  if (name.ends_with("client_id") || name == "client_ids") {
    return text == "c-1001" ? side.client() : side.client() + "-2";
  }
  if (is_one_of(name, {"manager_id", "assignee_id", "actor"})) return side.manager();
  if (name == "duty_id" || name == "scope_id" || name == "policy_id") return std::string(text);
  if (name == "payment_source") return "test/" + side.name;
  if (name == "payment_id") return "payment.received-0-" + side.name;
  if (is_one_of(name, {"invoice_id", "invoice_ids", "charged_on_id"})) return "inv-" + side.name;
  if (name.ends_with("_id") && text.starts_with('<')) {
    return fmt::format("<{}.{}", side.name, text.substr(1));
  }
  if (is_one_of(name, {"in_reply_to", "offer_ref", "references"}) && text.starts_with('<')) {
    return fmt::format("<{}.{}", side.name, text.substr(1));
  }
  if (name.ends_with("_id") || name.ends_with("_ids") || name == "offer_ref" ||
      is_one_of(name, {"number", "bank_reference", "to_competitor"})) {
    return fmt::format("{}-{}", text, side.name);
  }
  if (name.find("phone") != std::string_view::npos) return side.phone();
  if (is_one_of(name, {"extensions", "manager_extension"})) return "10" + side.digit;
  if (name.ends_with("tax_code")) return side.tax_code;
  if (is_one_of(name, {"iban", "ibans", "payer_iban"})) return side.iban;
  if (text.find('@') != std::string_view::npos) return fmt::format("{}.{}", side.name, text);
  if (is_free_text(name)) return fmt::format("{} {}", text, side.mark());
  return std::string(text);
}

void rewrite(json::value& value, const Side& side, std::string_view name) {
  if (auto* object = value.if_object()) {
    object->erase("vat_number");
    for (auto& member : *object) rewrite(member.value(), side, member.key());
  } else if (auto* array = value.if_array()) {
    for (auto& item : *array) rewrite(item, side, name);
  } else if (const auto* text = value.if_string()) {
    value = json::string(text_of(side, name, std::string_view(*text)));
  } else if (name == "amount_minor") {
    value = side.amount_minor;
  }
}

bool names_anybody(const json::value& data) {
  const auto& object = data.as_object();
  return std::any_of(object.begin(), object.end(), [](const auto& member) {
    const std::string_view name = member.key();
    return name == "manager_id" || name.ends_with("client_id");
  });
}

json::value read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

struct Example {
  std::string id;
  std::string type;
  json::value data;
};

// Of the whole house only the first side tells.
std::vector<Example> examples_of(const Side& side) {
  constexpr std::string_view kEnd = ".v1.json";
  std::vector<Example> all;
  for (const auto& entry : std::filesystem::directory_iterator(SCHEMA_DIR)) {
    const std::string file = entry.path().filename().string();
    if (!file.ends_with(kEnd)) continue;
    const std::string type = file.substr(0, file.size() - kEnd.size());
    const auto schema = read_json(entry.path());
    const auto* examples = schema.as_object().if_contains("examples");
    if (examples == nullptr || kApart.contains(type)) continue;
    int number = 0;
    for (json::value data : examples->as_array()) {
      if (!data.is_object() || (side.name != "own" && !names_anybody(data))) continue;
      rewrite(data, side, "");
      all.push_back({fmt::format("{}-{}-{}", type, number++, side.name), type, std::move(data)});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Example& left, const Example& right) { return left.id < right.id; });
  return all;
}

http::Response post(House& house, std::string_view source, std::string_view id,
                    std::string_view type, std::string_view time, std::string_view data) {
  return house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, source, type, time, data));
}

void tell_beginnings(House& house, const Side& side) {
  tell(
      house, "hired-" + side.name, "manager.hired", "2026-01-05T08:00:00Z",
      fmt::format(
          R"({{"manager_id":"{}","name":"{}","department":"{}","hired_on":"2026-01-05","extensions":["10{}"],"phones":["+38067111220{}"],"emails":["{}.olena@gurt.example"]}})",
          side.manager(), "Менеджер " + side.mark(), side.department, side.digit, side.digit,
          side.name));
  for (const std::string& card : {side.client(), side.client() + "-2"}) {
    const bool first = card == side.client();
    tell(house, "card-" + card, "client.registered", "2026-02-01T08:00:00Z",
         fmt::format(
             R"({{"client_id":"{}","name":"{} {}","segment":"corporate"{}}})", card, "Ромашка",
             side.mark(),
             first ? fmt::format(R"(,"tax_code":"{}","phones":["{}"])", side.tax_code, side.phone())
                   : ""));
    tell(house, "owner-" + card, "client.assigned", "2026-02-01T08:00:00Z",
         fmt::format(R"({{"client_id":"{}","manager_id":"{}","effective_from":"2026-02-01"}})",
                     card, side.manager()));
  }
  tell(
      house, "money-" + side.name, "payment.received", "2026-11-25T08:31:00Z",
      fmt::format(
          R"({{"bank_reference":"free-{0}","our_account":"UA213223130000026007233566001","amount":{{"amount_minor":{1},"currency":"UAH"}},"booked_on":"2026-11-25","client_id":"c-{0}-2"}})",
          side.name, side.amount_minor));
  // The invoice of the examples is cancelled by one of them: a register has nothing of it.
  tell(
      house, "lost-bill-" + side.name, "invoice.issued", "2026-11-20T08:00:00Z",
      fmt::format(
          R"({{"invoice_id":"lost-{0}","number":"lost-{0}","client_id":"c-{0}-2","issued_on":"2026-11-20","due_on":"2026-11-21","amount":{{"amount_minor":{1},"currency":"UAH"}}}})",
          side.name, side.amount_minor));
  tell(
      house, "given-up-" + side.name, "invoice.written_off", "2026-11-24T08:00:00Z",
      fmt::format(
          R"({{"invoice_id":"lost-{0}","client_id":"c-{0}-2","amount":{{"amount_minor":{1},"currency":"UAH"}},"written_off_on":"2026-11-24","kind":"bad_debt","approved_by":"директор"}})",
          side.name, side.amount_minor));
  tell(
      house, "unknown-call-" + side.name, "call.completed", "2026-11-25T08:30:00Z",
      fmt::format(
          R"({{"call_id":"unknown-{0}","direction":"inbound","client_phone":"+38063999110{1}","manager_extension":"10{1}","duration_s":30,"talk_s":20,"outcome":"answered"}})",
          side.name, side.digit));
}

}  // namespace

std::vector<std::string> Side::marks() const {
  return {client(),
          manager(),
          mark(),
          phone(),
          "38067111220" + digit,
          "38063999110" + digit,
          tax_code,
          iban,
          "-" + name + "\"",
          std::to_string(amount_minor)};
}

Side own_side() {
  return {"own", "гурт", "1", "14360570", "UA773000230000026007233566011", 31313131};
}
Side mate_side() {
  return {"mate", "гурт", "2", "38282219", "UA713000230000026007233566022", 17171717};
}
Side far_side() {
  return {"far", "роздріб", "3", "00032129", "UA653000230000026007233566033", 9191919};
}

void tell(House& house, std::string_view id, std::string_view type, std::string_view time,
          std::string_view data) {
  const auto response = post(house, "test", id, type, time, data);
  INFO(type << ' ' << data << ' ' << response.body);
  REQUIRE(response.status == 201);
}

std::size_t tell_side(House& house, const Side& side) {
  tell_beginnings(house, side);
  std::set<std::string> types;
  std::set<std::string> told;
  const auto all = examples_of(side);
  // Some need what is told after them by the alphabet.
  for (int turn = 0; turn < 3; ++turn) {
    for (const auto& one : all) {
      if (told.contains(one.id)) continue;
      // Who looked is the server's own word alone.
      const std::string source =
          one.type == "access.logged" ? "ledger/access" : "test/" + side.name;
      const auto response =
          post(house, source, one.id, one.type, "2026-11-25T09:00:00Z", json::serialize(one.data));
      if (response.status != 201) continue;
      told.insert(one.id);
      types.insert(one.type);
    }
  }
  return types.size();
}

void tell_nobodys(House& house) {
  tell(house, "nobody", "client.registered", "2026-02-01T08:00:00Z",
       R"({"client_id":"c-nobody","name":"Нічия"})");
  tell(
      house, "nobodys-money", "payment.received", "2026-11-25T08:00:00Z",
      R"({"bank_reference":"NOBODYS-REF-7788","our_account":"UA213223130000026007233566001","amount":{"amount_minor":4242,"currency":"UAH"},"booked_on":"2026-11-25","payer_name":"Невідомий платник","purpose":"за товар"})");
}

std::shared_ptr<const Principal> manager_of(const Side& side) {
  Principal who;
  who.id = side.name;
  who.role = Role::kManager;
  who.manager_id = ManagerId(side.manager());
  return std::make_shared<const Principal>(std::move(who));
}

std::shared_ptr<const Principal> head_of(std::vector<std::string> departments) {
  Principal who;
  who.id = "head";
  who.role = Role::kHead;
  who.departments = std::move(departments);
  return std::make_shared<const Principal>(std::move(who));
}

std::shared_ptr<const Principal> somebody(Role role) {
  Principal who;
  who.id = "somebody";
  who.role = role;
  return std::make_shared<const Principal>(std::move(who));
}

}  // namespace ledger::testing
