// Goal: every machine word of how far an obligation has come is said in both languages. Method: the
// words of all enumerations that it is taken from, and those that the rules write themselves.
#include "consumers/query/progress_text.h"

#include "events/types/attestation.h"
#include "events/types/client_terms.h"
#include "events/types/follow_up.h"
#include "events/types/notice.h"
#include "events/types/order.h"
#include "events/types/talk.h"
#include "projections/acts/queries.h"
#include "projections/reports/queries.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

template <class Words>
void check_words(const Words& all) {
  for (const std::string_view word : all) {
    INFO("missing step: " << word << " in consumers/query/progress_text.cpp");
    CHECK_FALSE(progress_text(word).uk.empty());
    CHECK_FALSE(progress_text(word).en.empty());
  }
}

}  // namespace

TEST_CASE("obligations: how far one has come is said in both languages", "[consumers][query]") {
  check_words(names(FollowUpKind{}));
  check_words(names(DocumentKind{}));
  check_words(names(InquiryChannel{}));
  check_words(names(CallResult{}));
  check_words(names(ServiceKind{}));
  check_words(names(TermsKind{}));
  check_words(names(AttestationResult{}));
  check_words(names(reports::Progress{}));
  check_words(names(acts::State{}));
  check_words(words("opened", "assigned", "resolved", "rejected", "promised", "arrived", "told"));
  check_words(words("asked", "answered", "found", "bid", "decided", "planned", "held", "missed"));
  check_words(words("details_unconfirmed", "requested", "confirmed", "refused", "supplied"));
  check_words(words("done", "recorded", "explained", "closed", "missing", "due", "untouched"));
  check_words(words("none", "birthday", "professional_holiday"));
}

TEST_CASE("obligations: a word that the ledger does not have is said in no language",
          "[consumers][query]") {
  CHECK(progress_text("").uk.empty());
  CHECK(progress_text("Accounting").en.empty());
}

}  // namespace ledger::testing
