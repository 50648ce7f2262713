#include "consumers/ledger-bank/hooks.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/hmac.h"
#include "platform/logging.h"

namespace ledger::pull {

namespace {

using namespace std::chrono_literals;
using http::Request;
using http::Response;

constexpr auto kConfirmedWithin = 10min;  // the bank's statement may lag behind its webhook

}  // namespace

Hooks::Hooks(const HookOptions& options, const StateFolder& folder, const Clock& clock,
             Counters& counters, HookState state)
    : options_(options),
      folder_(folder),
      clock_(clock),
      counters_(counters),
      state_(std::move(state)) {
  count_unconfirmed();
}

Result<std::unique_ptr<Hooks>> Hooks::start(const HookOptions& options, const StateFolder& folder,
                                            const Clock& clock, Counters& counters) {
  LEDGER_TRY(HookState state, folder.load_hooks());
  std::unique_ptr<Hooks> hooks(new Hooks(options, folder, clock, counters, std::move(state)));
  Hooks& made = *hooks;
  for (const char* method : {"GET", "POST"}) {
    made.router_.add(method, "/hooks/monobank/{secret}", http::RunOn::kWorker,
                     [&made](const Request& request) { return made.take(request); });
  }
  auto server = http::Server::start(http::Server::defaults(options.listen), made.router_);
  if (!server) return fail(ErrorCode::kMisconfigured, server.error().message, "hook_listen");
  made.server_ = *std::move(server);
  return hooks;
}

Response Hooks::take(const Request& request) {
  if (!equal_secrets(request.captures.front(), options_.secret)) {
    ++counters_.hooks_refused;
    return http::forbidden("the secret in the path is another one");
  }
  // The bank tries the address so before it takes it.
  if (request.method != "POST") return {200, "application/json", "{}"};
  const auto hint = monobank::read_hint(request.body);
  if (!hint) {
    // A repetition would not cure it, and the statement tells the entry anyway.
    ++counters_.hooks_refused;
    log::warning("a webhook cannot be read; the statement tells what it meant",
                 {{"reason", hint.error().message}, {"field", hint.error().field}});
    return {200, "application/json", "{}"};
  }
  ++counters_.hooks;
  counters_.hook_silent = false;
  if (*hint) {
    if (const auto noted = note(**hint); !noted) return http::problem(noted.error());
  }
  return {200, "application/json", "{}"};
}

// Told again (on hold, then settled), it is to be asked for again.
Status Hooks::note(const monobank::Hint& hint) {
  const std::lock_guard lock(mutex_);
  const Timestamp now = clock_.now();
  auto before = state_;
  const auto known = std::find_if(
      state_.heard.begin(), state_.heard.end(),
      [&](const Heard& heard) { return heard.account == hint.account && heard.item == hint.item; });
  if (known != state_.heard.end()) state_.heard.erase(known);
  if (state_.heard.size() == kHeardMax) state_.heard.erase(state_.heard.begin());
  state_.heard.push_back({hint.account, hint.item, hint.time, now, false, false});
  auto saved = folder_.save_hooks(state_);
  if (!saved) state_ = std::move(before);
  return saved;
}

bool Hooks::is_hinted(const std::string& account, Timestamp since) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(state_.heard.begin(), state_.heard.end(), [&](const Heard& heard) {
    return heard.account == account && !heard.confirmed && heard.heard_at > since;
  });
}

void Hooks::confirm(const std::string& account, const std::vector<monobank::Statement::Item>& items,
                    Timestamp asked_at) {
  const std::lock_guard lock(mutex_);
  for (auto& heard : state_.heard) {
    if (heard.account != account || heard.heard_at > asked_at) continue;
    const bool told = std::any_of(items.begin(), items.end(),
                                  [&](const auto& item) { return item.id == heard.item; });
    heard.confirmed = heard.confirmed || told;
    if (heard.confirmed || heard.missing || asked_at - heard.heard_at < kConfirmedWithin) continue;
    heard.missing = true;
    log::warning("a webhook told an entry that the bank's statement does not have",
                 {{"id", heard.item}, {"heard_at", format_timestamp(heard.heard_at)}});
  }
  count_unconfirmed();
}

std::size_t Hooks::missed(const std::vector<monobank::Statement::Item>& items,
                          Timestamp now) const {
  const std::lock_guard lock(mutex_);
  if (!state_.hooked_at) return 0;
  const auto is_missed = [&](const monobank::Statement::Item& item) {
    const bool expected = item.time > *state_.hooked_at && now - item.time > options_.grace;
    return expected && std::none_of(state_.heard.begin(), state_.heard.end(),
                                    [&](const Heard& heard) { return heard.item == item.id; });
  };
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), is_missed));
}

void Hooks::hooked(Timestamp now, bool anew) {
  const std::lock_guard lock(mutex_);
  if (anew || !state_.hooked_at) state_.hooked_at = now;
}

Status Hooks::save(Timestamp forget_before) {
  const std::lock_guard lock(mutex_);
  std::erase_if(state_.heard, [&](const Heard& heard) { return heard.heard_at < forget_before; });
  count_unconfirmed();
  return folder_.save_hooks(state_);
}

void Hooks::count_unconfirmed() {
  counters_.hooks_unconfirmed = static_cast<std::uint64_t>(
      std::count_if(state_.heard.begin(), state_.heard.end(),
                    [](const Heard& heard) { return heard.missing && !heard.confirmed; }));
}

}  // namespace ledger::pull
