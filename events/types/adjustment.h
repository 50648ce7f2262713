#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// The client owes less: goods came back, or a price was lowered.
struct CreditNoteIssued {
  static constexpr std::string_view kName = "credit_note.issued";
  static constexpr int kVersion = 1;

  CreditNoteId credit_note_id;          // Of the note
  std::string number;                   // On the paper
  ClientId client_id;                   // The client
  Date issued_on;                       // The day
  Money amount;                         // By how much
  std::optional<InvoiceId> invoice_id;  // The invoice it lowers
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("credit_note_id", &CreditNoteIssued::credit_note_id);
    field("number", &CreditNoteIssued::number);
    field("client_id", &CreditNoteIssued::client_id);
    field("issued_on", &CreditNoteIssued::issued_on);
    field("amount", &CreditNoteIssued::amount);
    field("invoice_id", &CreditNoteIssued::invoice_id);
    field("reason", &CreditNoteIssued::reason);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const CreditNoteIssued&) const = default;
};

// So much of a credit note lowers an invoice.
struct CreditNoteApplied {
  static constexpr std::string_view kName = "credit_note.applied";
  static constexpr int kVersion = 1;

  CreditNoteId credit_note_id;  // Of the note
  ClientId client_id;           // The client
  InvoiceId invoice_id;         // The invoice
  Money amount;                 // How much of it
  Date effective_on;            // The business day from which it counts

  static void fields(auto&& field) {
    field("credit_note_id", &CreditNoteApplied::credit_note_id);
    field("client_id", &CreditNoteApplied::client_id);
    field("invoice_id", &CreditNoteApplied::invoice_id);
    field("amount", &CreditNoteApplied::amount);
    field("effective_on", &CreditNoteApplied::effective_on);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const CreditNoteApplied&) const = default;
};

enum class WriteOffKind { kBadDebt, kSmallDifference, kForgiveness };
constexpr auto names(WriteOffKind) { return words("bad_debt", "small_difference", "forgiveness"); }

// A debt is no longer asked for.
struct InvoiceWrittenOff {
  static constexpr std::string_view kName = "invoice.written_off";
  static constexpr int kVersion = 1;

  InvoiceId invoice_id;               // The invoice
  ClientId client_id;                 // The client
  Money amount;                       // How much of it
  Date written_off_on;                // The day
  WriteOffKind kind{};                // Why
  std::string approved_by;            // Who approved it
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("invoice_id", &InvoiceWrittenOff::invoice_id);
    field("client_id", &InvoiceWrittenOff::client_id);
    field("amount", &InvoiceWrittenOff::amount);
    field("written_off_on", &InvoiceWrittenOff::written_off_on);
    field("kind", &InvoiceWrittenOff::kind);
    field("approved_by", &InvoiceWrittenOff::approved_by);
    field("reason", &InvoiceWrittenOff::reason);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const InvoiceWrittenOff&) const = default;
};

// An invoice was withdrawn whole, from a day on.
struct InvoiceCancelled {
  static constexpr std::string_view kName = "invoice.cancelled";
  static constexpr int kVersion = 1;

  InvoiceId invoice_id;  // The invoice
  ClientId client_id;    // The client
  Date cancelled_on;     // The day
  std::string reason;    // Why, in words

  static void fields(auto&& field) {
    field("invoice_id", &InvoiceCancelled::invoice_id);
    field("client_id", &InvoiceCancelled::client_id);
    field("cancelled_on", &InvoiceCancelled::cancelled_on);
    field("reason", &InvoiceCancelled::reason);
  }
  bool operator==(const InvoiceCancelled&) const = default;
};

}  // namespace ledger
