#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// Why a person's data are erased (GDPR art. 17(1); Law of Ukraine 2297-VI, art. 8 and 15).
enum class ErasureGround { kConsentWithdrawn, kObjection, kNoLongerNeeded, kUnlawful, kCourt };
constexpr auto names(ErasureGround) {
  return words("consent_withdrawn", "objection", "no_longer_needed", "unlawful", "court");
}

// The keys of a person's texts are destroyed (domain-semantics.md 4c; trust-and-performance.md 16):
// counts, money and proofs stay, his texts read as erased. Two people answer for it. Nothing brings
// a key back: voided, it was wrongly decided, and stays done.
struct DataSubjectErased {
  static constexpr std::string_view kName = "data_subject.erased";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // Whose contact he is, or who he is
  std::optional<PersonId> person_id;    // The contact person; absent: the client, a natural person
  std::optional<ManagerId> manager_id;  // Who records it
  ErasureGround ground{};               // On what ground
  ManagerId approved_by;                // The second person, who approved it
  std::optional<Date> requested_on;     // The day of his request
  // What else is worth keeping. It is sealed by no key and stays for ever: it must not name him,
  // nor say what would tell who he was.
  std::optional<std::string> note;
  // Ids of the keys that are destroyed: an auditor tells an erased text from a lost one by them.
  std::vector<std::string> subjects;

  static void fields(auto&& field) {
    field("client_id", &DataSubjectErased::client_id);
    field("person_id", &DataSubjectErased::person_id);
    field("manager_id", &DataSubjectErased::manager_id);
    field("ground", &DataSubjectErased::ground);
    field("approved_by", &DataSubjectErased::approved_by);
    field("requested_on", &DataSubjectErased::requested_on);
    field("note", &DataSubjectErased::note);
    field("subjects", &DataSubjectErased::subjects, stamped);
  }
  [[nodiscard]] Status validate() const {
    return manager_id == approved_by ? fail(ErrorCode::kInvalidField,
                                            "is to be another than who records it", "approved_by")
                                     : Status();
  }
  bool operator==(const DataSubjectErased&) const = default;
};

}  // namespace ledger
