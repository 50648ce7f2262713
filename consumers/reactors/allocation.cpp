#include "consumers/reactors/allocation.h"

#include <algorithm>
#include <string>

#include "consumers/reactors/stable_id.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "events/types/invoice.h"
#include "events/types/payment.h"
#include "platform/utf8.h"
#include "projections/receivables/queries.h"

namespace ledger {

namespace {

using receivables::Credit;
using receivables::Item;

constexpr std::size_t kNumberBytesMin = 3;
constexpr auto kNoon = std::chrono::hours(12);  // of the day it counts from: the same at each try

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Ukrainian letters are bytes beyond ASCII.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Letters in lower case and digits; № and everything else become spaces.
std::string plain(std::string_view text) {
  constexpr std::string_view kNumberSign = "№";
  std::string folded = fold_case(text);
  for (auto at = folded.find(kNumberSign); at != std::string::npos; at = folded.find(kNumberSign)) {
    folded.replace(at, kNumberSign.size(), " ");
  }
  for (char& c : folded) {
    if (!is_digit(c) && !is_letter(c)) c = ' ';
  }
  return folded;
}

// Whether `number` stands in `text` with no digit next to it.
bool stands_in(const std::string& text, const std::string& number) {
  for (auto at = text.find(number); at != std::string::npos; at = text.find(number, at + 1)) {
    const std::size_t behind = at + number.size();
    const bool digit_before = at > 0 && is_digit(text[at - 1]);
    const bool digit_behind = behind < text.size() && is_digit(text[behind]);
    if (!digit_before && !digit_behind) return true;
  }
  return false;
}

class Allocator {
 public:
  Allocator(std::string_view source, const ClientId& client, const receivables::AccountRow& account,
            const BusinessZone& zone)
      : source_(source), client_(client), account_(account), zone_(zone) {}

  void allocate(Credit& credit, Item& item, AllocationMethod method) {
    const std::int64_t amount = std::min(credit.free_minor, item.open_minor);
    if (amount <= 0 || credit.source.empty() || was_decided(credit, item)) return;
    credit.free_minor -= amount;
    item.open_minor -= amount;
    PaymentAllocated event;
    event.client_id = client_;
    event.payment_source = credit.source;
    event.payment_id = credit.id;
    event.invoice_id = item.invoice.invoice_id;
    event.amount = {amount, item.invoice.amount.currency};
    event.effective_on = std::max(credit.since, item.invoice.issued_on);
    event.method = method;
    event.rule_version = "allocation.v1";
    const Timestamp when = zone_.to_instant(event.effective_on, kNoon);
    submissions_.push_back({stable_id({credit.source, credit.id, item.invoice.invoice_id.text()}),
                            std::string(source_), when, std::nullopt, EventData(event)});
  }

  [[nodiscard]] std::vector<Submission> take() { return std::move(submissions_); }

 private:
  // By a person or by this rule; also what was undone since.
  [[nodiscard]] bool was_decided(const Credit& credit, const Item& item) const {
    return std::any_of(account_.allocated.begin(), account_.allocated.end(), [&](const auto& said) {
      return said.data.payment_source == credit.source && said.data.payment_id == credit.id &&
             said.data.invoice_id == item.invoice.invoice_id;
    });
  }

  std::string_view source_;
  const ClientId& client_;
  const receivables::AccountRow& account_;
  const BusinessZone& zone_;
  std::vector<Submission> submissions_;
};

}  // namespace

bool names_invoice(std::string_view purpose, std::string_view number) {
  std::string wanted = plain(number);
  std::string said = plain(purpose);
  const bool has_letter = std::any_of(wanted.begin(), wanted.end(), is_letter);
  std::erase(wanted, ' ');
  if (wanted.size() < kNumberBytesMin) return false;
  // With letters in it a number is known however it is spaced; digits alone must stand alone, or
  // the sum and the date would name invoices too.
  if (has_letter) std::erase(said, ' ');
  return stands_in(said, wanted);
}

bool AllocationReactor::concerns(const LineSummary& line) const {
  return line.has_client &&
         (line.type == InvoiceIssued::kName || line.type == PaymentReceived::kName ||
          line.type == InteractionMatched::kName);
}

Result<std::vector<Submission>> AllocationReactor::react(const Event& event,
                                                         const ViewSnapshot& views,
                                                         Date today) const {
  const auto& client = event.stamps.subject;
  if (!client) return std::vector<Submission>{};
  LEDGER_TRY(const auto account, receivables::account(views, client->text()));
  if (!account) return std::vector<Submission>{};
  LEDGER_TRY(auto books, receivables::statements(*account, {today, std::nullopt}));
  Allocator allocator(name(), *client, *account, zone_);
  const auto* payment = event.data.get_if<PaymentReceived>();
  for (auto& [currency, book] : books) {
    for (auto& credit : book.credits) {
      if (payment == nullptr || credit.source != event.source || credit.id != event.id) continue;
      for (auto& item : book.items) {
        if (names_invoice(payment->purpose.value_or(""), item.invoice.number)) {
          allocator.allocate(credit, item, AllocationMethod::kNamedInvoice);
        }
      }
    }
    for (auto& credit : book.credits) {
      for (auto& item : book.items) allocator.allocate(credit, item, AllocationMethod::kFifo);
    }
  }
  return allocator.take();
}

}  // namespace ledger
