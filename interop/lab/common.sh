# What the lab's commands share: names, addresses, waiting. Source it, do not run it.
#
# LAB_ID    prefix of every network namespace ("lab" if not set): labs with different ids run side by side and share nothing.
# LAB_WORK  folder of what this lab writes: configurations, logs, pid files ("$TMPDIR/LAB_ID.lab" if not set).
LAB_ID=${LAB_ID:-lab}
LAB_WORK=${LAB_WORK:-${TMPDIR:-/tmp}/$LAB_ID.lab}
LAB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WAN_MTU=${WAN_MTU:-1454}
# Of the Ethernet on which site a dials: 1508 leaves room for PPP packets of 1500 bytes (RFC 4638).
LINE_MTU=${LINE_MTU:-1500}
# Debian's libreswan cannot be installed beside its strongSwan, so interop/install unpacks it here.
LIBRESWAN=/var/cache/zuido-interop/libreswan

die() { echo "${0##*/}: $*" >&2; exit 1; }
usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 2; }

ns_name() { echo "$LAB_ID-$1"; }
ns_exists() { [ -e "/run/netns/$(ns_name "$1")" ]; }
in_ns() {
  local name
  name=$(ns_name "$1")
  shift
  ip netns exec "$name" "$@"
}
lab_spaces() { ip netns list | cut -d' ' -f1 | grep -E "^$LAB_ID-(inet|a|b|lana|lanb|line|ac|segment|s[0-9]+)$" || true; }

# The addresses of a site of the reference scenario, as shell variables.
site_addresses() {
  case $1 in
    a)
      LAN=10.1.1.254/24 LAN_NET=10.1.1.0/24 PEER_LAN_NET=10.1.2.0/24 HOST=10.1.1.1
      WAN=100.1.1.1 GW=100.1.1.254 PEER=200.1.1.1 TUN=192.168.1.1 ROUTER_ID=1.1.1.1
      ;;
    b)
      LAN=10.1.2.254/24 LAN_NET=10.1.2.0/24 PEER_LAN_NET=10.1.1.0/24 HOST=10.1.2.1
      WAN=200.1.1.1 GW=200.1.1.254 PEER=100.1.1.1 TUN=192.168.1.2 ROUTER_ID=2.2.2.2
      ;;
    ac) # the concentrator that site a dials into, where it does (net up dial): "LAN" is the Ethernet of its callers
      LAN='' LAN_NET='' PEER_LAN_NET='' HOST=''
      WAN=203.0.113.1 GW=203.0.113.254 PEER='' TUN='' ROUTER_ID=''
      ;;
    *) die "a site is a or b (and the concentrator ac), not '$1'" ;;
  esac
}

# wait_for SECONDS COMMAND...: until the command succeeds; fails once the time is over. It is asked again after as long as it took
# itself, but after a tenth of a second at the soonest and a second at the latest: asking may not be what the machine is busy with.
wait_for() {
  local end=$((SECONDS + $1 * ${INTEROP_SLOW:-1})) begin took
  shift
  while :; do
    begin=${EPOCHREALTIME//[!0-9]/} # microseconds
    ! "$@" >/dev/null 2>&1 || return 0
    [ "$SECONDS" -lt "$end" ] || return 1
    took=$((${EPOCHREALTIME//[!0-9]/} - begin))
    [ $took -ge 100000 ] || took=100000
    [ $took -le 1000000 ] || took=1000000
    sleep "$((took / 1000000)).$(printf %06d $((took % 1000000)))"
  done
}

# A pid file holds the process's start time too: a number that has come round again names another process.
started_at() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || true; }
save_pid() { echo "$1 $(started_at "$1")" >"$2"; }
gone() { [ ! -d "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
running_pid() { # PIDFILE: the process's number, if it still runs
  local pid start
  [ -f "$1" ] || return 1
  read -r pid start <"$1" || return 1
  [ -n "$start" ] && [ "$(started_at "$pid")" = "$start" ] && ! gone "$pid" && echo "$pid"
}
stop_pid() { # PIDFILE [SIGNAL]: ends this one process
  local pid
  if pid=$(running_pid "$1"); then
    kill "-${2:-TERM}" "$pid" 2>/dev/null || true
    wait_for 3 gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
    wait_for 3 gone "$pid" || true
  fi
  rm -f "$1"
}
