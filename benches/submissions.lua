-- Random forms over all codes of LINES_FILE (CODE, TAB, JSON), each with a fresh key. With BARE they go to /ceiling.
local bare = os.getenv("BARE")
local forms = {}
for line in io.lines(os.getenv("LINES_FILE")) do
  local code, json = line:match("^(%S+)\t(.*)$")
  local before, after = json:match('^(.-"key":")[^"]+(".*)$')
  forms[#forms + 1] = { bare and "/ceiling" or "/api/v1/collectors/" .. code .. "/submissions", before, after }
end
math.randomseed(os.time())
local random, hex = math.random, {}
for i = 0, 65535 do hex[i] = string.format("%04x", i) end
local function four() return hex[random(0, 65535)] end
local headers = { ["Content-Type"] = "application/json" }

function request()
  local form = forms[random(1, #forms)]
  local key = four() .. four() .. "-" .. four() .. "-4" .. four():sub(2) .. "-a" .. four():sub(2) .. "-" .. four() .. four() .. four()
  return wrk.format("POST", form[1], headers, form[2] .. key .. form[3])
end
