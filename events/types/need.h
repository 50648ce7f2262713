#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

enum class NeedLevel { kUrgent, kPlanned, kPossible };
constexpr auto names(NeedLevel) { return words("urgent", "planned", "possible"); }

// What a client needs (job description 2.2, 3.2).
struct NeedRecorded {
  static constexpr std::string_view kName = "need.recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;                    // The client
  ManagerId manager_id;                  // The manager who did it
  NeedId need_id;                        // Of the need
  std::string text;                      // What
  NeedLevel level{};                     // How soon
  std::optional<std::string> direction;  // Line of goods

  static void fields(auto&& field) {
    field("client_id", &NeedRecorded::client_id);
    field("manager_id", &NeedRecorded::manager_id);
    field("need_id", &NeedRecorded::need_id);
    field("text", &NeedRecorded::text);
    field("level", &NeedRecorded::level);
    field("direction", &NeedRecorded::direction);
  }
  bool operator==(const NeedRecorded&) const = default;
};

// The matrix that a client's goods have to satisfy (article).
struct RequirementsRecorded {
  static constexpr std::string_view kName = "requirements.recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;                     // The client
  ManagerId manager_id;                   // The manager who did it
  std::vector<std::string> requirements;  // One each

  static void fields(auto&& field) {
    field("client_id", &RequirementsRecorded::client_id);
    field("manager_id", &RequirementsRecorded::manager_id);
    field("requirements", &RequirementsRecorded::requirements);
  }
  [[nodiscard]] Status validate() const {
    return requirements.empty()
               ? fail(ErrorCode::kMissingField, "a matrix has at least one line", "requirements")
               : Status();
  }
  bool operator==(const RequirementsRecorded&) const = default;
};

// Instead of what is not there, or fits less, something else was offered (job description 3.3).
struct AnalogueOffered {
  static constexpr std::string_view kName = "analogue.offered";
  static constexpr int kVersion = 1;

  ClientId client_id;             // The client
  ManagerId manager_id;           // The manager who did it
  std::optional<CaseId> case_id;  // The shortage it answers
  std::string wanted;             // What was asked for
  std::string offered;            // What was offered
  std::optional<bool> accepted;   // Whether it was taken

  static void fields(auto&& field) {
    field("client_id", &AnalogueOffered::client_id);
    field("manager_id", &AnalogueOffered::manager_id);
    field("case_id", &AnalogueOffered::case_id);
    field("wanted", &AnalogueOffered::wanted);
    field("offered", &AnalogueOffered::offered);
    field("accepted", &AnalogueOffered::accepted);
  }
  bool operator==(const AnalogueOffered&) const = default;
};

// A client was asked to answer a survey (article).
struct SurveySent {
  static constexpr std::string_view kName = "survey.sent";
  static constexpr int kVersion = 1;

  SurveyId survey_id;    // Of the survey
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it

  static void fields(auto&& field) {
    field("survey_id", &SurveySent::survey_id);
    field("client_id", &SurveySent::client_id);
    field("manager_id", &SurveySent::manager_id);
  }
  bool operator==(const SurveySent&) const = default;
};

// One question of a survey and what the client said.
struct SurveyAnswer {
  std::string question;  // As it was asked
  std::string answer;    // As it was answered

  static void fields(auto&& field) {
    field("question", &SurveyAnswer::question);
    field("answer", &SurveyAnswer::answer);
  }
  bool operator==(const SurveyAnswer&) const = default;
};

// A client answered a survey.
struct SurveyAnswered {
  static constexpr std::string_view kName = "survey.answered";
  static constexpr int kVersion = 1;

  SurveyId survey_id;                   // Of the survey
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::vector<SurveyAnswer> answers;    // Question by question

  static void fields(auto&& field) {
    field("survey_id", &SurveyAnswered::survey_id);
    field("client_id", &SurveyAnswered::client_id);
    field("manager_id", &SurveyAnswered::manager_id);
    field("answers", &SurveyAnswered::answers);
  }
  [[nodiscard]] Status validate() const {
    return answers.empty()
               ? fail(ErrorCode::kMissingField, "an answered survey has an answer", "answers")
               : Status();
  }
  bool operator==(const SurveyAnswered&) const = default;
};

}  // namespace ledger
