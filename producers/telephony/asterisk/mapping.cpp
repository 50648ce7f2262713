#include "producers/telephony/asterisk/mapping.h"

#include <fmt/format.h>

#include <unordered_map>

#include "producers/telephony/asterisk/calls.h"
#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/record_reader.h"

namespace ledger::asterisk {

namespace {

std::string where_of(const Call& call) {
  std::string lines;
  for (const Leg& leg : call.legs()) {
    lines += fmt::format("{}{}", lines.empty() ? "" : ", ", leg.line);
  }
  return fmt::format("{} {}", call.legs().size() == 1 ? "line" : "lines", lines);
}

void add_call(const Call& call, const Settings& settings, Mapped& mapped) {
  auto joined = join(call, settings);
  if (auto* event = std::get_if<Submission>(&joined)) {
    mapped.events.push_back(std::move(*event));
  } else {
    mapped.skipped.push_back({where_of(call), std::get<std::string>(std::move(joined))});
  }
}

}  // namespace

Result<Columns> columns_named(const std::vector<std::string>& names) {
  Columns columns;
  for (const auto& name : names) {
    if (name == "uniqueid") {
      columns.uniqueid = true;
    } else if (name == "userfield") {
      columns.userfield = true;
    } else if (name == "newcdrcolumns") {
      columns.newcdrcolumns = true;
    } else if (name != "none") {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("there is no column '{}'; cdr.conf adds uniqueid, userfield and "
                              "newcdrcolumns, or none",
                              name),
                  "columns");
    }
  }
  return columns;
}

Mapped map_cdr(std::string_view csv, const Settings& settings) {
  Mapped mapped;
  if (auto status = check_settings(settings); !status) {
    mapped.refused.push_back({"settings", {}, std::move(status).error()});
    return mapped;
  }
  std::vector<Call> calls;
  std::unordered_map<std::string, std::size_t> index_of_call;
  RecordReader reader(csv, settings);
  while (auto row = reader.next()) {
    auto leg = std::move(row->fields).and_then([&](std::vector<std::string> fields) {
      return read_leg(std::move(fields), settings);
    });
    if (!leg) {
      mapped.refused.push_back({fmt::format("line {}", row->line),
                                std::string(row->raw.substr(0, kRecordBytesMax)),
                                std::move(leg).error()});
      continue;
    }
    leg->line = row->line;
    const auto [found, fresh] = index_of_call.try_emplace(leg->call_key, calls.size());
    if (fresh) calls.emplace_back();
    calls[found->second].add(*std::move(leg));
  }
  for (const Call& call : calls) add_call(call, settings, mapped);
  return mapped;
}

}  // namespace ledger::asterisk
