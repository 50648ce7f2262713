#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "producers/email/lmtp/session.h"

namespace ledger::lmtp {

// The other side of a conversation: says all of a text, cut as told, and notes what comes of it.
struct Talk {
  struct Mail {
    std::string sender;
    std::vector<std::string> recipients;
    std::string content;
    bool operator==(const Mail&) const = default;
  };
  std::string replies;
  std::vector<Mail> mails;
  int dropped = 0;
  bool closed = false;
  bool operator==(const Talk&) const = default;

  // Each mail is answered with 250. Goes on until the text or the conversation ends.
  static Talk about(Session session, std::string_view text, std::size_t piece_bytes) {
    Talk talk;
    std::string content;
    while (!text.empty() && !talk.closed) {
      std::string_view piece = text.substr(0, piece_bytes);
      text.remove_prefix(piece.size());
      while (!piece.empty() && !talk.closed) {
        auto step = session.take(piece);
        piece.remove_prefix(step.taken);
        talk.replies += step.replies;
        content += step.content;
        if (step.then == Session::Then::kDeliver) {
          talk.mails.push_back({session.sender(), session.recipients(), std::move(content)});
          talk.replies += session.answer({250, "2.0.0", "kept"});
        }
        talk.dropped += step.then == Session::Then::kDrop ? 1 : 0;
        if (!session.receiving()) content.clear();
        if (step.then == Session::Then::kStartTls) {
          session.tls_started();
          piece = {};  // as whoever holds the socket does
          text = {};
        }
        talk.closed = step.then == Session::Then::kClose;
      }
    }
    return talk;
  }
};

}  // namespace ledger::lmtp
