#include "consumers/ledgerctl/bank_quarantine.h"

#include <fmt/format.h>

#include <filesystem>

#include "consumers/client/json.h"
#include "platform/http/form.h"
#include "platform/sha256.h"
#include "platform/utf8.h"
#include "producers/quarantine/quarantine.h"

namespace ledger::cli {

namespace {

// Each with its subject, as the terminal has it.
std::vector<std::string> reasons_of(const Mapped& mapped,
                                    const std::vector<Uploader::Refusal>& by_server) {
  std::vector<std::string> reasons;
  reasons.reserve(mapped.refused.size() + by_server.size());
  for (const auto& [where, raw, error] : mapped.refused) {
    reasons.push_back(fmt::format("{}: {}{}", where, error.field.empty() ? "" : error.field + " ",
                                  error.message));
  }
  for (const auto& one : by_server) reasons.push_back(one.where + ": " + one.reason);
  return reasons;
}

}  // namespace

Status BankQuarantine::keep(const std::string& file, const std::string& content,
                            const Mapped& mapped, const std::vector<Uploader::Refusal>& by_server) {
  const auto reasons = reasons_of(mapped, by_server);
  const std::string_view word =
      name_of(mapped.refused.empty() ? ErrorCode::kConflict : mapped.refused.front().error.code);
  if (reasons.empty()) return {};
  constexpr std::size_t kReasonBytesMax = 1500;
  std::string detail = reasons.front();
  if (reasons.size() > 1) detail += fmt::format("; and {} more", reasons.size() - 1);
  http::Client::Call call;
  call.method = "POST";
  call.path = fmt::format("/v1/quarantine/{}?error={}&detail={}&query={}", command_.format, word,
                          http::url_encode(excerpt(detail, kReasonBytesMax)),
                          http::url_encode(query_of(file)));
  call.content_type = command_.format == "camt" ? "application/xml" : "text/plain";
  call.body = content.substr(0, Quarantine::kBodyBytesMax);
  if (content.size() > call.body.size()) {
    call.path += fmt::format("&bytes={}&sha256={}", content.size(), to_hex(sha256(content)));
  }
  LEDGER_TRY(const auto answer, client_.send(call));
  if (answer.status == 201) {
    fmt::print("{} is kept in the quarantine with what was refused: `ledgerctl quarantine list`\n",
               file);
  } else {
    fmt::print(stderr, "{} could not be kept in the quarantine: {}\n", file,
               error_of(answer).message);
  }
  return {};
}

std::string BankQuarantine::query_of(const std::string& file) const {
  const auto& sender = command_.sender;
  std::string query =
      "file=" + http::url_encode(excerpt(std::filesystem::path(file).filename().string()));
  if (!sender.source.empty()) query += "&source=" + http::url_encode(sender.source);
  if (!sender.charset.empty()) query += "&charset=" + http::url_encode(sender.charset);
  return query;
}

}  // namespace ledger::cli
