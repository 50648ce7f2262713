// Goal: many at once never have more inside than the bound, and whoever waits gets in.
#include "consumers/ledger-mail/turnstile.h"

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

using ledger::gateway::Turnstile;

TEST_CASE("no more than the bound are inside, and all get in") {
  Turnstile turnstile(100);
  std::atomic<std::size_t> inside = 0;
  std::atomic<std::size_t> most = 0;
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t bytes : {1U, 10U, 60U, 90U, 100U, 500U, 40U, 0U}) {
      threads.emplace_back([&, bytes] {
        const std::size_t counted = std::min<std::size_t>(bytes, 100);
        for (int i = 0; i < 500; ++i) {
          const Turnstile::Pass pass(turnstile, bytes);
          const std::size_t now = inside += counted;
          for (std::size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
          }
          inside -= counted;
          ++done;
        }
      });
    }
  }
  CHECK(done == 8 * 500);
  CHECK(most == 100);
}
