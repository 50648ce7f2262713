#pragma once

#include <cstdint>
#include <string_view>

#include "events/json_codec.h"

// What must hold for whatever a sender got accepted or refused; aborts if it does not.
namespace ledger::fuzz {

[[nodiscard]] inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

void check_accepted(JsonCodec& codec, const Submission& submission);
void check_refused(const Error& error);

}  // namespace ledger::fuzz
