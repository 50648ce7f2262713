#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/aead.h"
#include "platform/result.h"

// Whose a text is, and by which key it is sealed (trust-and-performance.md 13-16;
// schemas/decisions/0038).
namespace ledger::privacy {

// By what texts of one data subject are sealed and told apart afterwards. Whoever has destroyed it
// has erased them, wherever copies of the log lie.
struct SubjectKey {
  std::string id;  // random, 22 letters of base64url; says nothing of the subject
  AeadKey key{};
  std::array<unsigned char, 32> salt{};  // of commitments
  bool operator==(const SubjectKey&) const = default;
};

// What the ring says of an id that stands in a sealed text.
struct FoundKey {
  std::optional<SubjectKey> key = {};         // it can be opened
  std::optional<std::string> erased_by = {};  // it cannot, by this event: "source id"
  [[nodiscard]] bool unknown() const { return !key && !erased_by; }
};

// Keys of data subjects, kept apart from the log and never in it. A subject is called by a name
// ("phone/+380501234567", "person/c-1/p-1"); the ring keeps no name, only what a secret of its own
// makes of it.
//
// All threads. Errors: kUnavailable (the disk; retry), kCorrupt (a record that cannot be unwrapped:
// another key-encryption key, or damage).
class KeyRing {
 public:
  virtual ~KeyRing() = default;

  // The key of the subject that is called so; made if there is none. Not durable before sync().
  [[nodiscard]] virtual Result<SubjectKey> key_of(std::string_view name) = 0;
  // Those identifiers (names too) are his: they go with him. Added to those known already; the same
  // may be others' as well. Not durable before sync().
  [[nodiscard]] virtual Status link(std::string_view name,
                                    const std::vector<std::string>& identifiers) = 0;
  // Everything that was handed out or linked is on the disk when it returns. To be called before a
  // line that is sealed by it is appended. Costs nothing if nothing is new.
  [[nodiscard]] virtual Status sync() = 0;

  [[nodiscard]] virtual Result<FoundKey> find(std::string_view id) const = 0;
  // Ids of the keys that are to be destroyed with him, sorted: his own, and those of his
  // identifiers that are linked to nobody else. Empty: nothing was ever sealed for him, or it is
  // erased already.
  [[nodiscard]] virtual Result<std::vector<std::string>> ids_of(std::string_view name) const = 0;
  // Destroys the keys and the salts, and whatever led to them; durable, and gone from the files of
  // the ring when it returns. Again for the same ids: nothing happens. Ids that it never had are
  // kept as erased too.
  [[nodiscard]] virtual Status destroy(const std::vector<std::string>& ids,
                                       std::string_view erased_by) = 0;

  // How often keys were destroyed, and how many of these times are behind what the views were
  // folded from last: as long as the two differ a view may hold a text that is erased. Both survive
  // a crash; set_renewed() is durable.
  struct Times {
    std::uint64_t destroyed = 0;
    std::uint64_t renewed = 0;
  };
  [[nodiscard]] virtual Result<Times> times() const = 0;
  [[nodiscard]] virtual Status set_renewed(std::uint64_t destroyed) = 0;
};

}  // namespace ledger::privacy
