#include "platform/xml_tree.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "platform/code_page.h"
#include "platform/utf8.h"

namespace ledger::xml {

namespace {

constexpr char kSeparator = '\x1f';  // between namespace and local name; in neither

// Runs of white space as one space: files are indented by people, purposes broken over lines.
std::string trimmed(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

struct Builder {
  XML_Parser parser;
  Document document;
  std::vector<Element*> open;
  std::size_t elements = 0;
  std::string refusal;
  ErrorCode code = ErrorCode::kMalformed;

  void stop(std::string why, ErrorCode how = ErrorCode::kMalformed) {
    refusal = std::move(why);
    code = how;
    XML_StopParser(parser, XML_FALSE);
  }
};

void on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& builder = *static_cast<Builder*>(user);
  if (builder.open.size() >= kXmlDepthMax) {
    return builder.stop(fmt::format("it is nested too deeply, beyond {}", kXmlDepthMax),
                        ErrorCode::kTooLarge);
  }
  if (++builder.elements > kXmlElementsMax) {
    return builder.stop(fmt::format("it has too many elements, beyond {}", kXmlElementsMax),
                        ErrorCode::kTooLarge);
  }
  const std::string_view full(name);
  const std::size_t separator = full.find(kSeparator);
  Element element;
  element.name = full.substr(separator == std::string_view::npos ? 0 : separator + 1);
  // Another namespace is another vocabulary: its names must not be taken for the document's.
  const std::string_view space =
      full.substr(0, separator == std::string_view::npos ? 0 : separator);
  if (!builder.open.empty() && space != builder.document.name_space) element.name = full;
  for (; *attributes != nullptr; attributes += 2) {
    element.attributes.emplace_back(attributes[0], attributes[1]);
  }
  if (builder.open.empty()) {
    if (separator != std::string_view::npos)
      builder.document.name_space = full.substr(0, separator);
    builder.document.root = std::move(element);
    builder.open.push_back(&builder.document.root);
  } else {
    builder.open.push_back(&builder.open.back()->children.emplace_back(std::move(element)));
  }
}

void on_end(void* user, const XML_Char*) {
  auto& builder = *static_cast<Builder*>(user);
  builder.open.back()->text = trimmed(builder.open.back()->text);
  builder.open.pop_back();
}

void on_text(void* user, const XML_Char* text, int length) {
  auto& builder = *static_cast<Builder*>(user);
  if (!builder.open.empty()) {
    builder.open.back()->text.append(text, static_cast<std::size_t>(length));
  }
}

// The names that XML declarations use for the sets that expat does not know by itself.
std::optional<CodePage> code_page_of(std::string_view name) {
  struct Named {
    std::string_view name;
    CodePage page;
  };
  constexpr std::array kNames{
      Named{"windows-1251", CodePage::kCp1251}, Named{"cp1251", CodePage::kCp1251},
      Named{"windows-1250", CodePage::kCp1250}, Named{"cp1250", CodePage::kCp1250},
      Named{"ibm866", CodePage::kCp866},        Named{"cp866", CodePage::kCp866},
      Named{"koi8-u", CodePage::kKoi8U}};
  const std::string lower = fold_case(name);
  for (const auto& [known, page] : kNames) {
    if (known == lower) return page;
  }
  return std::nullopt;
}

int on_unknown_encoding(void*, const XML_Char* name, XML_Encoding* encoding) {
  const auto page = code_page_of(name);
  if (!page) return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) {
    const auto c = character_of(static_cast<unsigned char>(byte), *page);
    encoding->map[byte] = c ? static_cast<int>(*c) : -1;
  }
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

void on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Builder*>(user)->stop("it has a document type declaration, which is not read");
}

}  // namespace

std::string name_in(std::string_view name_space, std::string_view name) {
  return std::string(name_space) + kSeparator + std::string(name);
}

const Element* Element::find(std::string_view path) const {
  const std::size_t slash = path.find('/');
  const std::string_view first = path.substr(0, slash);
  for (const auto& child : children) {
    if (child.name != first) continue;
    if (slash == std::string_view::npos) return &child;
    if (const auto* found = child.find(path.substr(slash + 1))) return found;
  }
  return nullptr;
}

std::string_view Element::text_at(std::string_view path) const {
  const auto* found = find(path);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

std::vector<const Element*> Element::all(std::string_view wanted) const {
  std::vector<const Element*> found;
  for (const auto& child : children) {
    if (child.name == wanted) found.push_back(&child);
  }
  return found;
}

std::string_view Element::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return value;
  }
  return {};
}

Result<Document> parse_xml(std::string_view bytes) {
  if (bytes.size() > kXmlBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("the file has {} bytes, at most {} are read",
                                                  bytes.size(), kXmlBytesMax));
  }
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS(nullptr, kSeparator), &XML_ParserFree);
  Builder builder;
  builder.parser = parser.get();
  XML_SetUserData(parser.get(), &builder);
  XML_SetElementHandler(parser.get(), &on_start, &on_end);
  XML_SetCharacterDataHandler(parser.get(), &on_text);
  XML_SetUnknownEncodingHandler(parser.get(), &on_unknown_encoding, nullptr);
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  if (XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE) ==
      XML_STATUS_OK) {
    return std::move(builder.document);
  }
  const std::string why =
      builder.refusal.empty() ? XML_ErrorString(XML_GetErrorCode(parser.get())) : builder.refusal;
  return fail(builder.code, fmt::format("this is no XML that can be read: line {}: {}",
                                        XML_GetCurrentLineNumber(parser.get()), why));
}

}  // namespace ledger::xml
