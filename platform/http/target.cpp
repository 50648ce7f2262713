#include "platform/http/target.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "platform/utf8.h"

namespace ledger::http {

namespace {

Status check_text(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || !is_valid_utf8(text)) {
    return fail(ErrorCode::kMalformed, "the request target is not UTF-8 text");
  }
  return {};
}

// Where others deliver to us, in a form that is theirs: some repeat a parameter.
bool is_delivery(const Request& request) {
  return request.segments.size() > 2 && request.segments[0] == "v1" &&
         request.segments[1] == "hooks";
}

}  // namespace

Status parse_target(std::string_view target, Request& request) {
  const auto url = boost::urls::parse_origin_form(target);
  if (!url) return fail(ErrorCode::kMalformed, "the request target is not a path");
  request.target = target;
  for (const auto& segment : url->segments()) {
    LEDGER_CHECK(check_text(segment));
    request.segments.push_back(segment);
  }
  if (url->encoded_query().empty()) return {};  // "/v1/clients?" names no parameter
  boost::urls::encoding_opts options;
  options.space_as_plus = true;
  for (const auto& parameter : url->params(options)) {
    LEDGER_CHECK(check_text(parameter.key));
    LEDGER_CHECK(check_text(parameter.value));
    if (!is_delivery(request) && request.parameter(parameter.key)) {
      return fail(ErrorCode::kMalformed, "a parameter is given twice", parameter.key);
    }
    request.query.emplace_back(parameter.key, parameter.value);
  }
  return {};
}

}  // namespace ledger::http
