#pragma once

#include "producers/mapping.h"
#include "producers/webhook/fields.h"

namespace ledger::postmark {

// Gives an offer or an answer of an incoming letter the authentication_failure that Postmark's own
// checks tell of, which it writes into Headers: Received-SPF, and X-Spam-Tests of SpamAssassin.
//
// One of our people is believed by an SPF Pass of an envelope's sender at his domain, one above it
// or one below it, or by the signature of his domain (DKIM_VALID_AU) where SPF did not fail; by
// nothing else, and not where nothing is said ("no verdict"). A client is not believed only where
// SPF failed and his domain did not sign: many of them publish nothing. Nobody can tell which of
// several headers of a name Postmark wrote, so that they have to agree: what a forger adds only
// speaks against him.
void judge_senders(Mapped& mapped, const webhook::Fields& fields);

}  // namespace ledger::postmark
