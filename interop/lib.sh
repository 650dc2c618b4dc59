# What scenarios are written with. The runner (interop/run) sources it, then the scenario, in a lab of its own.
#
# A scenario is a list of commands; the first that fails ends it, and so does `fail REASON`. Its lab is cleared away by the runner
# whatever happens. Sites are a and b, their hosts lana and lanb, and the Internet between them inet; see interop/lab/net.

LAB=$INTEROP/lab
. "$LAB/common.sh"
REFERENCE=$REPO/examples/configurations
declare -A PID MARK STARTS LANS WANS

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
# Reads all that comes, unlike grep -q: with pipefail, a writer that finds the pipe closed would be the failure.
has() { grep -E -- "$1" >/dev/null; }
# What a failed scenario leaves beside logs and captures: what our routers say of themselves, and the kernel's counters.
evidence() {
  local site words
  set +e
  for site in a b s{1..12}; do
    [ -S "$LAB_WORK/$site.sock" ] || continue
    for words in counters interfaces 'crypto isakmp sa detail' 'crypto ipsec sa' 'ip ospf' 'ip ospf interface' 'ip ospf neighbor detail' \
      'ip ospf database' 'ip ospf route' 'ip ospf virtual-links' 'ip ospf statistics' 'ip route' access-lists 'pppoe session' 'ppp all'; do
      printf '\n--- show %s\n' "$words"
      timeout 1 socat -t 1 - "UNIX-CONNECT:$LAB_WORK/$site.sock" <<<"text $words"
    done >"$LAB_WORK/$site.show" 2>&1
  done
  for site in $(lab_spaces); do
    printf '\n--- %s\n' "$site"
    ip -n "$site" -s link
    ip -n "$site" route
    ip netns exec "$site" grep -h . /proc/net/snmp /proc/net/netstat
  done >"$LAB_WORK/kernel.txt" 2>&1
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
peer_does() { peer_exec "$1" "$2" | has "$3"; }
# How many ESP SAs of a direction the peer's kernel has: peer_sas SITE; each pair counts two.
peer_sas() { peer_exec "$1" 'ip xfrm state' | grep -c 'proto esp' || true; }

# capture NAME NS INTERFACE [FILTER]: records until the scenario's end, to NAME.pcap.
capture() {
  local log=$LAB_WORK/$1.tcpdump
  ip netns exec "$(ns_name "$2")" tcpdump -Z root -U -n -s 0 -B 8192 --immediate-mode -i "$3" -w "$LAB_WORK/$1.pcap" ${4:+"$4"} >/dev/null 2>"$log" &
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
  wait_for 5 is_seen "$1" "$2" || fail "$1 has no packet '$2', and should"
}
is_seen() { [ "$(seen "$1" "$2")" -gt 0 ]; }
assert_unseen() { # NAME FILTER
  local count
  count=$(seen "$1" "$2")
  [ "$count" = 0 ] || fail "$1 has $count packets '$2', and should have none"
}
# Neither access line has carried GRE outside ESP. A capture that holds nothing proves nothing.
assert_no_clear() {
  local name
  for name in wan-a wan-b; do
    assert_seen $name 'udp port 500 or udp port 4500 or proto 50'
    assert_unseen $name 'proto 47'
  done
}
# Nor a packet from LAN to LAN. (One for which there is no route through the tunnel goes by the default route, as on IOS; so this is
# true only where the crypto map protects the LANs, where a floating route to Null0 stands behind, or while the tunnel's route is there.)
assert_no_lan_clear() {
  assert_no_clear
  assert_unseen wan-a 'net 10.1.1.0/24 and net 10.1.2.0/24'
  assert_unseen wan-b 'net 10.1.1.0/24 and net 10.1.2.0/24'
}

needs_libreswan() { [ -x "$LIBRESWAN/usr/libexec/ipsec/pluto" ] || skip "Debian's libreswan could not be had (interop/install)"; }
# whack WORDS...: a command to Libreswan in the peer at b.
whack() { peer_exec b "/usr/libexec/ipsec/whack --ctlsocket /run/pluto/pluto.ctl $*"; }

# --- our router

# Configurations are the reference's, with lines behind it: what stands last counts. { reference a; policy "aes 256" sha256 14; } | config a
reference() { cat "$REFERENCE/site-$1.cfg"; }
# config NAME: writes what comes in to a file of the lab and prints its path.
config() {
  local file=$LAB_WORK/$1.cfg
  cat >"$file"
  echo "$file"
}
policy() { # ENCRYPTION HASH GROUP [LIFETIME]
  printf '%s\n' 'crypto isakmp policy 1' "encr $1" "hash $2" 'authentication pre-share' "group $3" \
    ${4:+"lifetime $4"}
}
transform() { # MODE TRANSFORM...
  local mode=$1
  shift
  printf '%s\n' "crypto ipsec transform-set IPSEC $*" "mode $mode"
}
# Of a suite in lab/suites, what our side needs: suite cisco|aes256|gcm MODE.
suite() {
  case $1 in
    cisco) transform "$2" esp-3des esp-md5-hmac ;;
    aes256) policy 'aes 256' sha256 14; transform "$2" esp-aes 256 esp-sha256-hmac ;;
    gcm) policy 'aes' sha256 14; transform "$2" esp-gcm 128 ;;
  esac
}
# The inbound list of the WAN lets in what more of a site's peer: allow SITE RULE... (PEER and SELF are the sites' addresses).
allow() {
  local rule PEER WAN
  site_addresses "$1"
  shift
  echo 'ip access-list extended A-security'
  for rule in "$@"; do
    rule=${rule//PEER/host $PEER}
    echo "permit ${rule//SELF/host $WAN}"
  done
}
allow_nat() { allow "$1" 'udp PEER SELF eq non500-isakmp'; }
# LAN to LAN without GRE and OSPF: what is protected are the packets of the two LANs.
lan_to_lan() { # SITE
  local here=10.1.1.0 there=10.1.2.0
  [ "$1" = a ] || { here=10.1.2.0; there=10.1.1.0; }
  printf '%s\n' 'no router ospf 1' 'no interface Tunnel 1' \
    'no ip access-list extended A-ipsec' 'ip access-list extended A-ipsec' "permit ip $here 0.0.0.255 $there 0.0.0.255"
  allow "$1" "ip $there 0.0.0.255 $here 0.0.0.255"
}
PEER_LAN=(GRE=off OSPF=off MODE=tunnel TS=lan)
# Quick timers on the tunnel, for where OSPF is not what is looked at; the peer gets FAST_OSPF.
fast_ospf() { printf '%s\n' 'interface Tunnel 1' 'ip ospf hello-interval 2' 'ip ospf dead-interval 8'; }
FAST_OSPF=(OSPF_HELLO=2 OSPF_DEAD=8)

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
    a | b) set -- --lan GigabitEthernet0/1=lan --wan "${WANS[$site]:-Dialer1=wan}" "$@" ;;
    *) set -- ${LANS[$site]:---lan GigabitEthernet0/1=eth0} "$@" ;;
  esac
  [ -e "$LAB_WORK/$site.before" ] || network_state "$site" >"$LAB_WORK/$site.before"
  mark "$site"
  STARTS[$site]=$((${STARTS[$site]:-0} + 1))
  step "zuido run at $site (${file##*/})"
  # In a session of its own, so that a scenario whose time is over can still ask it.
  setsid ip netns exec "$(ns_name "$site")" "$ZUIDO" run "$file" --control "$LAB_WORK/$site.sock" --state "$LAB_WORK/$site.state" \
    "$@" >>"$LAB_WORK/$site.out" 2>>"$LAB_WORK/$site.log" </dev/null &
  PID[$site]=$!
  local end=$((SECONDS + 40 * ${INTEROP_SLOW:-1}))
  until logged "$site" '%SYS-5-RESTART' && [ -S "$LAB_WORK/$site.sock" ]; do
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
logged() { log_since_mark "$1" | has "$2"; } # SITE PATTERN
wait_log() {                                         # SITE PATTERN SECONDS
  local end=$((SECONDS + $3 * ${INTEROP_SLOW:-1}))
  until logged "$1" "$2"; do
    router_runs "$1" || fail "zuido at $1 has ended: $(tail -n 1 "$LAB_WORK/$1.log")"
    [ "$SECONDS" -lt "$end" ] || fail "zuido at $1 has not logged '$2' within $3 s"
    sleep 0.2
  done
}
assert_logged() { logged "$1" "$2" || fail "zuido at $1 has not logged '$2'"; }
assert_not_logged() { ! logged "$1" "$2" || fail "zuido at $1 has logged: $(log_since_mark "$1" | grep -E -m 1 -- "$2")"; }

# show SITE WORDS... [--json]: straight to the control socket, which takes a line and gives a status and the answer: starting a JVM for
# each question would be most of the work here. (That zuido show says the same is a scenario of its own.)
show() {
  local site=$1 form=text words=() word answer
  shift
  for word in "$@"; do
    if [ "$word" = --json ]; then form=json; else words+=("$word"); fi
  done
  answer=$(socat -t 10 - "UNIX-CONNECT:$LAB_WORK/$site.sock" <<<"$form ${words[*]}" 2>/dev/null) || return 1
  [ "${answer%%$'\n'*}" = 0 ] || return 2
  echo "${answer#*$'\n'}"
}
shows() { # SITE PATTERN WORDS...
  local site=$1 pattern=$2
  shift 2
  show "$site" "$@" | has "$pattern"
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

# The kernel has the route to the other LAN through the tunnel.
has_route() {
  local net=10.1.2.0/24
  [ "$1" = a ] || net=10.1.1.0/24
  in_ns "$1" ip route show $net | has 'dev tunnel1'
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
  ip netns exec "$(ns_name "$1")" ping -i "$(awk "BEGIN { print 1 / $3 }")" "$2" >"$LAB_WORK/steady.out" 2>&1 &
  PID[steady]=$!
  sleep 0.5
}
# Ends it and says how many were lost, and of how many. What is on its way at the end, up to half a second, is not counted.
steady_loss() {
  local rate=${1:-200} # per second
  kill -INT "${PID[steady]}"
  wait "${PID[steady]}" 2>/dev/null || true
  unset "PID[steady]"
  awk -v grace=$((rate / 2)) '
    match($0, /icmp_seq=[0-9]+ ttl/) {
      number = substr($0, RSTART + 9) + 0
      if (!(number in seen)) { seen[number] = 1; received++ }
      if (number > last) last = number
    }
    /packets transmitted/ { sent = $1 }
    END {
      counted = sent - last > grace ? sent : last
      for (n = 1; n <= counted; n++) if (!(n in seen)) { list = list " " n; if (++listed == 20) break }
      print counted - received, counted, list
    }' "$LAB_WORK/steady.out"
}
# transfer FROM TO ADDRESS [MEGABYTES [SECONDS]]: by TCP, compared by checksum.
transfer() {
  local megabytes=${4:-20} limit=${5:-60} sent received begin=$SECONDS
  [ -e "$LAB_WORK/payload" ] || head -c $((megabytes * 1000000)) /dev/urandom >"$LAB_WORK/payload"
  ip netns exec "$(ns_name "$2")" timeout "$limit" socat -u TCP-LISTEN:5001,reuseaddr CREATE:"$LAB_WORK/received" &
  local listener=$!
  wait_for 5 eval "in_ns $2 ss -ltn | has :5001" || fail "no listener in $2"
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

# --- the access line: site a dials into a concentrator, the peer at ac

# dial_up [KEY=VALUE...]: the lab with the concentrator, as its keys say; "line" is recorded, all that is on the Ethernet.
dial_up() {
  "$LAB/net" up dial
  WANS[a]=GigabitEthernet0/0=wan
  capture wan-a inet to-a 'not arp'
  capture wan-b inet to-b 'not arp'
  capture line line to-a
  peer_up ac "$@"
}
# Of the next call on, the concentrator takes what KEY=VALUE says for AC_MTU, AC_USER, AC_SECRET and AC_CALLER.
AC=203.0.113.1
ac_takes() {
  local word dir=$LAB_WORK/ac
  for word in "$@"; do
    case $word in
      AC_MTU=*) sed -i "s/^AC_MTU=.*/$word/" "$dir/guest.conf" ;;
      AC_SECRET=*) sed -i -E "s/^(\"[^\"]*\" \* )\"[^\"]*\"/\1\"${word#*=}\"/" "$dir"/ppp/*-secrets ;;
      AC_CALLER=*) sed -i -E "s/[0-9.]+\$/${word#*=}/" "$dir"/ppp/*-secrets ;;
      *) fail "no such key for a call: $word" ;;
    esac
  done
}
wait_dialled() { # SITE [SECONDS]
  wait_log "$1" '%PPP-6-IPCPUP' "${2:-30}"
  wait_log "$1" '%LINEPROTO-5-UPDOWN: .*Dialer1, changed state to up' 5
}
# All sessions of the concentrator end. hang_up TERM: PPP is closed and a PADT sent; hang_up KILL: a PADT alone.
hang_up() { peer_exec ac "kill -$1 \$(pidof pppd)" >/dev/null; }
ac_sessions() { peer_exec ac 'pidof pppd' | wc -w; }
# What of PPP is on the line, in tcpdump's words: the frame's type, then PPP's protocol, then IP (without options).
SESSION='ether proto 0x8864'
PPP_CHAP="$SESSION and ether[20:2] = 0xc223"
PPP_PAP="$SESSION and ether[20:2] = 0xc023"
PPP_IP="$SESSION and ether[20:2] = 0x0021"
PADI='ether proto 0x8863 and ether[15] = 0x09'
PADT='ether proto 0x8863 and ether[15] = 0xa7'
# What is dialled carries IKE and ESP; and nothing is beside PPPoE.
assert_line_protected() {
  assert_seen line "$PPP_IP and ether[31] = 50"
  assert_unseen line "$PPP_IP and ether[31] != 50 and not (ether[31] = 17 and ether[44:2] = 500)"
  assert_unseen line 'not ether proto 0x8863 and not ether proto 0x8864'
}
# no_secret SITE SECRET: it is in nothing that our router has said or says, nor on the line.
no_secret() {
  local words
  for words in 'pppoe session' 'ppp all' 'interfaces Dialer1' interfaces counters; do
    show "$1" "$words" || fail "show $words is not answered"
  done >"$LAB_WORK/$1.said" 2>&1
  must_not "the secret is in a log, on a display or on the line" grep -F -l -a -e "$2" "$LAB_WORK/$1.log" "$LAB_WORK/$1.out" "$LAB_WORK/$1.said" \
    "$LAB_WORK/line.pcap"
}

# --- certificates

# make_pki [BITS]: $LAB_WORK/pki with ca.pem and, for a and b, SITE.pem and SITE.key: the certificate is for the site's address and for the
# name SITE.zuido.test, and comes from an intermediate CA, which stands behind it in SITE.pem.
make_pki() {
  local bits=${1:-2048} dir=$LAB_WORK/pki site
  mkdir -p "$dir"
  {
    openssl req -x509 -newkey "rsa:$bits" -nodes -days 30 -subj '/O=Zuido/CN=Root' -keyout "$dir/ca.key" -out "$dir/ca.pem" \
      -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
    issue "$bits" sub '/O=Zuido/CN=Intermediate' ca 'basicConstraints=critical,CA:true,pathlen:0' 'keyUsage=critical,keyCertSign,cRLSign'
    for site in a b; do
      site_addresses $site
      issue "$bits" $site "/O=Zuido/CN=$site.zuido.test" sub "subjectAltName=DNS:$site.zuido.test,IP:$WAN" keyUsage=critical,digitalSignature
      cat "$dir/sub.pem" >>"$dir/$site.pem"
    done
  } >"$LAB_WORK/pki.log" 2>&1 || fail "no certificates: $(tail -n 1 "$LAB_WORK/pki.log")"
}
# issue BITS NAME SUBJECT ISSUER EXTENSION...: NAME.pem and NAME.key.
issue() {
  local bits=$1 name=$2 subject=$3 issuer=$4 dir=$LAB_WORK/pki
  shift 4
  openssl req -newkey "rsa:$bits" -nodes -subj "$subject" -keyout "$dir/$name.key" -out "$dir/$name.csr"
  openssl x509 -req -in "$dir/$name.csr" -CA "$dir/$issuer.pem" -CAkey "$dir/$issuer.key" -CAcreateserial -days 30 \
    -extfile <(printf '%s\n' "$@") -out "$dir/$name.pem"
}
# Our lines for the certificate of a site.
trustpoint() { # SITE
  printf '%s\n' 'crypto pki trustpoint LAB' "certificate file $LAB_WORK/pki/$1.pem" "key file $LAB_WORK/pki/$1.key" \
    "ca file $LAB_WORK/pki/ca.pem" 'crypto isakmp policy 1' 'authentication rsa-sig' "no crypto isakmp key cisco address $(other_address "$1")"
}
# A profile for the reference's peer: profile LINE...
profile() { printf '%s\n' 'crypto isakmp profile LAB' "$@" 'crypto map M-ipsec 1 ipsec-isakmp' 'set isakmp-profile LAB'; }
other_address() { if [ "$1" = a ]; then echo 200.1.1.1; else echo 100.1.1.1; fi; }

# --- flows that several scenarios share

# The three sizes that matter with a tunnel MTU of 1372: small, exactly that, and two fragments.
PING_SIZES="84 1372 2028"
pings_both_ways() {
  local size
  for size in $PING_SIZES; do
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
  eventually 30 "a route to the other LAN in the kernel of $ours" has_route "$ours"
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
  assert_no_lan_clear
}

same_count() { [ "$($1)" = "$2" ]; } # "COMMAND WORDS" NUMBER

# Until the tunnel carries packets: SAs, OSPF, routes on both sides. Ours is at SITE. Patience is for bad weather.
wait_gre() { # SITE [SECONDS]
  local other=b
  [ "$1" = a ] || other=a
  wait_log "$1" '%CRYPTO-5-IPSEC_SA_UP' "${2:-60}"
  wait_full "$1" "${2:-60}"
  peer_wait "$other" route "${2:-60}"
  eventually "${2:-30}" "a route through the tunnel in the kernel of $1" has_route "$1"
}
# The reference scenario in short, for other suites and modes: all sizes of packets, TCP one way, nothing in the clear.
check_gre() { # SITE [MEGABYTES]
  wait_gre "$1"
  pings_both_ways
  transfer lana lanb 10.1.2.1 "${2:-20}"
  assert_no_clear
}
check_lan() {
  pings_both_ways
  transfer lana lanb 10.1.2.1
  transfer lanb lana 10.1.1.1 5
}
# All ESP is inside UDP 4500, and nothing is in the clear.
assert_in_udp() {
  assert_seen wan-b 'udp port 4500'
  assert_unseen wan-b 'proto 50'
  assert_no_clear
}
expect_no_loss() {
  local lost sent which
  read -r lost sent which < <(steady_loss)
  step "$lost of $sent pings lost"
  [ "$lost" = 0 ] && [ "$sent" -gt 10 ] || fail "$lost of $sent pings lost: $which"
}

# Neither side has an IPsec SA, and nothing has left in the clear.
nothing_installed() {
  must_not "we have installed an SA" shows a 'spi: 0x' crypto ipsec sa
  same "ESP SAs at the peer" 0 "$(peer_sas b)"
  assert_unseen wan-a 'proto 50'
  assert_no_clear
}
# correct_peer SITE SED: changes strongSwan's configuration and loads it.
correct_peer() {
  sed -i "$2" "$LAB_WORK/$1/swanctl.conf"
  peer_exec "$1" 'swanctl --load-all --file /run/lab/swanctl.conf' >/dev/null
}
recovers() {
  wait_gre a 90
  ping_ok lana 10.1.2.1 84
  assert_no_clear
}

# --- OSPF on an Ethernet: s1, s2 and s3, of which s3 is ours

segment_up() { "$LAB/net" segment 3; }
segment_config() { # PRIORITY
  cat <<END
interface GigabitEthernet0/1
ip address 10.9.0.3 255.255.255.0
ip ospf priority $1
ip ospf hello-interval 2
ip ospf dead-interval 8
router ospf 1
router-id 9.9.9.3
log-adjacency-changes detail
network 10.9.0.3 0.0.0.0 area 0
END
}
daemon_does() { # KIND NS PATTERN COMMAND...
  local kind=$1 space=$2 pattern=$3
  shift 3
  "$LAB/daemon" exec "$kind" "$space" "$@" | has "$pattern"
}
# Each LSA as "type id router sequence", in the words of each implementation.
database_frr() {
  "$LAB/daemon" exec frr s1 vtysh -c 'show ip ospf database' | awk '
    /Router Link States/ { type = 1 } /Net Link States/ { type = 2 } /Summary Link States/ { type = 3 }
    /^[0-9]/ { print type, $1, $2, tolower(substr($4, 3)) }' | sort
}
database_bird() {
  "$LAB/daemon" exec bird s2 birdc show ospf lsadb | awk '
    /^ *0001|^ *0002|^ *0003/ { print $1 + 0, $2, $3, tolower($4) }' | sort
}
database_ours() { show s3 ip ospf database --json | python3 "$INTEROP/lsas"; }
databases_agree() {
  database_frr >"$LAB_WORK/frr.lsas"
  database_bird >"$LAB_WORK/bird.lsas"
  database_ours >"$LAB_WORK/ours.lsas"
  [ "$(grep -c '^1 ' "$LAB_WORK/frr.lsas")" = 3 ] && [ "$(grep -c '^2 ' "$LAB_WORK/frr.lsas")" = 1 ] &&
    cmp "$LAB_WORK/frr.lsas" "$LAB_WORK/bird.lsas" && cmp "$LAB_WORK/frr.lsas" "$LAB_WORK/ours.lsas"
}
same_database() {
  eventually 40 "three router LSAs and a network LSA, the same at FRR, BIRD and ours" databases_agree
}

# --- OSPF on a graph: s1, s2 ... with links l1, l2 ... (net graph); hellos each second

graph_up() { "$LAB/net" graph "$@"; }
# Our router in sX: ospf_router X "LINK:AREA..." <more lines of router ospf, or of other sections>. GigabitEthernet0/N is link lN; a link
# may have lines of its own, N:AREA:LINE+LINE.
ospf_config() { # X "LINK:AREA[:LINE+LINE]..."
  local node=$1 each link area lines
  echo "hostname s$node"
  for each in $2; do
    IFS=: read -r link area lines <<<"$each"
    printf '%s\n' "interface GigabitEthernet0/$link" "ip address 10.9.$link.$node 255.255.255.0" "ip ospf 1 area $area" \
      'ip ospf hello-interval 1' 'ip ospf dead-interval 4'
    [ -z "$lines" ] || printf '%s\n' "${lines//+/ }" | tr ',' '\n'
  done
  printf '%s\n' 'interface Loopback0' "ip address 10.8.0.$node 255.255.255.255" \
    'router ospf 1' "router-id 9.9.9.$node" 'log-adjacency-changes detail' 'timers throttle lsa 0 1000 5000' 'maximum-paths 16'
}
start_ospf() { # X "LINK:AREA..." with more lines on standard input
  local node=$1 each lans=''
  for each in $2; do lans+=" --lan GigabitEthernet0/${each%%:*}=l${each%%:*}"; done
  LANS[s$node]=$lans
  start_router "s$node" "$({ ospf_config "$node" "$2"; cat; } | config "s$node")"
}
# FRR in sX: frr_up X "LINK:AREA[:LINE+LINE]..." with more lines of router ospf on standard input.
frr_up() {
  local node=$1 each link area lines file=$LAB_WORK/s$1.conf
  {
    for each in $2; do
      IFS=: read -r link area lines <<<"$each"
      case $link in
        lo) printf '%s\n' 'interface lo' " ip ospf area $area" ;;
        *)
          printf '%s\n' "interface l$link" " ip ospf area $area" ' ip ospf hello-interval 1' ' ip ospf dead-interval 4'
          [ -z "$lines" ] || printf ' %s\n' "${lines//+/ }" | tr ',' '\n'
          ;;
      esac
    done
    printf '%s\n' 'router ospf' " ospf router-id 9.9.9.$node" ' timers throttle spf 50 200 5000' ' timers throttle lsa all 0'
    cat
  } >"$file"
  "$LAB/daemon" up frr "s$node" CONF="$file" || fail "FRR at s$node does not start"
}
# BIRD in sX: bird_up X "LINK:AREA[:WORD+WORD;]..." with more lines of the file on standard input; those between "area N {" and "}" go there.
bird_up() {
  local node=$1 each link area lines areas file=$LAB_WORK/s$1.conf
  areas=$(for each in $2; do IFS=: read -r link area lines <<<"$each"; echo "$area"; done | sort -u)
  {
    printf 'router id 9.9.9.%s;\nprotocol device { scan time 2; }\nprotocol kernel { merge paths on; ipv4 { export all; }; }\n' "$node"
    cat
    printf 'protocol ospf v2 ospf1 {\n ecmp yes;\n tick 1;\n ipv4 { import all; export where source = RTS_STATIC; };\n'
    for area in $areas; do
      printf ' area %s {\n%s\n' "$area" "$(cat "$LAB_WORK/s$node.area$area" 2>/dev/null || true)"
      for each in $2; do
        IFS=: read -r link of lines <<<"$each"
        [ "$of" = "$area" ] || continue
        case $link in
          lo) printf '  interface "lo" 10.8.0.0/16 { stub; };\n' ;;
          *) printf '  interface "l%s" { hello 1; dead 4; check link yes; %s };\n' "$link" "${lines//+/ }" ;;
        esac
      done
      printf ' };\n'
    done
    printf '}\n'
  } >"$file"
  "$LAB/daemon" up bird "s$node" CONF="$file" || fail "BIRD at s$node does not start: $(tail -n 2 "$LAB_WORK/s$node.bird/console.log")"
}
# routes_of X PREFIX: what the kernel of sX has for it.
routes_of() { in_ns "s$1" ip route show "$2"; }
has_kernel_route() { routes_of "$1" "$2" | has "${3:-.}"; }             # X PREFIX [PATTERN]
lacks_kernel_route() { ! has_kernel_route "$1" "$2"; }
frr_does() { daemon_does frr "s$1" "$3" vtysh -c "$2"; }                 # X COMMAND PATTERN
bird_does() { daemon_does bird "s$1" "$3" birdc "$2"; }                  # X COMMAND PATTERN
