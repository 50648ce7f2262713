#pragma once

#include <optional>
#include <string>

#include "events/envelope.h"
#include "events/privacy/data_subject.h"
#include "events/privacy/key_ring.h"
#include "projections/store/view_store.h"

// Texts of persons on their way into the log (schemas/decisions/0038). Errors: those of the ring.
// Private to this folder.
namespace ledger {

// What the door stamps into an event before its line is written: the keys that are to be destroyed
// into data_subject.erased. kConflict where nothing of the person is sealed.
[[nodiscard]] Status stamp_keys(Submission& submission, privacy::KeyRing& ring);

// What the line says to be a person's goes into `belongings`: to be linked once the line is on its
// way. The line that is to be stored, and where: an event of nobody known lies by the id of the key
// that its number or address is sealed by, not by these themselves.
[[nodiscard]] Result<std::string> sealed_line(const Submission& submission, Stamps& stamps,
                                              const ViewSnapshot& known, privacy::KeyRing& ring,
                                              std::optional<privacy::Belongings>& belongings);

}  // namespace ledger
