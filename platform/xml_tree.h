#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

// A small, bounded XML tree over expat: no DTD, no entities beyond XML's own five, and of the
// names only the local part, so that the versions of one message family read alike.
namespace ledger::xml {

inline constexpr std::size_t kXmlBytesMax = 64 * 1024 * 1024;
inline constexpr std::size_t kXmlDepthMax = 64;
inline constexpr std::size_t kXmlElementsMax = 2'000'000;

// How an element of another namespace than the root's is named, in a path too.
[[nodiscard]] std::string name_in(std::string_view name_space, std::string_view name);

struct Element {
  std::string
      name;  // local, if it is of the root's namespace; else name_in(its own, the local one)
  std::string text;  // of this element alone, trimmed
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;

  // The first descendant by a path of local names ("NtryDtls/TxDtls"), nullptr if there is none.
  [[nodiscard]] const Element* find(std::string_view path) const;
  // The text there, empty if there is none.
  [[nodiscard]] std::string_view text_at(std::string_view path) const;
  [[nodiscard]] std::vector<const Element*> all(std::string_view name) const;  // children only
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
};

struct Document {
  std::string name_space;  // of the root
  Element root;
};

// kMalformed with the line: not well-formed, not UTF-8 (or the encoding it declares: UTF-16,
// Latin-1, Windows-1250, Windows-1251 or CP866), a DTD. kTooLarge beyond the limits above.
[[nodiscard]] Result<Document> parse_xml(std::string_view bytes);

}  // namespace ledger::xml
