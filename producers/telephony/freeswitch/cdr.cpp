#include "producers/telephony/freeswitch/cdr.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "platform/base64.h"
#include "platform/http/form.h"
#include "platform/utf8.h"
#include "platform/xml_tree.h"
#include "producers/webhook/fields.h"

namespace ledger::freeswitch {

namespace {

constexpr std::string_view kField = "cdr=";
constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::size_t kNameBytesMax = 255;  // with all that it lies in; none that is read is longer

struct Document {
  std::string text;
  bool decoded = false;  // from a form's percent signs
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

bool is_document(std::string_view text) {
  const std::string_view inner = trimmed(text);
  return !inner.empty() && (inner.front() == '{' || inner.front() == '<');
}

// A form decoder on the way may have turned the plus signs into spaces, an encoder broken the
// lines.
std::optional<std::string> from_base64(std::string_view text) {
  std::string repaired;
  for (const char c : trimmed(text)) {
    if (c != '\r' && c != '\n') repaired += c == ' ' ? '+' : c;
  }
  auto decoded = base64_decode(repaired);
  if (!decoded || !is_document(*decoded)) return std::nullopt;
  return decoded;
}

Result<Document> unwrap(std::string_view body) {
  if (trimmed(body).empty()) {
    return fail(ErrorCode::kMissingField, "there is no call record in the delivery", "cdr");
  }
  if (is_document(body)) return Document{std::string(body)};
  std::string_view value = trimmed(body);
  const std::size_t later = value.find("&cdr=");
  // A file of the error directory holds what was in the form, without its name.
  if (value.starts_with(kField)) {
    value.remove_prefix(kField.size());
  } else if (later != std::string_view::npos) {
    value.remove_prefix(later + 1 + kField.size());
  }
  // encode=false of mod_xml_cdr: as it is, in spite of the form's name.
  if (is_document(value)) return Document{std::string(value)};
  std::string decoded = http::percent_decode(value);
  if (is_document(decoded)) return Document{std::move(decoded), true};
  if (auto document = from_base64(decoded)) return Document{*std::move(document)};
  return fail(ErrorCode::kMalformed, "this is neither JSON nor XML, nor a form's cdr with them",
              "cdr");
}

}  // namespace

// Flattens the tree to the names that the same record has in JSON.
class Cdr::XmlReader {
 public:
  explicit XmlReader(Cdr& cdr) : cdr_(cdr) {}

  void read(const xml::Element& root) {
    for (const auto& [name, value] : root.attributes) add(name, value);
    std::size_t profiles = 0;
    for (const auto& child : root.children) {
      if (child.name == "callflow") {
        read_below(child, fmt::format("callflow.{}", profiles++));
      } else {
        read_below(child, child.name);
      }
    }
  }

 private:
  void read_below(const xml::Element& element, const std::string& name) {
    if (name.size() > kNameBytesMax) return;
    if (!element.text.empty()) add(name, element.text);
    for (const auto& child : element.children) {
      read_below(child, fmt::format("{}.{}", name, child.name));
    }
  }

  void add(const std::string& name, const std::string& value) {
    const auto [known, fresh] = cdr_.values_.emplace(name, value);
    if (!fresh && known->second != value) cdr_.twice_.insert(name);
  }

  Cdr& cdr_;
};

Result<Cdr> Cdr::from_json(std::string document, bool decoded) {
  http::Request request;
  request.body = std::move(document);
  auto fields = webhook::Fields::of(request);
  if (!fields) {
    if (decoded && fields.error().code == ErrorCode::kMalformed) {
      return fail(ErrorCode::kMalformed,
                  "the record was encoded twice, by encode=true and by encode-values=true, and "
                  "cannot be restored: set encode to false in json_cdr.conf.xml",
                  "cdr");
    }
    return tl::unexpected(std::move(fields).error());
  }
  Cdr cdr;
  cdr.values_ = fields->all();
  return cdr;
}

Result<Cdr> Cdr::from_xml(std::string_view document) {
  LEDGER_TRY(const auto tree, xml::parse_xml(document));
  if (tree.root.name != "cdr") {
    return fail(ErrorCode::kMalformed,
                fmt::format("the document is <{}>, not <cdr>", excerpt(tree.root.name)), "cdr");
  }
  Cdr cdr;
  XmlReader(cdr).read(tree.root);
  return cdr;
}

Result<Cdr> Cdr::parse(std::string_view body) {
  LEDGER_TRY(Document document, unwrap(body));
  // A name in some code page that is not read costs no call; find() refuses it where it is.
  if (!is_valid_utf8(document.text)) document.text = with_replaced_bytes(document.text);
  if (trimmed(document.text).front() == '<') return from_xml(trimmed(document.text));
  return from_json(std::move(document.text), document.decoded);
}

Result<std::optional<std::string>> Cdr::find(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  if (twice_.contains(name)) {
    return fail(ErrorCode::kDuplicateName, "is given twice with two values", name);
  }
  std::string decoded = http::percent_decode(found->second);
  if (!is_valid_utf8(decoded) || decoded.find(kReplacementCharacter) != std::string::npos) {
    return fail(ErrorCode::kMalformed, "is not UTF-8 text", name);
  }
  if (decoded.empty()) return std::nullopt;
  return decoded;
}

Result<std::string> Cdr::text(const std::string& name) const {
  LEDGER_TRY(auto value, find(name));
  if (value) return *std::move(value);
  return fail(ErrorCode::kMissingField, "is required", name);
}

Result<std::int64_t> Cdr::integer(const std::string& name) const {
  LEDGER_TRY(const std::string value, text(name));
  std::int64_t number = 0;
  const char* last = value.data() + value.size();
  const auto [end, error] = std::from_chars(value.data(), last, number);
  if (error == std::errc() && end == last) return number;
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is not a whole number", excerpt(value)),
              name);
}

Result<std::int64_t> Cdr::integer(const std::string& name, std::int64_t otherwise) const {
  return has(name) ? integer(name) : otherwise;
}

}  // namespace ledger::freeswitch
