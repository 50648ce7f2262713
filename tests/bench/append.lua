-- One call.completed with an id of its own in each request: wrk -s tests/bench/append.lua URL/v1/events
local n = 0
local t = 0
function setup(thread) thread:set("tid", tostring(os.time()) .. "-" .. tostring(math.random(1e9))) end
function request()
  n = n + 1
  local body = string.format('{"specversion":"1.0","id":"%s-%d","source":"bench/wrk","type":"org.salesledger.call.completed.v1","time":"2026-11-25T09:%02d:%02dZ","data":{"call_id":"%s-%d","direction":"outbound","client_phone_raw":"0501234567","manager_extension":"101","outcome":"answered","duration_s":75,"talk_s":61}}', tid, n, (n/60)%60, n%60, tid, n)
  return wrk.format("POST", "/v1/events", {["Content-Type"]="application/cloudevents+json"}, body)
end
