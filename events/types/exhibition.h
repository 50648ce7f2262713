#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

enum class ExhibitionKind { kExhibition, kFair, kPresentation, kSeminar };
constexpr auto names(ExhibitionKind) {
  return words("exhibition", "fair", "presentation", "seminar");
}

// A fair, an exhibition, a presentation or a seminar (job description 3.2, 1.5).
struct ExhibitionPlanned {
  static constexpr std::string_view kName = "exhibition.planned";
  static constexpr int kVersion = 1;

  ExhibitionId exhibition_id;           // Of the event
  ExhibitionKind kind{};                // What it is
  std::string name;                     // Its name
  Date from;                            // The first day
  Date to;                              // The last day, included
  std::optional<std::string> place;     // Where
  std::optional<ManagerId> manager_id;  // The manager who did it

  static void fields(auto&& field) {
    field("exhibition_id", &ExhibitionPlanned::exhibition_id);
    field("kind", &ExhibitionPlanned::kind);
    field("name", &ExhibitionPlanned::name);
    field("from", &ExhibitionPlanned::from);
    field("to", &ExhibitionPlanned::to);
    field("place", &ExhibitionPlanned::place);
    field("manager_id", &ExhibitionPlanned::manager_id);
  }
  [[nodiscard]] Status validate() const { return check_not_before(to, from, "to"); }
  bool operator==(const ExhibitionPlanned&) const = default;
};

// A client was invited.
struct ExhibitionInvited {
  static constexpr std::string_view kName = "exhibition.invited";
  static constexpr int kVersion = 1;

  ExhibitionId exhibition_id;  // Of the event
  ClientId client_id;          // The client
  ManagerId manager_id;        // The manager who did it

  static void fields(auto&& field) {
    field("exhibition_id", &ExhibitionInvited::exhibition_id);
    field("client_id", &ExhibitionInvited::client_id);
    field("manager_id", &ExhibitionInvited::manager_id);
  }
  bool operator==(const ExhibitionInvited&) const = default;
};

// A client came.
struct ExhibitionAttended {
  static constexpr std::string_view kName = "exhibition.attended";
  static constexpr int kVersion = 1;

  ExhibitionId exhibition_id;           // Of the event
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::optional<std::string> note;      // What else is worth keeping

  static void fields(auto&& field) {
    field("exhibition_id", &ExhibitionAttended::exhibition_id);
    field("client_id", &ExhibitionAttended::client_id);
    field("manager_id", &ExhibitionAttended::manager_id);
    field("note", &ExhibitionAttended::note);
  }
  bool operator==(const ExhibitionAttended&) const = default;
};

}  // namespace ledger
