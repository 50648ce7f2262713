#include "tests/producers/telephony/freeswitch_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "tests/support/catch.h"

namespace ledger::freeswitch_record {

namespace {

struct Node {
  std::string name;
  std::string value;
  std::vector<Node> children;

  Node& at(const std::string& wanted) {
    for (auto& child : children) {
      if (child.name == wanted) return child;
    }
    return children.emplace_back(Node{wanted, {}, {}});
  }
};

Node tree_of(const Values& values) {
  Node root;
  for (const auto& [name, value] : values) {
    if (value.empty()) continue;
    Node* node = &root;
    std::size_t from = 0;
    for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', from)) {
      node = &node->at(name.substr(from, dot - from));
      from = dot + 1;
    }
    node->at(name.substr(from)).value = escaped(value);
  }
  return root;
}

std::string json_node(const Node& node) {
  if (node.children.empty()) return fmt::format("\"{}\"", node.value);
  const bool list = node.children.front().name == "0";
  std::string text;
  for (const auto& child : node.children) {
    text += text.empty() ? "" : ",";
    text += list ? json_node(child) : fmt::format("\"{}\":{}", child.name, json_node(child));
  }
  return (list ? "[" : "{") + text + (list ? "]" : "}");
}

std::string xml_node(const std::string& name, const Node& node) {
  std::string inner = node.value;
  for (const auto& child : node.children) {
    // What is a list in JSON are elements of one name here.
    if (child.name == "originator_caller_profiles") {
      inner += xml_node("originator_caller_profile", child.children.front());
    } else {
      inner += std::isdigit(static_cast<unsigned char>(child.name[0])) != 0
                   ? xml_node(name, child)
                   : xml_node(child.name, child);
    }
  }
  const bool list = !node.children.empty() && node.children.front().name == "0";
  return list ? inner : fmt::format("  <{}>{}</{}>\n", name, inner, name);
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x21 || byte > 0x7e ||
        std::string_view("\"#&+:;<=>?@[\\]^`{|}").find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

Values from_client() {
  return {{"core-uuid", "core-1"},
          {"switchname", "pbx"},
          {"channel_data.state", "CS_REPORTING"},
          {"channel_data.direction", "inbound"},
          {"variables.uuid", "leg-a"},
          {"variables.call_uuid", "leg-a"},
          {"variables.direction", "inbound"},
          {"variables.start_epoch", "1795593600"},
          {"variables.answer_epoch", "1795593608"},
          {"variables.end_epoch", "1795593670"},
          {"variables.duration", "70"},
          {"variables.billsec", "62"},
          {"variables.hangup_cause", "NORMAL_CLEARING"},
          {"callflow.0.caller_profile.username", "380501112233"},
          {"callflow.0.caller_profile.caller_id_name", "Іван <\"офіс\">"},
          {"callflow.0.caller_profile.caller_id_number", "+380501112233"},
          {"callflow.0.caller_profile.destination_number", "0445550101"},
          {"callflow.0.caller_profile.uuid", "leg-a"},
          {"callflow.0.caller_profile.chan_name", "sofia/external/+380501112233@192.0.2.7"},
          {"callflow.0.times.answered_time", "1795593608000000"}};
}

Values to_manager() {
  return with(
      from_client(),
      {{"channel_data.direction", "outbound"},
       {"variables.direction", "outbound"},
       {"variables.uuid", "leg-b"},
       {"variables.start_epoch", "1795593602"},
       {"variables.duration", "68"},
       {"callflow.0.caller_profile.username", ""},
       {"callflow.0.caller_profile.destination_number", "101"},
       {"callflow.0.caller_profile.uuid", "leg-b"},
       {"callflow.0.caller_profile.originator.originator_caller_profiles.0.uuid", "leg-a"}});
}

Values with(Values values, const Values& changes) {
  for (const auto& [name, value] : changes) values[name] = value;
  return values;
}

std::string json_of(const Values& values) { return json_node(tree_of(values)); }

std::string xml_of(const Values& values) {
  Node root = tree_of(values);
  std::string inside;
  std::string attributes;
  for (const auto& node : root.children) {
    if (node.name == "core-uuid" || node.name == "switchname") {
      attributes += fmt::format(" {}=\"{}\"", node.name, node.value);
    } else {
      inside += xml_node(node.name, node);
    }
  }
  return fmt::format("<?xml version=\"1.0\"?>\n<cdr{}>\n{}</cdr>", attributes, inside);
}

http::Request delivery(std::string body, const std::string& uuid) {
  http::Request request;
  request.method = "POST";
  request.body = std::move(body);
  if (!uuid.empty()) request.query.emplace_back("uuid", uuid);
  return request;
}

Mapped map(const Values& values) { return freeswitch::map_delivery(delivery(json_of(values)), {}); }

CallLegCompleted leg_of(const Mapped& mapped) {
  INFO((mapped.refused.empty()
            ? std::string()
            : mapped.refused.front().error.field + ' ' + mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() == 1);
  const auto* leg = mapped.events.front().data.get_if<CallLegCompleted>();
  REQUIRE(leg != nullptr);
  REQUIRE(leg->validate());
  return *leg;
}

Error refusal_of(const Mapped& mapped) {
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  return mapped.refused.front().error;
}

}  // namespace ledger::freeswitch_record
