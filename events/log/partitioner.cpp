#include "events/log/log_writer.h"

namespace ledger {

namespace {

// MurmurHash2 as org.apache.kafka.common.utils.Utils.murmur2 has it: seed 0x9747b28c, little-endian
// blocks of four bytes, 32-bit arithmetic that wraps.
std::uint32_t murmur2(std::string_view key) {
  constexpr std::uint32_t kSeed = 0x9747b28c;
  constexpr std::uint32_t kMix = 0x5bd1e995;
  constexpr int kShift = 24;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(key[i]));
  };
  std::uint32_t hash = kSeed ^ static_cast<std::uint32_t>(key.size());
  std::size_t i = 0;
  for (; i + 4 <= key.size(); i += 4) {
    std::uint32_t block = byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
    block *= kMix;
    block ^= block >> kShift;
    block *= kMix;
    hash *= kMix;
    hash ^= block;
  }
  const std::size_t left = key.size() - i;
  if (left >= 3) hash ^= byte(i + 2) << 16;
  if (left >= 2) hash ^= byte(i + 1) << 8;
  if (left >= 1) {
    hash ^= byte(i);
    hash *= kMix;
  }
  hash ^= hash >> 13;
  hash *= kMix;
  hash ^= hash >> 15;
  return hash;
}

}  // namespace

std::int32_t partition_of(std::string_view key, std::int32_t partitions) {
  return static_cast<std::int32_t>(murmur2(key) & 0x7fffffff) % partitions;
}

}  // namespace ledger
