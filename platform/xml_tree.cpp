#include "platform/xml_tree.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>

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

  void stop(std::string why) {
    refusal = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

void on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& builder = *static_cast<Builder*>(user);
  if (builder.open.size() >= kXmlDepthMax) return builder.stop("it is nested too deeply");
  if (++builder.elements > kXmlElementsMax) return builder.stop("it has too many elements");
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

void on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Builder*>(user)->stop("it has a document type declaration, which is not read");
}

}  // namespace

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
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  if (XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE) ==
      XML_STATUS_OK) {
    return std::move(builder.document);
  }
  const std::string why =
      builder.refusal.empty() ? XML_ErrorString(XML_GetErrorCode(parser.get())) : builder.refusal;
  return fail(ErrorCode::kMalformed, fmt::format("this is no XML that can be read: line {}: {}",
                                                 XML_GetCurrentLineNumber(parser.get()), why));
}

}  // namespace ledger::xml
