#pragma once

#include "consumers/ledgerctl/uploader.h"
#include "producers/house/demo/demo.h"

namespace ledger::cli {

// What the demo house cannot say by itself, since only the server knows the figures: the reports of
// the last six months, handed in by the managers of each in time, sent back where they say nothing,
// accepted; what is found out afterwards (`found_later`), by which their figures change; and acts
// with those clients of the last month who have none, proven by the server's digest. Waits until
// the rules that act have done so, at most a minute.
[[nodiscard]] Status add_paper(http::Client& client, Uploader& uploader,
                               const demo::Settings& settings,
                               const std::vector<Submission>& found_later);

}  // namespace ledger::cli
