#include "projections/client_card/letters.h"

#include <algorithm>
#include <tuple>

#include "projections/client_card/rows.h"
#include "projections/client_card/timeline.h"

namespace ledger::client_card {

namespace {

std::string letter_key(std::string_view client, std::string_view message_id) {
  return page_prefix(client).append(message_id);
}

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

void note_answer(const std::string& message_id, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<LetterRow>(letter_key(meta.client->text(), message_id));
  contribute(row.answers, meta, {meta.position, {}, meta.local_day, meta.time});
}

}  // namespace

void note_letter(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<LetterRow>(letter_key(meta.client->text(), event.message_id));
  contribute(
      row.sent, meta,
      {meta.position, {}, meta.local_day, meta.time, directory::sent_letter_of(event, meta)});
}

// The whole thread is answered: an offer stays its subject when we asked something in between.
void note_letter(const OfferAnswered& event, const EventMeta& meta, ViewBatch& batch) {
  if (event.authentication_failure) return;
  note_answer(event.in_reply_to, meta, batch);
  for (const auto& reference : event.references) {
    if (reference != event.in_reply_to) note_answer(reference, meta, batch);
  }
}

void note_letter(const LetterExchanged& event, const EventMeta& meta, ViewBatch& batch) {
  if (event.direction != LetterDirection::kReceived || !event.in_reply_to) return;
  note_answer(*event.in_reply_to, meta, batch);
}

Result<Letter> letter_of(const ViewSnapshot& snapshot, const directory::OneClient& client,
                         std::string_view message_id, const Position& position, const AsOf& as_of) {
  Letter letter;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row,
               read_row<LetterRow>(snapshot, family(), letter_key(home, message_id)));
    if (!row) continue;
    const auto is_ours = [&](const auto& item) {
      return as_of.sees(item.known, item.day) &&
             client.owns(home, [&](const directory::Split& split) {
               return std::binary_search(split.events.begin(), split.events.end(), item.position);
             });
    };
    for (const auto& sent : row->sent) {
      if (sent.position == position && is_ours(sent)) letter.sent = sent;
    }
    for (const auto& answer : row->answers) {
      const bool earlier =
          !letter.answer || std::tie(answer.time, answer.position) <
                                std::tie(letter.answer->time, letter.answer->position);
      if (earlier && is_ours(answer)) letter.answer = answer;
    }
  }
  return letter;
}

Result<std::vector<LetterRow::Answer>> answers_to(const ViewSnapshot& snapshot,
                                                  const directory::OneClient& client,
                                                  std::string_view message_id) {
  std::vector<LetterRow::Answer> all;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row,
               read_row<LetterRow>(snapshot, family(), letter_key(home, message_id)));
    if (row) all.insert(all.end(), row->answers.begin(), row->answers.end());
  }
  return all;
}

}  // namespace ledger::client_card
