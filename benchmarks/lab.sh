# What the scripts that measure whole tunnels share: the network of namespaces, and two of our routers in it. To be sourced by a script
# that has set `repository` and `zuido`.
work=$(mktemp -d)
id=zb$$
trap 'set +e; end_tunnel; down; rm -rf "$work"' EXIT

in_ns() { local name=$1; shift; ip netns exec "$id-$name" "$@"; }

down() {
  local name pid
  for name in lana a inet b lanb; do
    [ -e "/run/netns/$id-$name" ] || continue
    for pid in $(ip netns pids "$id-$name"); do kill -9 "$pid" 2>/dev/null; done
    ip netns del "$id-$name"
  done
}

link() { # NS1 IF1 NS2 IF2
  ip -n "$id-$1" link add "$2" type veth peer name "$4" netns "$id-$3"
  ip -n "$id-$1" link set "$2" up
  ip -n "$id-$3" link set "$4" up
}

up() {
  local name
  for name in lana a inet b lanb; do
    ip netns add "$id-$name"
    ip -n "$id-$name" link set lo up
    in_ns "$name" sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
      net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
  done
  link lana eth0 a lan
  link a wan inet to-a
  link b wan inet to-b
  link lanb eth0 b lan
  ip -n $id-lana address add 10.1.1.1/24 dev eth0
  ip -n $id-a address add 10.1.1.254/24 dev lan
  ip -n $id-a address add 100.1.1.1/24 dev wan
  ip -n $id-inet address add 100.1.1.254/24 dev to-a
  ip -n $id-inet address add 200.1.1.254/24 dev to-b
  ip -n $id-b address add 200.1.1.1/24 dev wan
  ip -n $id-b address add 10.1.2.254/24 dev lan
  ip -n $id-lanb address add 10.1.2.1/24 dev eth0
  ip -n $id-lana route add default via 10.1.1.254
  ip -n $id-lanb route add default via 10.1.2.254
  ip -n $id-a route add default via 100.1.1.254
  ip -n $id-b route add default via 200.1.1.254
}

started=()
spawn() { # NS COMMAND...: in the background until end_tunnel
  local name=$1
  shift
  setsid ip netns exec "$id-$name" "$@" </dev/null >>"$work/$name.log" 2>&1 &
  started+=($!)
}
end_tunnel() {
  local pid
  for pid in "${started[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  started=()
}

# --- our routers

ours() { # TRANSFORM [MORE LINES]: GRE in transport mode
  local site
  for site in a b; do
    local own=100.1.1.1 peer=200.1.1.1 lan=10.1.1.254 far=10.1.2.0 tunnel=192.168.1.1
    [ $site = a ] || own=200.1.1.1 peer=100.1.1.1 lan=10.1.2.254 far=10.1.1.0 tunnel=192.168.1.2
    {
      printf '%s\n' 'crypto isakmp policy 1' 'encryption aes' 'hash sha256' 'authentication pre-share' 'group 14' \
        "crypto isakmp key cisco address $peer" "crypto ipsec transform-set T $1" 'mode transport' "${@:2}" \
        'crypto map M 1 ipsec-isakmp' "set peer $peer" 'set transform-set T' 'match address C' \
        'interface GigabitEthernet0/0' "ip address $own 255.255.255.0" 'crypto map M' \
        'interface GigabitEthernet0/1' "ip address $lan 255.255.255.0" 'ip tcp adjust-mss 1360' \
        'interface Tunnel1' "ip address $tunnel 255.255.255.0" 'ip mtu 1400' 'tunnel source GigabitEthernet0/0' \
        "tunnel destination $peer" "ip route 0.0.0.0 0.0.0.0 ${own%.*}.254" "ip route $far 255.255.255.0 Tunnel1" \
        'ip access-list extended C' "permit gre host $own host $peer"
    } | if [ "$1" = none ]; then sed '/^crypto/d;/^set /d;/^match/d;/^mode/d;/^encryp/d;/^hash/d;/^authen/d;/^group/d'; else cat; fi \
      >"$work/$site.cfg"
    spawn $site "$zuido" run "$work/$site.cfg" --lan GigabitEthernet0/1=lan --wan GigabitEthernet0/0=wan \
      --control "$work/$site.sock" --state "$work/$site.state"
  done
}

reaches() { in_ns lana ping -c 1 -W 1 10.1.2.1 >/dev/null 2>&1; }

await_tunnel() {
  local i
  for ((i = 0; i < 40; i++)); do reaches && return; sleep 0.5; done
  return 1
}

have() { command -v "$1" >/dev/null || [ -x "$1" ]; }
