#include "producers/append/sealing.h"

#include <algorithm>
#include <utility>

#include "events/line_texts.h"
#include "events/privacy/line_seal.h"
#include "events/types/erasure.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

using privacy::Bearing;
using privacy::KeyRing;

// By any of its cards: of a person who has a code of a firm, too, the person's is known.
privacy::IsNatural natural_by(const ViewSnapshot& known) {
  return [&known](const ClientId& client) -> Result<bool> {
    LEDGER_TRY(const auto codes, directory::tax_codes(known, client.text()));
    return std::any_of(codes.begin(), codes.end(),
                       [](const TaxCode& code) { return code.text().size() == 10; });
  };
}

// The text by which an event of nobody known is placed is one of its own.
Status seal_place(const Submission& submission, const Bearing& bearing, Stamps& stamps,
                  KeyRing& ring) {
  if (stamps.subject) return {};
  std::optional<std::string> name;
  LEDGER_TRY(const auto same, with_texts(data_json(submission.data), [&](std::string_view member,
                                                                         std::string_view text) {
               if (!name && text == stamps.partition_key) {
                 auto subject = privacy::subject_of(bearing, member, text);
                 if (subject) name = std::move(subject->name);
               }
               return TextFate::kept();
             }));
  (void)same;
  if (!name) return {};
  LEDGER_TRY(const auto key, ring.key_of(*name));
  stamps.partition_key = key.id;
  return {};
}

}  // namespace

Status stamp_keys(Submission& submission, KeyRing& ring) {
  const auto* erased = submission.data.get_if<DataSubjectErased>();
  if (erased == nullptr) return {};
  const std::string name = erased->person_id
                               ? privacy::name_of_contact(erased->client_id, *erased->person_id)
                               : privacy::name_of_client(erased->client_id);
  DataSubjectErased with_keys = *erased;
  LEDGER_TRY(with_keys.subjects, ring.ids_of(name));
  if (with_keys.subjects.empty()) {
    return fail(ErrorCode::kConflict,
                erased->person_id
                    ? "no text of this person is sealed: he is not known here, was erased already, "
                      "or was recorded before keys were kept (schemas/decisions/0038)"
                    : "no text of this client is sealed: only a natural person (a tax code of ten "
                      "digits) is erased, and once; a firm's contact is named by person_id",
                erased->person_id ? "data.person_id" : "data.client_id");
  }
  submission.data = std::move(with_keys);
  return {};
}

Result<std::string> sealed_line(const Submission& submission, Stamps& stamps,
                                const ViewSnapshot& known, KeyRing& ring,
                                std::optional<privacy::Belongings>& belongings) {
  LEDGER_TRY(const Bearing bearing, privacy::bearing_of(submission.data, natural_by(known)));
  LEDGER_CHECK(seal_place(submission, bearing, stamps, ring));
  belongings = privacy::belongings_of(submission.data, bearing);
  return privacy::seal_line(encode_line(submission, stamps), bearing, ring);
}

}  // namespace ledger
