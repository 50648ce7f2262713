#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ledger {

// Figures for Prometheus, served on our own listener in its text format. Series are read when they
// are asked for: the parts keep plain counters, and a callback copies them in. Never a phone, an
// address or a name as a label. Thread-safe once filled.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  using Labels = std::map<std::string, std::string>;
  using Read = std::function<double()>;
  // Names as Prometheus wants them: base units, counters end in _total.
  void counter(const std::string& name, const std::string& help, Labels labels, Read read);
  void gauge(const std::string& name, const std::string& help, Labels labels, Read read);
  // A gauge whose series come and go; whoever reads them bounds how many there are.
  using ReadAll = std::function<std::vector<std::pair<Labels, double>>()>;
  void gauges(const std::string& name, const std::string& help, ReadAll read);

  // The exposition, version 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger
