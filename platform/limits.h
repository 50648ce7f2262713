#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

// Every queue, body, batch, page and wait has its maximum here, so that one file answers
// "how much can it take, and what happens then". All ends are included.
namespace ledger::limits {

using namespace std::chrono_literals;

// One event line, stored and exported. Kafka's own default for a message is 1 MiB.
inline constexpr std::size_t kEventBytesMax = 64 * 1024;
inline constexpr std::size_t kJsonDepthMax = 32;
inline constexpr std::size_t kJsonMembersMax = 256;

// HTTP. Over it: 413, 431 or a closed connection.
inline constexpr std::size_t kHttpHeaderBytesMax = 8 * 1024;
inline constexpr std::size_t kHttpBodyBytesMax = 8 * 1024 * 1024;  // a batch of events
inline constexpr std::size_t kHttpConnectionsMax = 1024;
inline constexpr auto kHttpHeaderTimeout = 10s;
inline constexpr auto kHttpRequestTimeout = 30s;
inline constexpr auto kHttpIdleTimeout = 60s;
inline constexpr std::size_t kHttpWorkerThreads = 4;
inline constexpr std::size_t kHttpWorkerQueueMax = 256;         // over it: 503
inline constexpr std::size_t kSiteBytesMax = 32 * 1024 * 1024;  // a web application, in memory
// Pushed bodies. Over it the listener is given up; he comes again and says where he was.
inline constexpr std::size_t kPushedBytesMax = 256 * 1024;
inline constexpr auto kPushedPeerTimeout = 60s;  // what was sent and is not confirmed by TCP

// GET /v1/stream. Over the first three: 503.
inline constexpr std::size_t kListenersMax = 512;
inline constexpr std::size_t kListenersPerPrincipalMax = 32;
inline constexpr std::size_t kListenersPerAddressMax = 384;  // of those who are not asked who
inline constexpr auto kListeningMax = 15min;    // then a principal's right to listen is asked again
inline constexpr auto kListenerStuckMax = 10s;  // takes nothing though something waits: dropped
inline constexpr auto kBeatEvery = 10s;
inline constexpr std::int64_t kStreamResumeEventsMax = 50'000;  // further back: reset
inline constexpr std::size_t kStreamRecentEventsMax = 20'000;   // kept in memory
inline constexpr std::size_t kStreamPageEvents = 500;           // of one listener, at once

// The append door.
inline constexpr std::size_t kBatchEventsMax = 1000;
inline constexpr std::size_t kAppendQueueMax = 50'000;  // events waiting for the log; over it: 503
inline constexpr std::size_t kRecentEventsMax = 200'000;  // acknowledged, not indexed; over it: 503
inline constexpr std::size_t kSlowLaneBatchesMax = 1000;  // over it: 503
inline constexpr auto kIndexWait = 5s;  // of the slow lane, for the index to show earlier appends
inline constexpr auto kAppendTimeout = 10s;
inline constexpr auto kFutureSkewMax = 5min;
inline constexpr int kEarliestYear = 1990;
inline constexpr int kLatestYear = 2100;

// Text members of an event, in bytes of UTF-8.
inline constexpr std::size_t kTextBytesMax = 4096;
inline constexpr std::size_t kIdBytesMax = 255;
inline constexpr std::size_t kListItemsMax = 500;

// Projection.
inline constexpr std::size_t kProjectorBatchEventsMax = 100'000;
inline constexpr std::size_t kProjectorBatchBytesMax = 128 * 1024 * 1024;
inline constexpr std::size_t kCachedRowsMax = 200'000;

// Queries.
inline constexpr std::size_t kPageItemsDefault = 50;
inline constexpr std::size_t kPageItemsMax = 1000;
inline constexpr auto kMaxWaitDefault = 5s;
inline constexpr auto kMaxWaitMax = 30s;

}  // namespace ledger::limits
