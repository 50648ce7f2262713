#include "consumers/ledger-bank/monobank.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/http/form.h"
#include "platform/json_writer.h"
#include "platform/logging.h"

namespace ledger::pull {

namespace {

using namespace std::chrono_literals;

constexpr auto kInfoEvery = 1h;
constexpr auto kSpanMax = std::chrono::hours(24 * 31);  // the bank takes an hour more
constexpr auto kHeardFor = std::chrono::hours(24 * 35);

std::int64_t seconds_of(Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

Monobank::Monobank(const BankOptions& options, State& state, Hooks* hooks, Counters& counters,
                   BankClient client)
    : state_(state),
      hooks_(hooks),
      counters_(counters),
      client_(std::move(client)),
      pace_(options.pace),
      interval_(options.monobank.interval),
      own_codes_(options.own_codes),
      other_accounts_(options.privatbank.accounts),
      settings_{.bank = {.zone = options.zone, .source = "monobank"}} {
  for (const auto& named : options.monobank.accounts) accounts_.push_back({.named = named});
}

Result<std::unique_ptr<Bank>> Monobank::make(const BankOptions& options, State& state, Hooks* hooks,
                                             Counters& counters) {
  BankClient::Headers headers{{"User-Agent", "ledger-bank"}, {"X-Token", options.monobank.token}};
  auto client = BankClient::to(options.monobank.url, std::move(headers), counters);
  if (!client) return fail(ErrorCode::kMisconfigured, client.error().message, "monobank_url");
  return std::unique_ptr<Bank>(new Monobank(options, state, hooks, counters, *std::move(client)));
}

// Of an account that the webhook told of: now.
Timestamp Monobank::due_of(const Account& account) const {
  const bool hinted =
      hooks_ != nullptr && account.told && hooks_->is_hinted(account.bank.id, account.asked_at);
  return hinted ? Timestamp() : account.due;
}

std::size_t Monobank::next_account() const {
  std::size_t next = 0;
  for (std::size_t i = 1; i < accounts_.size(); ++i) {
    if (due_of(accounts_[i]) < due_of(accounts_[next])) next = i;
  }
  return next;
}

Timestamp Monobank::due() const {
  if (round_ || !info_at_ || must_hook_) return not_before_;
  return std::max(std::min(due_of(accounts_[next_account()]), *info_at_ + kInfoEvery), not_before_);
}

bool Monobank::complete() const {
  return std::all_of(accounts_.begin(), accounts_.end(),
                     [](const Account& account) { return account.told; });
}

Status Monobank::take_accounts(const monobank::ClientInfo& info) {
  settings_.own_codes = own_codes_;
  settings_.own_codes.insert(settings_.own_codes.end(), info.own_codes.begin(),
                             info.own_codes.end());
  settings_.own_accounts = other_accounts_;
  for (const auto& account : info.accounts) settings_.own_accounts.push_back(account.name);
  for (auto& account : accounts_) {
    const auto found =
        std::find_if(info.accounts.begin(), info.accounts.end(), [&](const auto& theirs) {
          return theirs.id == account.named || theirs.name == account.named;
        });
    if (found == info.accounts.end()) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("the token is of nobody who has the account {}", account.named),
                  "monobank_accounts");
    }
    account.bank = *found;
  }
  return {};
}

Status Monobank::ask_info(Timestamp now) {
  LEDGER_TRY(const std::string body, client_.get("/personal/client-info"));
  const auto info = monobank::read_client_info(body);
  if (!info) return fail(ErrorCode::kUnavailable, info.error().message, info.error().field);
  LEDGER_CHECK(take_accounts(*info));
  info_at_ = now;
  if (hooks_ == nullptr) return {};
  const HookOptions& hook = hooks_->options();
  const bool ours = info->webhook_url.ends_with(hook.path());
  if (ours) hooks_->hooked(now, /*anew=*/false);
  if (ours || hook.url.empty()) return {};
  log::warning("the bank has no webhook of ours; it is given the address");
  must_hook_ = true;
  return {};
}

Status Monobank::set_hook(Timestamp now) {
  const HookOptions& hook = hooks_->options();
  JsonWriter json;
  json.begin_object();
  json.member("webHookUrl", hook.url + hook.path());
  json.end_object();
  // Whether it works or not: statements come first, and the hour's question finds out again.
  must_hook_ = false;
  const auto answer = client_.post("/personal/webhook", json.take());
  if (!answer) {
    return fail(
        answer.error().code,
        "the webhook is not set (does hook_url reach this machine?): " + answer.error().message,
        "hook_url");
  }
  ++counters_.hooks_set;
  counters_.hook_silent = false;
  hooks_->hooked(now, /*anew=*/true);
  log::info("the bank has our webhook");
  return {};
}

void Monobank::begin(Timestamp now) {
  Round round;
  round.account = next_account();
  Account& account = accounts_[round.account];
  const BusinessZone& zone = settings_.bank.zone;
  Pace pace = pace_;
  pace.again = pace.again && !account.begun;  // or its second month would be the first again
  account.begun = true;
  round.asked_at = now;
  round.from = zone.to_instant(first_day(pace, state_.through(account.bank.name), zone, now), 0s);
  round.from = std::min(round.from, now);
  round.upto = std::min(now, Timestamp(round.from + kSpanMax));
  round.before = round.upto;
  round_ = std::move(round);
}

Result<std::optional<Page>> Monobank::ask_page() {
  const monobank::Account& account = accounts_[round_->account].bank;
  LEDGER_TRY(const std::string body,
             client_.get(fmt::format("/personal/statement/{}/{}/{}", http::url_encode(account.id),
                                     seconds_of(round_->from), seconds_of(round_->before))));
  auto statement = monobank::map_statement(body, account, settings_);
  if (!statement) {
    return fail(ErrorCode::kUnavailable, statement.error().message, statement.error().field);
  }
  round_->last = statement->items.size() + statement->told.refused.size();
  round_->items.insert(round_->items.end(), statement->items.begin(), statement->items.end());
  return Page{account.name, std::move(statement->told)};
}

Result<std::optional<Page>> Monobank::ask(Timestamp now) {
  not_before_ = now + interval_;
  const auto failed = [&](Error error) -> Result<std::optional<Page>> {
    if (const auto pause = client_.retry_after()) {
      not_before_ = std::max(not_before_, now + *pause);
    }
    return tl::unexpected(std::move(error));
  };
  if (!info_at_ || (!round_ && now - *info_at_ > kInfoEvery)) {
    if (auto asked = ask_info(now); !asked) return failed(std::move(asked).error());
    return std::nullopt;
  }
  if (!round_ && must_hook_) {
    if (auto set = set_hook(now); !set) return failed(std::move(set).error());
    return std::nullopt;
  }
  if (!round_) begin(now);
  auto page = ask_page();
  if (page) return page;
  if (!page.error().retriable()) round_.reset();
  return failed(std::move(page).error());
}

void Monobank::end_round(Timestamp now) {
  Account& account = accounts_[round_->account];
  state_.set_through(account.bank.name, round_->upto);
  const bool behind = round_->upto < round_->asked_at;  // more than 31 days are to be told
  account.due = behind ? now : now + pace_.every;
  account.told = account.told || !behind;
  account.asked_at = round_->asked_at;
  if (hooks_ != nullptr) {
    hooks_->confirm(account.bank.id, round_->items, round_->asked_at);
    if (const std::size_t missed = hooks_->missed(round_->items, now); missed > 0) {
      log::warning("the webhook is silent: the statement told what it did not",
                   {{"entries", static_cast<std::int64_t>(missed)}});
      counters_.hooks_missed += missed;
      counters_.hook_silent = true;
      hooks_->hooked(now, /*anew=*/true);  // what it misses from now on is another silence
      must_hook_ = !hooks_->options().url.empty();
    }
    if (const auto saved = hooks_->save(now - kHeardFor); !saved) {
      log::error("the state cannot be written", {{"reason", saved.error().message}});
    }
  }
  round_.reset();
}

void Monobank::settle(Timestamp now) {
  if (!round_) return;
  if (round_->last < monobank::kItemsMax || round_->items.empty()) return end_round(now);
  // Entries of one second may be parted by the page's end: that second is asked for again.
  const auto oldest =
      std::min_element(round_->items.begin(), round_->items.end(),
                       [](const auto& left, const auto& right) { return left.time < right.time; });
  if (oldest->time >= round_->before) {
    log::error("the bank has more entries of one second than it tells; ask it for a file",
               {{"second", format_timestamp(oldest->time)}});
    round_->before -= 1s;
    return;
  }
  round_->before = oldest->time;
}

}  // namespace ledger::pull
