// Goal: a sender's fields are found whichever way it wrote them, and what cannot be read says why.
#include "producers/webhook/fields.h"

#include "platform/http/form.h"
#include "tests/support/catch.h"

using namespace ledger;
using webhook::Fields;

namespace {

http::Request body(std::string text) {
  http::Request request;
  request.method = "POST";
  request.body = std::move(text);
  return request;
}

std::string found(const Result<Fields>& fields, std::string_view name) {
  REQUIRE(fields);
  return std::string(fields->find(name).value_or("(absent)"));
}

}  // namespace

TEST_CASE("nested names read alike in a form, in JSON and in a query") {
  const auto form = Fields::of(body("callDetails%5Bbillsec%5D=61&historyData[0][waitsec]=4"));
  CHECK(found(form, "callDetails.billsec") == "61");
  CHECK(found(form, "historyData.0.waitsec") == "4");
  const auto json =
      Fields::of(body(R"( {"callDetails":{"billsec":61},"historyData":[{"waitsec":"4"}]})"));
  CHECK(found(json, "callDetails.billsec") == "61");
  CHECK(found(json, "historyData.0.waitsec") == "4");
  http::Request get;
  get.query = {{"callDetails[billsec]", "61"}};
  CHECK(found(Fields::of(get), "callDetails.billsec") == "61");
}

TEST_CASE("the body's first byte says what it is, whatever the label") {
  auto request = body(R"({"a":"1"})");
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  CHECK(found(Fields::of(request), "a") == "1");
}

TEST_CASE("empty texts and null are absent, true and false are words") {
  const auto fields = Fields::of(body(R"({"a":"","b":null,"c":true,"d":[]})"));
  CHECK(found(fields, "a") == "(absent)");
  CHECK(found(fields, "b") == "(absent)");
  CHECK(found(fields, "c") == "true");
  CHECK(found(Fields::of(body("customerData=&x=1")), "customerData") == "(absent)");
}

TEST_CASE("a plus is a space in a form, and a broken percent sign stands for itself") {
  CHECK(found(Fields::of(body("d=no+answer&p=100%&q=%2B380")), "d") == "no answer");
  CHECK(found(Fields::of(body("d=no+answer&p=100%&q=%2B380")), "p") == "100%");
  CHECK(found(Fields::of(body("d=no+answer&p=100%&q=%2B380")), "q") == "+380");
}

TEST_CASE("what cannot be read says why") {
  CHECK(Fields::of(body("a=1&a=2")).error().code == ErrorCode::kDuplicateName);
  CHECK(Fields::of(body("a=1&a=2")).error().field == "a");
  CHECK(Fields::of(body("a=1&a=1")));
  CHECK(Fields::of(body(R"({"a":1,"a":2})")).error().code == ErrorCode::kDuplicateName);
  CHECK(Fields::of(body(R"({"a":1)")).error().code == ErrorCode::kMalformed);
  CHECK(Fields::of(body("a=%FF")).error().code == ErrorCode::kMalformed);
  std::string many;
  for (std::size_t i = 0; i <= http::kFormFieldsMax; ++i) many += "f" + std::to_string(i) + "=1&";
  CHECK(Fields::of(body(many)).error().code == ErrorCode::kTooLarge);
  CHECK(Fields::of(body(std::string(40, '[') + std::string(40, ']'))).error().code ==
        ErrorCode::kTooLarge);
}

TEST_CASE("a number is whole or it is refused by name") {
  const auto fields = Fields::of(body("a=61&b=6.5&c=x&d=99999999999999999999"));
  REQUIRE(fields);
  CHECK(fields->integer("a") == 61);
  CHECK(fields->integer("b").error().field == "b");
  CHECK(fields->integer("c").error().code == ErrorCode::kInvalidField);
  CHECK(fields->integer("d").error().code == ErrorCode::kInvalidField);
  CHECK(fields->integer("e").error().code == ErrorCode::kMissingField);
  CHECK(fields->integer("e", 7) == 7);
}

TEST_CASE("a number whose fraction is nothing is whole") {
  const auto json = Fields::of(body(R"({"a":60.0,"b":6e1,"c":60.5,"d":-1.0})"));
  REQUIRE(json);
  CHECK(json->integer("a") == 60);
  CHECK(json->integer("b") == 60);
  CHECK(json->integer("c").error().code == ErrorCode::kInvalidField);
  CHECK(json->integer("d") == -1);
  const auto form = Fields::of(body("a=60.000&b=60.&c=.0&d=60.0.0&e=60,0"));
  REQUIRE(form);
  CHECK(form->integer("a") == 60);
  for (const auto* name : {"b", "c", "d", "e"}) {
    CHECK(form->integer(name).error().code == ErrorCode::kInvalidField);
  }
}

TEST_CASE("rows of a list: one that cannot be read holds up no other") {
  const std::string long_name(Fields::kNameBytesMax + 1, 'x');
  const auto rows = Fields::rows_of(
      body("[{\"a\":\"1\"},7,{\"" + long_name + "\":1},{\"a\":1,\"a\":2},[],{\"a\":\"5\"}]"));
  REQUIRE(rows);
  REQUIRE(rows->size() == 6);
  CHECK(found((*rows)[0], "a") == "1");
  CHECK((*rows)[1].error().code == ErrorCode::kMalformed);
  CHECK((*rows)[2].error().code == ErrorCode::kTooLarge);
  CHECK((*rows)[3].error().code == ErrorCode::kDuplicateName);
  CHECK((*rows)[4].error().code == ErrorCode::kMalformed);
  CHECK(found((*rows)[5], "a") == "5");
  CHECK(webhook::within_row(3, (*rows)[3].error()).field == "3.a");
  CHECK(webhook::within_row(1, (*rows)[1].error()).field == "1");
  CHECK_FALSE(Fields::rows_of(body("[{},")));
  std::string many = "[" + std::string(2 * Fields::kRowsMax, ' ');
  for (std::size_t i = 0; i < Fields::kRowsMax; ++i) many[2 * i + 1] = '0', many[2 * i + 2] = ',';
  many.back() = ']';
  CHECK(Fields::rows_of(body(many))->size() == Fields::kRowsMax);
  many.back() = ',';
  CHECK(Fields::rows_of(body(many + "0]")).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("how many items a list has") {
  const auto fields =
      Fields::of_json(
          R"({"a":[{"b":"1"},{},{"b":"3"},{}],"ab":["x"],"c":{"7x":"1","d":"2"},"e":"1"})")
          .value();
  CHECK(fields.count("a") == 3);
  CHECK(fields.count("ab") == 1);
  CHECK(fields.count("c") == 0);
  CHECK(fields.count("e") == 0);
  CHECK(fields.count("") == 0);
  // Whoever writes an index makes no list of that length.
  CHECK(Fields::of(body("a[0]=1&a[99999999]=2&a[-1]=3"))->count("a") == 1);
}

TEST_CASE("a field that stood elsewhere") {
  auto fields = Fields::of_json(R"({"a":"1"})").value();
  CHECK(fields.set("b", "2"));
  CHECK(fields.find("b") == "2");
  CHECK(fields.set("a", "2").error().code == ErrorCode::kDuplicateName);
  CHECK(Fields::of_json("a=1").error().code == ErrorCode::kMalformed);
}
