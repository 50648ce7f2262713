#include "consumers/ledger-bank/connector.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "consumers/client/connect.h"
#include "consumers/ledger-bank/monobank.h"
#include "consumers/ledger-bank/privatbank.h"
#include "platform/logging.h"
#include "platform/sha256.h"

namespace ledger::pull {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 500ms;
constexpr auto kLongestPause = 30s;
constexpr auto kFirstBankPause = 1s;
constexpr auto kLongestBankPause = 300s;
constexpr auto kLongestDue = 25h;  // of --every
constexpr std::size_t kDigestDigits = 16;

// Whether the moment has not come; one that is far ahead is of before the clock was set back.
bool waits(Timestamp moment, Timestamp now, std::chrono::seconds longest) {
  return now < moment && moment - now <= longest;
}

}  // namespace

Connector::Connector(const BankOptions& options, const Clock& clock, StateFolder folder,
                     State state, http::Client client)
    : options_(options),
      clock_(clock),
      folder_(std::move(folder)),
      state_(std::move(state)),
      delivery_(std::move(client), counters_,
                [this](const Submission& event, const Error& error) {
                  return refuse(fmt::format("{} {}", delivering_, event.id),
                                encode_submission(event), error);
                }),
      pauses_(kFirstPause, kLongestPause) {}

Result<std::unique_ptr<Connector>> Connector::start(const BankOptions& options,
                                                    const Clock& clock) {
  LEDGER_TRY(auto client, cli::connect(options.server));
  LEDGER_TRY(auto folder, StateFolder::open(options.state));
  LEDGER_TRY(State state, folder.load());
  std::unique_ptr<Connector> connector(
      new Connector(options, clock, std::move(folder), std::move(state), std::move(client)));
  LEDGER_CHECK(connector->open_desks());
  return connector;
}

void Connector::add_desk(std::unique_ptr<Bank> bank) {
  desks_.push_back({.bank = std::move(bank), .pauses = {kFirstBankPause, kLongestBankPause}});
}

Status Connector::open_desks() {
  if (!options_.hook.listen.empty()) {
    LEDGER_TRY(hooks_, Hooks::start(options_.hook, folder_, clock_, counters_));
  }
  if (!options_.privatbank.accounts.empty()) {
    LEDGER_TRY(auto bank, Privatbank::make(options_, state_, counters_));
    add_desk(std::move(bank));
  }
  if (!options_.monobank.accounts.empty()) {
    LEDGER_TRY(auto bank, Monobank::make(options_, state_, hooks_.get(), counters_));
    add_desk(std::move(bank));
  }
  return {};
}

std::string Connector::trouble() const {
  if (!trouble_.empty()) return "the ledger: " + trouble_;
  for (const auto& desk : desks_) {
    if (!desk.trouble.empty()) return fmt::format("{}: {}", desk.bank->name(), desk.trouble);
  }
  return {};
}

// Kept once, however often the bank tells it; noted once it is kept.
Status Connector::refuse(const std::string& where, const std::string& raw, const Error& error) {
  std::string digest = to_hex(sha256(raw + '\n' + error.message)).substr(0, kDigestDigits);
  if (state_.has_refused(digest)) {
    ++counters_.still_refused;
    return {};
  }
  LEDGER_CHECK(folder_.keep_refused({where, raw, error}, clock_.now()));
  state_.note_refused(std::move(digest));
  ++counters_.refused;
  std::string told = fmt::format("{}: {} {}", where, error.field, error.message);
  log::warning("refused, kept in refused.ndjson", {{"reason", told}});
  if (refusals_.size() < kToldMax) refusals_.push_back(std::move(told));
  return {};
}

// True if there may be more to ask.
bool Connector::ask(Desk& desk, Timestamp now) {
  if (waits(desk.next_attempt, now, kLongestBankPause)) return false;
  if (waits(desk.bank->due(), now, kLongestDue)) return false;
  auto page = desk.bank->ask(now);
  if (page) {
    if (!desk.trouble.empty()) log::info("the bank answers again", {{"bank", desk.bank->name()}});
    desk.trouble.clear();
    desk.pauses.reset();
    desk.page = *std::move(page);
    return true;
  }
  ++counters_.bank_failures;
  if (desk.trouble != page.error().message) {
    desk.trouble = page.error().message;
    log::warning(
        "the bank does not say what it was asked for",
        {{"bank", desk.bank->name()}, {"reason", desk.trouble}, {"field", page.error().field}});
  }
  desk.next_attempt = now + desk.pauses.next();
  return false;
}

// A ledger that is away is no error here: it is tried again later.
void Connector::wait_for_server(const Error& why, Timestamp now) {
  ++counters_.server_failures;
  if (trouble_ != why.message) {
    trouble_ = why.message;
    log::warning("delivery waits", {{"reason", trouble_}});
  }
  next_delivery_ = now + pauses_.next();
}

// True if the page is in.
Result<bool> Connector::deliver(Desk& desk, Timestamp now) {
  if (waits(next_delivery_, now, kLongestPause)) return false;
  const Page& page = *desk.page;
  delivering_ = fmt::format("{} {}", desk.bank->name(), page.account);
  const auto delivered = delivery_.deliver(page.told.events, now);
  counters_.server_away = !delivered;
  if (!delivered) {
    wait_for_server(delivered.error(), now);
    return false;
  }
  if (!trouble_.empty()) log::info("delivery goes on");
  trouble_.clear();
  pauses_.reset();
  for (const auto& refused : page.told.refused) {
    LEDGER_CHECK(
        refuse(fmt::format("{}, {}", delivering_, refused.where), refused.raw, refused.error));
  }
  counters_.left_out += page.told.skipped.size();
  desk.bank->settle(now);
  desk.page.reset();
  LEDGER_CHECK(folder_.save(state_));
  return true;
}

void Connector::keep_figures() {
  counters_.bank_away = std::any_of(desks_.begin(), desks_.end(),
                                    [](const Desk& desk) { return !desk.trouble.empty(); });
  const bool complete = std::all_of(desks_.begin(), desks_.end(),
                                    [](const Desk& desk) { return desk.bank->complete(); });
  if (!complete || state_.places.empty()) return;
  const auto first = std::min_element(
      state_.places.begin(), state_.places.end(),
      [](const Place& left, const Place& right) { return left.through < right.through; });
  counters_.complete_s =
      std::chrono::floor<std::chrono::seconds>(first->through).time_since_epoch().count();
}

Result<Connector::Step> Connector::step() {
  const Timestamp now = clock_.now();
  Step step;
  step.drained = true;
  for (auto& desk : desks_) {
    if (!desk.page) step.busy = ask(desk, now) || step.busy;
    if (desk.page) {
      LEDGER_TRY(const bool delivered, deliver(desk, now));
      step.busy = delivered || step.busy;
    }
    step.drained = step.drained && !desk.page && desk.bank->complete();
  }
  keep_figures();
  return step;
}

}  // namespace ledger::pull
