#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "platform/result.h"

namespace ledger::freeswitch {

// One call record of FreeSWITCH as named texts, alike whether it came as JSON (mod_json_cdr,
// mod_format_cdr) or XML (mod_xml_cdr, mod_format_cdr): "core-uuid", "channel_data.direction",
// "variables.billsec", "callflow.0.caller_profile.destination_number". The newest profile is 0; an
// old record has one "callflow." without a number.
//
// Texts are percent-decoded once as they are read: the modules encode each value (`encode-values`),
// and what is read here holds no percent sign of its own. An empty text is absent.
class Cdr {
 public:
  // From the body of a delivery, whichever way it is wrapped: the document itself, or the form
  // field `cdr` with it raw, percent-encoded, or in base64 whose + / = nobody escaped, or (in the
  // modules' error directory) that field's value alone. What it is, is told by its first bytes:
  // Content-Type is wrong where disable-100-continue is on.
  //
  // kMalformed: none of these, or no JSON or XML inside. The JSON of a form that was encoded twice
  // (encode=true with encode-values=true) cannot be restored; the error says what to set.
  // kDuplicateName: JSON that names a value twice. kTooLarge: over the limits of webhook::Fields.
  [[nodiscard]] static Result<Cdr> parse(std::string_view body);

  // nullopt: absent. kMalformed: not UTF-8 as it came or once decoded; kDuplicateName: an XML
  // element that is there twice with two values.
  [[nodiscard]] Result<std::optional<std::string>> find(const std::string& name) const;
  // kMissingField besides.
  [[nodiscard]] Result<std::string> text(const std::string& name) const;
  // kMissingField, kInvalidField: no whole number.
  [[nodiscard]] Result<std::int64_t> integer(const std::string& name) const;
  [[nodiscard]] Result<std::int64_t> integer(const std::string& name, std::int64_t otherwise) const;
  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }

 private:
  class XmlReader;
  [[nodiscard]] static Result<Cdr> from_json(std::string document, bool decoded);
  [[nodiscard]] static Result<Cdr> from_xml(std::string_view document);

  std::unordered_map<std::string, std::string> values_;
  std::unordered_set<std::string> twice_;
};

}  // namespace ledger::freeswitch
