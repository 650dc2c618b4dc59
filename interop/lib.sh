# What scenarios are written with. The runner (interop/run) sources it, then the scenario, in a lab of its own.
#
# A scenario is a list of commands; the first that fails ends it, and so does `fail REASON`. Its lab is cleared away by the runner
# whatever happens. Sites are a and b, their hosts lana and lanb, and the Internet between them inet; see interop/lab/net.

LAB=$INTEROP/lab
. "$LAB/common.sh"
REFERENCE=$REPO/examples/configurations
declare -A PID MARK STARTS

# --- how it ends

fail() {
  echo "$*" >"$LAB_WORK/reason"
  echo "FAIL: $*" >&2
  exit 1
}
skip() {
  echo "$*" >"$LAB_WORK/reason"
  exit 77
}
on_error() { # LINE COMMAND
  [ -e "$LAB_WORK/reason" ] || echo "line $1: $2" >"$LAB_WORK/reason"
}
step() { printf '%(%H:%M:%S)T   %s\n' -1 "$*"; }

# eventually SECONDS WHAT COMMAND...: until the command succeeds; the scenario fails with WHAT once the time is over.
eventually() {
  local limit=$1 what=$2
  shift 2
  wait_for "$limit" "$@" || fail "not within $limit s: $what"
}
# must WHAT COMMAND...: the command succeeds, or the scenario fails with WHAT.
must() {
  local what=$1
  shift
  "$@" || fail "$what"
}
must_not() {
  local what=$1
  shift
  ! "$@" || fail "$what"
}
same() { # WHAT EXPECTED ACTUAL
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

# --- the lab

lab_up() {
  "$LAB/net" up
  capture wan-a inet to-a 'not arp'
  capture wan-b inet to-b 'not arp'
}
peer_up() { step "peer $*"; "$LAB/peer" up "$@" || fail "the peer at $1 did not boot"; }
peer_exec() { "$LAB/peer" exec "$@"; }
peer_wait() { "$LAB/peer" wait "$@" || fail "the peer at $1 has no $2 after ${3:-60} s"; }

# peer_does SITE COMMAND PATTERN: the command's output in the peer has the pattern.
peer_does() { peer_exec "$1" "$2" | grep -Eq -- "$3"; }
# How many ESP SAs of a direction the peer's kernel has: peer_sas SITE; each pair counts two.
peer_sas() { peer_exec "$1" 'ip xfrm state' | grep -c 'proto esp' || true; }

# capture NAME NS INTERFACE [FILTER]: records until the scenario's end, to NAME.pcap.
capture() {
  local log=$LAB_WORK/$1.tcpdump
  ip netns exec "$(ns_name "$2")" tcpdump -Z root -U -n -s 0 -B 8192 -i "$3" -w "$LAB_WORK/$1.pcap" ${4:+"$4"} >/dev/null 2>"$log" &
  PID[capture-$1]=$!
  wait_for 10 grep -q 'listening on' "$log" || fail "tcpdump does not start on $2 $3"
}
# stop_capture NAME: what has been seen until now is in the file then.
stop_capture() {
  sleep 0.3
  kill -INT "${PID[capture-$1]}" 2>/dev/null || true
  wait "${PID[capture-$1]}" 2>/dev/null || true
}
# seen NAME FILTER: how many packets of a capture match, in tcpdump's words. May be asked while it is being recorded.
seen() { tcpdump -n -r "$LAB_WORK/$1.pcap" "$2" 2>/dev/null | wc -l; }

assert_seen() { # NAME FILTER
  [ "$(seen "$1" "$2")" -gt 0 ] || fail "$1 has no packet '$2', and should"
}
assert_unseen() { # NAME FILTER
  local count
  count=$(seen "$1" "$2")
  [ "$count" = 0 ] || fail "$1 has $count packets '$2', and should have none"
}
# Neither access line has carried GRE outside ESP, nor a packet between the LANs. A capture that holds nothing proves nothing.
assert_no_clear() {
  local name
  for name in wan-a wan-b; do
    assert_seen $name 'udp port 500 or udp port 4500 or proto 50'
    assert_unseen $name 'proto 47'
    assert_unseen $name 'net 10.1.1.0/24 and net 10.1.2.0/24'
  done
}
assert_no_clear_gre() { # [NAME...]
  local name
  for name in "${@:-wan-a}"; do assert_unseen "$name" 'proto 47'; done
}

# --- our router

# reference SITE: the reference configuration as it stands; lines on standard input are added to it (IOS: the last word counts).
reference() {
  cat "$REFERENCE/site-$1.cfg"
  [ -t 0 ] || cat
}
# config NAME: writes what comes in to a file of the lab and prints its path.
config() {
  local file=$LAB_WORK/$1.cfg
  cat >"$file"
  echo "$file"
}
# Lines for a quick OSPF on tunnel and LAN; peers get FAST_OSPF.
FAST_OSPF=(OSPF_HELLO=2 OSPF_DEAD=8)
fast_ospf() {
  printf '%s\n' 'interface Tunnel 1' 'ip ospf hello-interval 2' 'ip ospf dead-interval 8'
}

# What a router may not leave behind: everything of the namespace's network that it could have changed.
network_state() {
  in_ns "$1" ip -4 -o address show | sed 's/ *valid_lft.*//'
  in_ns "$1" ip -4 route show table all | sed 's/ *expires.*//' | sort
  in_ns "$1" ip -4 rule show
  in_ns "$1" ip -o link show | sed 's/^[0-9]*: \([^:@]*\).* mtu \([0-9]*\).*/link \1 mtu \2/'
  in_ns "$1" nft list ruleset
  in_ns "$1" sysctl net.ipv4.ip_forward
}

# start_router SITE CONFIG [WORDS...]: until it has started, or the scenario fails.
start_router() {
  local site=$1 file=$2
  shift 2
  case $site in
    a | b) set -- --lan GigabitEthernet0/1=lan --wan Dialer1=wan "$@" ;;
  esac
  [ -e "$LAB_WORK/$site.before" ] || network_state "$site" >"$LAB_WORK/$site.before"
  mark "$site"
  STARTS[$site]=$((${STARTS[$site]:-0} + 1))
  step "zuido run at $site (${file##*/})"
  ip netns exec "$(ns_name "$site")" "$REPO/zuido" run "$file" --control "$LAB_WORK/$site.sock" --state "$LAB_WORK/$site.state" \
    "$@" >>"$LAB_WORK/$site.out" 2>>"$LAB_WORK/$site.log" </dev/null &
  PID[$site]=$!
  local end=$((SECONDS + 40))
  until logged "$site" '%SYS-5-RESTART' && show "$site" interfaces >/dev/null 2>&1; do
    gone "${PID[$site]}" && fail "zuido run ended at $site: $(tail -n 1 "$LAB_WORK/$site.log")"
    [ "$SECONDS" -lt "$end" ] || fail "zuido run is not ready at $site after 40 s"
    sleep 0.2
  done
}

# stop_router SITE: SIGTERM; within 2 s it has ended with status 0, and the network is as it was before.
stop_router() {
  local site=$1 pid=${PID[$1]} status=0 begin end
  step "SIGTERM to zuido at $site"
  begin=$(date +%s%N)
  kill -TERM "$pid"
  wait "$pid" || status=$?
  end=$(date +%s%N)
  unset "PID[$site]"
  same "exit status of zuido at $site after SIGTERM" 0 "$status"
  [ $((end - begin)) -lt 2000000000 ] || fail "zuido at $site took $(((end - begin) / 1000000)) ms to end"
  network_state "$site" >"$LAB_WORK/$site.after"
  diff "$LAB_WORK/$site.before" "$LAB_WORK/$site.after" >"$LAB_WORK/$site.left" ||
    fail "zuido at $site left behind or took away: $(grep '^[<>]' "$LAB_WORK/$site.left" | head -3 | tr '\n' ';')"
  must_not "zuido at $site left its control socket" test -e "$LAB_WORK/$site.sock"
}
kill_router() {
  step "SIGKILL to zuido at $1"
  kill -KILL "${PID[$1]}"
  wait "${PID[$1]}" 2>/dev/null || true
  unset "PID[$1]"
}
router_runs() { ! gone "${PID[$1]}"; }

# mark SITE: wait_log and logged look at what is logged from here on.
mark() {
  touch "$LAB_WORK/$1.log"
  MARK[$1]=$(wc -l <"$LAB_WORK/$1.log")
}
log_since_mark() { tail -n +$((MARK[$1] + 1)) "$LAB_WORK/$1.log"; }
logged() { log_since_mark "$1" | grep -Eq -- "$2"; } # SITE PATTERN
wait_log() {                                         # SITE PATTERN SECONDS
  local end=$((SECONDS + $3))
  until logged "$1" "$2"; do
    router_runs "$1" || fail "zuido at $1 has ended: $(tail -n 1 "$LAB_WORK/$1.log")"
    [ "$SECONDS" -lt "$end" ] || fail "zuido at $1 has not logged '$2' within $3 s"
    sleep 0.2
  done
}
assert_logged() { logged "$1" "$2" || fail "zuido at $1 has not logged '$2'"; }
assert_not_logged() { ! logged "$1" "$2" || fail "zuido at $1 has logged: $(log_since_mark "$1" | grep -E -m 1 -- "$2")"; }

show() { # SITE WORDS...
  local site=$1
  shift
  in_ns "$site" "$REPO/zuido" show --control "$LAB_WORK/$site.sock" "$@"
}
shows() { # SITE PATTERN WORDS...
  local site=$1 pattern=$2
  shift 2
  show "$site" "$@" | grep -Eq -- "$pattern"
}
# field SITE EXPRESSION WORDS...: what a Python expression makes of the JSON answer (its name: it).
field() {
  local site=$1 expression=$2
  shift 2
  show "$site" "$@" --json | python3 -c "import json, sys; it = json.load(sys.stdin); print($expression)"
}
wait_full() { # SITE [SECONDS]
  wait_log "$1" '%OSPF-5-ADJCHG: .* to FULL' "${2:-60}"
}

# --- traffic

# ping_ok FROM ADDRESS SIZE [COUNT]: all echo requests of this size (of the IP packet) are answered.
ping_ok() {
  in_ns "$1" ping -q -c "${4:-3}" -i 0.3 -W 3 -s $(($3 - 28)) "$2" >"$LAB_WORK/ping.out" 2>&1 ||
    fail "ping of $3 bytes from $1 to $2: $(grep -E 'packets|errors' "$LAB_WORK/ping.out" || tail -n 1 "$LAB_WORK/ping.out")"
  grep -q ' 0% packet loss' "$LAB_WORK/ping.out" || fail "ping of $3 bytes from $1 to $2: $(grep packets "$LAB_WORK/ping.out")"
}
reachable() { in_ns "$1" ping -q -c 1 -W 1 "$2" >/dev/null 2>&1; } # FROM ADDRESS

# steady_ping FROM ADDRESS PER_SECOND: pings until steady_loss is called.
steady_ping() {
  ip netns exec "$(ns_name "$1")" ping -q -i "$(awk "BEGIN { print 1 / $3 }")" -W 3 "$2" >"$LAB_WORK/steady.out" 2>&1 &
  PID[steady]=$!
  sleep 0.5
}
# Ends it and says how many were lost; on time, all that were sent have been waited for.
steady_loss() {
  kill -INT "${PID[steady]}"
  wait "${PID[steady]}" 2>/dev/null || true
  unset "PID[steady]"
  local sent received
  read -r sent received < <(sed -n 's/^\([0-9]*\) packets transmitted, \([0-9]*\) received.*/\1 \2/p' "$LAB_WORK/steady.out")
  [ "${sent:-0}" -gt 0 ] || fail "the steady ping has sent nothing"
  echo $((sent - received)) "$sent"
}

# transfer FROM TO ADDRESS [MEGABYTES [SECONDS]]: by TCP, compared by checksum.
transfer() {
  local megabytes=${4:-20} limit=${5:-60} sent received begin=$SECONDS
  [ -e "$LAB_WORK/payload" ] || head -c $((megabytes * 1000000)) /dev/urandom >"$LAB_WORK/payload"
  ip netns exec "$(ns_name "$2")" timeout "$limit" socat -u TCP-LISTEN:5001,reuseaddr CREATE:"$LAB_WORK/received" &
  local listener=$!
  wait_for 5 eval "in_ns $2 ss -ltn | grep -q :5001" || fail "no listener in $2"
  in_ns "$1" timeout "$limit" socat -u FILE:"$LAB_WORK/payload" TCP:"$3":5001,connect-timeout=10 ||
    fail "TCP from $1 to $2 has not carried $megabytes MB within $limit s ($(stat -c %s "$LAB_WORK/received" 2>/dev/null || echo 0) bytes arrived)"
  wait "$listener" || fail "TCP from $1 to $2: the receiver has not seen the end"
  sent=$(sha256sum <"$LAB_WORK/payload")
  received=$(sha256sum <"$LAB_WORK/received")
  same "checksum of what TCP carried from $1 to $2" "$sent" "$received"
  step "TCP from $1 to $2: $megabytes MB in $((SECONDS - begin)) s"
  rm -f "$LAB_WORK/payload" "$LAB_WORK/received"
}

# mss_of_syns NAME: the MSS options of a capture, each once.
mss_of_syns() {
  tcpdump -n -v -r "$LAB_WORK/$1.pcap" 'tcp[tcpflags] & tcp-syn != 0' 2>/dev/null | grep -o 'mss [0-9]*' | sort -u | tr '\n' ' ' |
    sed 's/ $//'
}

# --- flows that several scenarios share

# crosses FROM_LAN TO_ADDRESS ...: the three sizes that matter with a tunnel MTU of 1372.
pings_both_ways() {
  local size
  for size in 84 1372 2028; do
    ping_ok lana 10.1.2.1 "$size"
    ping_ok lanb 10.1.1.1 "$size"
  done
}

# The whole reference: SAs, OSPF, routes, pings, TCP both ways with its MSS, nothing in the clear. Ours is at SITE; the other is a peer.
check_reference() { # SITE
  local ours=$1 other=b net=10.1.2.0/24
  [ "$ours" = a ] || { other=a; net=10.1.1.0/24; }
  wait_log "$ours" '%CRYPTO-5-IPSEC_SA_UP' 60
  wait_full "$ours" 90
  peer_wait "$other" esp 30
  peer_wait "$other" ospf 60
  peer_wait "$other" route 60
  eventually 30 "a route to the other LAN in the kernel of $ours" eval "in_ns $ours ip route show $net | grep -q tunnel1"
  must "show crypto isakmp sa has no SA that is idle" shows "$ours" 'QM_IDLE|ESTABLISHED' crypto isakmp sa
  must "show crypto ipsec sa has no inbound SA" shows "$ours" 'inbound' crypto ipsec sa
  must "show ip ospf neighbor has none that is FULL" shows "$ours" 'FULL' ip ospf neighbor
  must "show ip route has no OSPF route" shows "$ours" "^O.*$net" ip route
  pings_both_ways
  capture syn-b lanb eth0 'src host 10.1.1.1 and tcp[tcpflags] & tcp-syn != 0'
  capture syn-a lana eth0 'src host 10.1.2.1 and tcp[tcpflags] & tcp-syn != 0'
  transfer lana lanb 10.1.2.1
  transfer lanb lana 10.1.1.1
  stop_capture syn-a
  stop_capture syn-b
  same "MSS of SYNs that arrive in LAN B" "mss 1332" "$(mss_of_syns syn-b)"
  same "MSS of SYNs that arrive in LAN A" "mss 1332" "$(mss_of_syns syn-a)"
  assert_no_clear
}
