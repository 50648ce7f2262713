#include "producers/telephony/asterisk/outcome.h"

#include <algorithm>
#include <array>

namespace ledger::asterisk {

namespace {

constexpr std::string_view kVoiceMail = "VoiceMail";

bool is_among(const auto& applications, std::string_view application) {
  return std::find(applications.begin(), applications.end(), application) != applications.end();
}

// Queues and menus, which have numbers of their own.
constexpr std::array<std::string_view, 6> kQueuesAndMenus{
    "BackGround", "BackgroundDetect", "Directory", "Queue", "Read", "WaitExten"};
// What else answers by itself. An application by which the house's dialplan may reach a person (a
// conference, a script) is not among them.
constexpr std::array<std::string_view, 18> kAnnouncements{
    "Answer",    "Busy",      "Congestion", "ControlPlayback", "Echo",        "Hangup",
    "Milliwatt", "Playback",  "PlayTones",  "Playtones",       "MusicOnHold", "Progress",
    "Ringing",   "SayDigits", "SayNumber",  "SayUnixTime",     "Wait",        "WaitForSilence"};

}  // namespace

void set_outcome(std::string_view disposition, std::string_view last_app, Leg& leg) {
  struct Word {
    std::string_view disposition;
    CallOutcome outcome;
  };
  static constexpr std::array<Word, 6> kWords{{{"ANSWERED", CallOutcome::kAnswered},
                                               {"NO ANSWER", CallOutcome::kMissed},
                                               {"BUSY", CallOutcome::kBusy},
                                               {"FAILED", CallOutcome::kFailed},
                                               {"CONGESTION", CallOutcome::kFailed},
                                               {"CANCEL", CallOutcome::kCancelled}}};
  const auto* word = std::find_if(kWords.begin(), kWords.end(), [&](const Word& candidate) {
    return candidate.disposition == disposition;
  });
  if (word == kWords.end()) {
    leg.outcome_raw = disposition;
    return;
  }
  leg.outcome = word->outcome;
  const bool answered = leg.outcome == CallOutcome::kAnswered;
  // A recording is no talk (domain-semantics.md 4a: "not voicemail").
  if (answered && last_app.starts_with(kVoiceMail)) {
    leg.outcome = CallOutcome::kMissed;
    leg.outcome_raw = kVoiceMail;
  } else if (leg.dst_channel.empty() && (is_among(kQueuesAndMenus, last_app) ||
                                         (answered && is_among(kAnnouncements, last_app)))) {
    // No other channel was there to talk with. What ends a call to a telephone that did not answer
    // is no announcement's doing.
    if (answered) leg.outcome = CallOutcome::kMissed;
    leg.outcome_raw = last_app;
  }
}

bool ended_at_the_exchange(const Leg& leg) {
  return leg.outcome != CallOutcome::kUnknown && leg.outcome_raw != kVoiceMail &&
         !leg.outcome_raw.empty();
}

}  // namespace ledger::asterisk
