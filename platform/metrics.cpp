#include "platform/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

namespace ledger {

class Metrics::Impl {
 public:
  struct Series {
    Labels labels;
    Read read;
  };
  struct Family {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::vector<Series> series;
    ReadAll read_all = {};  // besides them
  };

  void add(const std::string& name, const std::string& help, prometheus::MetricType type,
           Labels labels, Read read) {
    auto found = std::find_if(families.begin(), families.end(),
                              [&](const Family& family) { return family.name == name; });
    if (found == families.end()) found = families.insert(found, Family{name, help, type, {}});
    found->series.push_back({std::move(labels), std::move(read)});
  }

  std::vector<Family> families;
};

namespace {

prometheus::ClientMetric sample(prometheus::MetricType type, const Metrics::Labels& labels,
                                double value) {
  prometheus::ClientMetric metric;
  for (const auto& [name, content] : labels) metric.label.push_back({name, content});
  if (type == prometheus::MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  return metric;
}

}  // namespace

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::counter(const std::string& name, const std::string& help, Labels labels, Read read) {
  impl_->add(name, help, prometheus::MetricType::Counter, std::move(labels), std::move(read));
}

void Metrics::gauge(const std::string& name, const std::string& help, Labels labels, Read read) {
  impl_->add(name, help, prometheus::MetricType::Gauge, std::move(labels), std::move(read));
}

void Metrics::gauges(const std::string& name, const std::string& help, ReadAll read) {
  impl_->families.push_back({name, help, prometheus::MetricType::Gauge, {}, std::move(read)});
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const auto& family : impl_->families) {
    prometheus::MetricFamily out;
    out.name = family.name;
    out.help = family.help;
    out.type = family.type;
    for (const auto& series : family.series) {
      out.metric.push_back(sample(family.type, series.labels, series.read()));
    }
    if (family.read_all) {
      for (const auto& [labels, value] : family.read_all()) {
        out.metric.push_back(sample(family.type, labels, value));
      }
    }
    families.push_back(std::move(out));
  }
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace ledger
