-- Reads for reads.py: environment PATHS lists them by spaces (%d: a client at random), THINK the mean pause of a connection in ms.
local paths, clients, think = {}, tonumber(os.getenv("CLIENTS")), tonumber(os.getenv("THINK") or "0")
for path in os.getenv("PATHS"):gmatch("%S+") do paths[#paths + 1] = path end
local threads = 0
function setup(thread) threads = threads + 1; thread:set("seed", threads) end
function init() math.randomseed(seed) end
function request() return wrk.format("GET", string.format(paths[math.random(#paths)], math.random(clients))) end
-- Pauses as of people who know nothing of each other, so that requests come in crowds too; none so long
-- that the server ends the idle connection, which wrk would count as a failure.
if think > 0 then
  function delay() return math.min(5000, math.floor(-math.log(1 - math.random()) * think + 0.5)) end
end
function done(summary, latency)
  local errors = summary.errors
  io.stderr:write(string.format('{"seconds":%f,"requests":%d,"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d},"p50_ms":%f,"p99_ms":%f,"max_ms":%f}',
    summary.duration / 1e6, summary.requests, errors.connect, errors.read, errors.write, errors.status, errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
