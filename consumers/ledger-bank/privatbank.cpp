#include "consumers/ledger-bank/privatbank.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/http/form.h"
#include "platform/logging.h"

namespace ledger::pull {

namespace {

using namespace std::chrono_literals;

constexpr auto kClosedPause = 300s;
constexpr int kPageRows = 100;      // the bank takes 500 and advises no more than this
constexpr int kPagesMax = 100'000;  // of one round

std::string spelled(Date day) {
  return fmt::format("{:02}-{:02}-{:04}", unsigned{day.day()}, unsigned{day.month()},
                     int{day.year()});
}

}  // namespace

Privatbank::Privatbank(const BankOptions& options, State& state, Counters& counters,
                       BankClient client)
    : state_(state),
      counters_(counters),
      client_(std::move(client)),
      pace_(options.pace),
      settings_{.bank = {.zone = options.zone, .source = "privatbank"},
                .own_codes = options.own_codes,
                .own_accounts = options.privatbank.accounts} {
  const auto& others = options.monobank.accounts;
  settings_.own_accounts.insert(settings_.own_accounts.end(), others.begin(), others.end());
  for (const auto& iban : options.privatbank.accounts) accounts_.push_back({.iban = iban});
}

Result<std::unique_ptr<Bank>> Privatbank::make(const BankOptions& options, State& state,
                                               Counters& counters) {
  BankClient::Headers headers{{"User-Agent", "ledger-bank"},
                              {"token", options.privatbank.token},
                              {"Content-Type", "application/json;charset=utf-8"}};
  if (!options.privatbank.client_id.empty())
    headers.emplace_back("id", options.privatbank.client_id);
  auto client = BankClient::to(options.privatbank.url, std::move(headers), counters);
  if (!client) return fail(ErrorCode::kMisconfigured, client.error().message, "privatbank_url");
  return std::unique_ptr<Bank>(new Privatbank(options, state, counters, *std::move(client)));
}

Timestamp Privatbank::due() const {
  if (round_) return not_before_;
  const auto first = std::min_element(
      accounts_.begin(), accounts_.end(),
      [](const Account& left, const Account& right) { return left.due < right.due; });
  return std::max(first->due, not_before_);
}

bool Privatbank::complete() const {
  return std::all_of(accounts_.begin(), accounts_.end(),
                     [](const Account& account) { return account.told; });
}

Result<bool> Privatbank::may_ask(Timestamp now) {
  LEDGER_TRY(const std::string body, client_.get("/api/statements/settings"));
  auto phase = privatbank::read_phase(body);
  // Cut on its way, or a page of maintenance.
  if (!phase) return fail(ErrorCode::kUnavailable, phase.error().message);
  if (counters_.bank_closed != !phase->open) {
    log::info(phase->open ? "the bank may be asked again" : "the bank says not to ask now",
              {{"bank", name()}, {"reason", phase->why}});
  }
  counters_.bank_closed = !phase->open;
  if (!phase->open) not_before_ = now + std::min<std::chrono::seconds>(kClosedPause, pace_.every);
  return phase->open;
}

// The account that has waited longest.
void Privatbank::begin(Timestamp now) {
  const auto first = std::min_element(
      accounts_.begin(), accounts_.end(),
      [](const Account& left, const Account& right) { return left.due < right.due; });
  Round round;
  round.account = static_cast<std::size_t>(first - accounts_.begin());
  round.asked_at = now;
  round.to = settings_.bank.zone.local_day(now);
  round.from =
      std::min(first_day(pace_, state_.through(first->iban), settings_.bank.zone, now), round.to);
  round_ = std::move(round);
}

Result<std::optional<Page>> Privatbank::ask_page() {
  const Account& account = accounts_[round_->account];
  std::string path = fmt::format(
      "/api/statements/transactions?acc={}&startDate={}&endDate={}&limit={}",
      http::url_encode(account.iban), spelled(round_->from), spelled(round_->to), kPageRows);
  if (!round_->follow.empty()) path += "&followId=" + http::url_encode(round_->follow);
  LEDGER_TRY(const std::string body, client_.get(path));
  auto page = privatbank::map_page(body, settings_, account.iban, round_->asked_at);
  if (!page) {
    Error error = std::move(page).error();
    // What the bank itself calls wrong stays so; anything else was cut off on its way.
    if (error.field != "status") error.code = ErrorCode::kUnavailable;
    return tl::unexpected(std::move(error));
  }
  if (page->next && (*page->next == round_->follow || ++round_->pages > kPagesMax)) {
    return fail(ErrorCode::kInvalidField, "the bank names the same page again", "next_page_id");
  }
  round_->next = std::move(page->next);
  return Page{account.iban, std::move(page->told)};
}

Result<std::optional<Page>> Privatbank::ask(Timestamp now) {
  if (!round_) {
    const auto open = may_ask(now);
    if (!open) {
      if (const auto pause = client_.retry_after()) not_before_ = now + *pause;
      return tl::unexpected(open.error());
    }
    if (!*open) return std::nullopt;
    begin(now);
  }
  auto page = ask_page();
  if (page) return page;
  if (const auto pause = client_.retry_after()) not_before_ = now + *pause;
  // What the bank calls wrong may be the id of a page that it has forgotten.
  if (!page.error().retriable()) round_.reset();
  return page;
}

void Privatbank::settle(Timestamp now) {
  if (!round_) return;
  if (round_->next) {
    round_->follow = *std::exchange(round_->next, std::nullopt);
    return;
  }
  Account& account = accounts_[round_->account];
  state_.set_through(account.iban, round_->asked_at);
  account.due = now + pace_.every;
  account.told = true;
  round_.reset();
}

}  // namespace ledger::pull
