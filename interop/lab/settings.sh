# Reads a suite and writes the configurations of the daemons into $dir. Source it behind common.sh.

# read_settings [--suite NAME] [KEY=VALUE...]: suites/cisco.conf, then the suite, then what the caller gives.
read_settings() {
  local suite=cisco given=() word
  while [ $# -gt 0 ]; do
    case $1 in
      --suite) suite=${2:?name of a suite}; shift ;;
      *) given+=("$1") ;;
    esac
    shift
  done
  . "$LAB_DIR/suites/cisco.conf"
  [ -f "$LAB_DIR/suites/$suite.conf" ] || die "there is no suite '$suite' in suites/"
  . "$LAB_DIR/suites/$suite.conf"
  for word in "${given[@]}"; do
    [[ $word =~ ^([A-Z_0-9]+)=(.*)$ ]] || die "not KEY=VALUE: $word"
    grep -q "^${BASH_REMATCH[1]}=" "$LAB_DIR/suites/cisco.conf" || die "there is no key ${BASH_REMATCH[1]}"
    printf -v "${BASH_REMATCH[1]}" %s "${BASH_REMATCH[2]}"
  done
  REMOTE=${REMOTE:-$PEER}
  GRE_REMOTE=${GRE_REMOTE:-$PEER}
}

# In tunnel mode the selectors are those of the inner packet, whoever the outer one comes from; in transport mode a peer's address
# is the one that is seen here, which behind a NAT is not the one it has.
selectors() {
  case $TS-$MODE in
    lan-*) local_ts=$LAN_NET remote_ts=$PEER_LAN_NET ;;
    gre-tunnel) local_ts="$WAN/32[gre]" remote_ts="$GRE_REMOTE/32[gre]" ;;
    gre-*) local_ts='dynamic[gre]' remote_ts='dynamic[gre]' ;;
    *) local_ts=${TS%% *} remote_ts=${TS##* } ;;
  esac
}

# write_ike_settings KERNEL_PLUGINS LOG: strongswan.conf and swanctl.conf.
write_ike_settings() {
  local local_ts remote_ts routes=no
  selectors
  [ "$1" = kernel-netlink ] || routes=yes
  cat >"$dir/strongswan.conf" <<END
charon {
  load_modular = no
  load = random nonce aes md5 sha1 sha2 hmac kdf xcbc cmac gcm ctr ccm gmp openssl curve25519 pem pkcs1 pkcs8 x509 constraints $1 socket-default vici
  threads = 16
  install_routes = $routes
  install_virtual_ip = no
  interfaces_use = wan
  retransmit_tries = $TRIES
  i_dont_care_about_security_and_use_aggressive_mode_psk = yes
  filelog {
    log {
      path = $2
      flush_line = yes
      time_format = %H:%M:%S
      default = 1
      ike = 4
      chd = 4
      cfg = 2
      knl = 2
    }
  }
}
swanctl {
  load = pem pkcs1 pkcs8 x509 openssl
}
END
  local auth=$AUTH certificate='' id=${ID:+"id = \"$ID\""} peer_id=${PEER_ID:+"id = \"$PEER_ID\""}
  [ "$AUTH" = psk ] || auth=pubkey certificate="certs = $PKI/$site.pem"
  cat >"$dir/swanctl.conf" <<END
connections {
  peer {
    version = 1
    aggressive = $AGGRESSIVE
    local_addrs = $WAN
    remote_addrs = $REMOTE
    proposals = $IKE
    encap = $ENCAP
    dpd_delay = ${DPD}s
    rekey_time = 0
    reauth_time = $IKE_TIME
    fragmentation = $FRAGMENTATION
    local {
      auth = $auth
      $certificate
      $id
    }
    remote {
      auth = $auth
      $peer_id
    }
    children {
      child {
        mode = $MODE
        local_ts = $local_ts
        remote_ts = $remote_ts
        esp_proposals = $ESP
        rekey_time = $ESP_TIME
        start_action = $START
      }
    }
  }
}
END
  if [ "$AUTH" = psk ]; then
    printf '%s\n' "secrets { ike-psk { secret = \"$PSK\" } }" >>"$dir/swanctl.conf"
  else
    mkdir -p "$dir/private" "$dir/x509ca" # where swanctl looks for keys, and for authorities that are sent with the certificate
    cp "$PKI/$site.key" "$dir/private"
    [ ! -e "$PKI/sub.pem" ] || cp "$PKI/sub.pem" "$dir/x509ca"
    printf '%s\n' "authorities { ca { cacert = $PKI/ca.pem } }" >>"$dir/swanctl.conf"
  fi
}

# write_libreswan_settings: ipsec.conf and ipsec.secrets. Proposals are in Libreswan's words: IKE=aes256-sha2_256;modp2048
write_libreswan_settings() {
  local local_ts remote_ts
  selectors
  cat >"$dir/ipsec.conf" <<END
config setup
    logfile=/run/lab/pluto.log
    logappend=no
    plutodebug=base
    nssdir=/run/tmp/nss
    dumpdir=/run/tmp
    secretsfile=/run/lab/ipsec.secrets
    ikev1-policy=accept
conn peer
    keyexchange=ike
    ikev2=no
    left=$WAN
    right=$REMOTE
    authby=$([ "$AUTH" = psk ] && echo secret || echo rsasig)
    aggressive=$AGGRESSIVE
    ike=$IKE
    phase2alg=$ESP
    pfs=$([[ $ESP == *\;* ]] && echo yes || echo no)
    type=$MODE
    fragmentation=$FRAGMENTATION
    ikelifetime=$IKE_TIME
    salifetime=$ESP_TIME
    leftupdown=%disabled
    auto=add
END
  {
    [ -z "$ID" ] || echo "    leftid=$ID"
    [ -z "$PEER_ID" ] || echo "    rightid=$PEER_ID"
    [ "$DPD" = 0 ] || printf '    %s\n' "dpddelay=$DPD" "dpdtimeout=$((DPD * 4))" dpdaction=clear
    [ "$AUTH" = psk ] || printf '    %s\n' leftcert=own leftsendcert=always 'leftrsasigkey=%cert' 'rightrsasigkey=%cert' 'rightca=%any'
    case $TS in
      gre) printf '    %s\n' leftprotoport=gre rightprotoport=gre ;;
      *) printf '    %s\n' "leftsubnet=$local_ts" "rightsubnet=$remote_ts" ;;
    esac
  } >>"$dir/ipsec.conf"
  echo ": PSK \"$PSK\"" >"$dir/ipsec.secrets"
}

# write_ospf_settings LOG: frr.conf or bird.conf, as OSPF says.
write_ospf_settings() {
  if [ -n "$CONF" ]; then # a daemon's own words
    case $OSPF in
      frr) { printf 'hostname %s\nlog file %s\n' "$site" "$1"; cat "$CONF"; } >"$dir/frr.conf" ;;
      bird) { printf 'log "%s" all;\n' "$1"; cat "$CONF"; } >"$dir/bird.conf" ;;
    esac
    return
  fi
  case $OSPF in
    frr) frr_settings "$1" >"$dir/frr.conf" ;;
    bird) bird_settings "$1" >"$dir/bird.conf" ;;
    off) ;;
    *) die "OSPF is frr, bird or off" ;;
  esac
}

frr_settings() {
  local name
  printf 'hostname %s\nlog file %s\n' "$site" "$1"
  for name in $OSPF_ON; do
    printf 'interface %s\n ip ospf area 0\n ip ospf hello-interval %s\n ip ospf dead-interval %s\n ip ospf priority %s\n' \
      "$name" "$OSPF_HELLO" "$OSPF_DEAD" "$OSPF_PRIORITY"
    [ "$name" != tun ] || printf ' ip ospf network %s\n' "$OSPF_NET"
    [ -z "$OSPF_MD5" ] || [ "$name" = lan ] ||
      printf ' ip ospf authentication message-digest\n ip ospf message-digest-key 1 md5 %s\n' "$OSPF_MD5"
  done
  printf 'router ospf\n ospf router-id %s\n' "$ROUTER_ID"
}

bird_settings() {
  local name type
  printf 'log "%s" all;\nrouter id %s;\nprotocol device {}\nprotocol kernel { ipv4 { export all; }; }\n' "$1" "$ROUTER_ID"
  printf 'protocol ospf v2 ospf1 {\n debug { states, events };\n ipv4 { import all; };\n area 0 {\n'
  for name in $OSPF_ON; do
    type=broadcast
    [ "$name" != tun ] || type=${OSPF_NET/point-to-point/ptp}
    printf '  interface "%s" { type %s; hello %s; dead %s; priority %s;' "$name" "$type" "$OSPF_HELLO" "$OSPF_DEAD" "$OSPF_PRIORITY"
    [ -z "$OSPF_MD5" ] || [ "$name" = lan ] ||
      printf ' authentication cryptographic; password "%s" { id 1; algorithm keyed md5; };' "$OSPF_MD5"
    printf ' };\n'
  done
  printf ' };\n}\n'
}

# write_ppp_settings LOG: a folder that the concentrator sees as /etc/ppp. A user's address stands behind the secret. What changes
# there holds for the next call.
write_ppp_settings() {
  local kind name
  mkdir -p "$dir/ppp"
  for kind in chap pap; do
    printf '"%s" * "%s" %s\n' "$AC_USER" "$AC_SECRET" "$AC_CALLER" >"$dir/ppp/$kind-secrets"
    chmod 600 "$dir/ppp/$kind-secrets"
  done
  {
    printf '%s\n' debug "logfile $1" "name $AC_NAME" auth "require-$AC_AUTH" nodefaultroute lock
    [ "$AC_ECHO" = 0 ] || printf '%s\n' "lcp-echo-interval $AC_ECHO" 'lcp-echo-failure 3'
    for name in $AC_DNS; do echo "ms-dns $name"; done
    [ -z "$AC_OPTIONS" ] || printf '%s\n' "$AC_OPTIONS"
  } >"$dir/ppp/options"
}
