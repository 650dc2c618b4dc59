# What the scenarios ike-suites and ike-suites-all share: zuido run at a against strongSwan at b, and many combinations of algorithms
# at a time. To our router each address of the peer is a peer of its own, with a crypto map entry and a pair of LAN hosts; all peers
# are offered all policies, and strongSwan takes the one that it is configured with at that address. Each combination is negotiated
# twice, begun by either side, and each time carries pings from the side that began.

BAD=0 TRIED=0
MOST=16 # policies of a peer, and so combinations at a time

# --- the algorithms: IOS's words, strongSwan's, and how swanctl --list-sas prints them

ENCRYPTIONS='des 3des aes128 aes192 aes256'
HASHES='md5 sha1 sha256 sha384 sha512'
GROUPS_ALL='1 2 5 14 15 16 17 18 19 20 21 31'

group_name() {
  case $1 in
    1) echo modp768 ;; 2) echo modp1024 ;; 5) echo modp1536 ;; 14) echo modp2048 ;; 15) echo modp3072 ;; 16) echo modp4096 ;;
    17) echo modp6144 ;; 18) echo modp8192 ;; 19) echo ecp256 ;; 20) echo ecp384 ;; 21) echo ecp521 ;; 31) echo curve25519 ;;
    *) fail "no name for group $1" ;;
  esac
}
group_shown() {
  local name
  name=$(group_name "$1")
  case $name in
    modp*) echo "MODP_${name#modp}" ;;
    ecp*) echo "ECP_${name#ecp}" ;;
    *) echo CURVE_25519 ;;
  esac
}
ios_encryption() { case $1 in aes*) echo "aes ${1#aes}" ;; *) echo "$1" ;; esac; }
ios_hash() { echo "${1/sha1/sha}"; }
encryption_shown() { case $1 in des) echo DES_CBC ;; 3des) echo 3DES_CBC ;; *) echo "AES_CBC-${1#aes}" ;; esac; }
hash_shown() {
  case $1 in
    md5) echo HMAC_MD5_96/PRF_HMAC_MD5 ;;
    sha1) echo HMAC_SHA1_96/PRF_HMAC_SHA1 ;;
    sha256) echo HMAC_SHA2_256_128/PRF_HMAC_SHA2_256 ;;
    sha384) echo HMAC_SHA2_384_192/PRF_HMAC_SHA2_384 ;;
    sha512) echo HMAC_SHA2_512_256/PRF_HMAC_SHA2_512 ;;
  esac
}
# A transform set of IOS for a suite in strongSwan's words: 3des-md5, aes128gcm16.
ios_transforms() {
  local cipher=${1%%-*} hash bits
  bits=${cipher#aes}
  bits=${bits%%[a-z]*}
  case $cipher in
    aes*gcm16) echo -n "esp-gcm $bits" ;;
    aes*gcm*) echo -n "esp-gcm${cipher##*gcm} $bits" ;;
    aes*ccm16) echo -n "esp-aes-ccm $bits" ;;
    aes*ccm*) echo -n "esp-aes-ccm${cipher##*ccm} $bits" ;;
    aes*gmac) echo -n "esp-gmac $bits" ;;
    aes*ctr) echo -n "esp-aes-ctr $bits" ;;
    aes*) echo -n "esp-aes $bits" ;;
    *) echo -n "esp-$cipher" ;;
  esac
  [ "$1" != "$cipher" ] || { echo; return; }
  hash=${1#*-}
  case $hash in
    aesxcbc) echo " esp-aes-xcbc-mac" ;;
    *) echo " esp-$(ios_hash "$hash")-hmac" ;;
  esac
}
suite_shown() {
  local cipher=${1%%-*} hash bits
  bits=${cipher#aes}
  bits=${bits%%[a-z]*}
  case $cipher in
    aes*gcm*) echo -n "AES_GCM_${cipher##*gcm}-$bits" ;;
    aes*ccm*) echo -n "AES_CCM_${cipher##*ccm}-$bits" ;;
    aes*gmac) echo -n "NULL_AES_GMAC-$bits" ;;
    aes*ctr) echo -n "AES_CTR-$bits" ;;
    aes*) echo -n "AES_CBC-$bits" ;;
    null) echo -n NULL ;;
    *) echo -n "${cipher^^}_CBC" ;;
  esac
  [ "$1" != "$cipher" ] || { echo; return; }
  hash=${1#*-}
  case $hash in
    aesxcbc) echo /AES_XCBC_96 ;;
    *) hash=$(hash_shown "$hash"); echo "/${hash%%/*}" ;;
  esac
}

# --- a batch: lines "NAME ADDRESS ENCRYPTION HASH GROUP SUITE PFS" in batch.txt; line n is between the hosts 10.1.1.n and 10.1.2.n

batch_policies() { # each policy once
  local number=0 encryption hash group
  while read -r encryption hash group; do
    number=$((number + 1))
    printf '%s\n' "crypto isakmp policy $number" "encryption $(ios_encryption "$encryption")" "hash $(ios_hash "$hash")" \
      'authentication pre-share' "group $group"
  done < <(awk '!($3 $4 $5 in seen) { seen[$3 $4 $5]; print $3, $4, $5 }' "$LAB_WORK/batch.txt")
}
ours_for_batch() {
  local n=0 name address encryption hash group suite pfs
  reference a
  printf '%s\n' 'no router ospf 1' 'no interface Tunnel 1' 'no crypto map M-ipsec' 'no crypto isakmp policy 1' \
    'no crypto isakmp key cisco address 200.1.1.1' 'crypto isakmp key cisco address 200.1.1.0 255.255.255.0' \
    'interface Dialer1' 'no ip access-group A-security in'
  batch_policies
  while read -r name address encryption hash group suite pfs; do
    n=$((n + 1))
    printf '%s\n' "crypto ipsec transform-set T$n $(ios_transforms "$suite")" 'mode tunnel' "crypto map M-ipsec $n ipsec-isakmp" \
      "set peer $address" "set transform-set T$n" "match address A-$n"
    [ "$pfs" = no ] || printf '%s\n' "set pfs group$pfs"
    printf '%s\n' "ip access-list extended A-$n" "permit ip host 10.1.1.$n host 10.1.2.$n"
  done <"$LAB_WORK/batch.txt"
}
# strongSwan's: a connection for each address, with a child for each of its lines.
peers_for_batch() {
  local n=0 last='' name address encryption hash group suite pfs
  echo 'connections {'
  while read -r name address encryption hash group suite pfs; do
    n=$((n + 1))
    if [ "$address" != "$last" ]; then
      [ -z "$last" ] || echo '} }'
      printf '%s\n' "p$n {" 'version = 1' "local_addrs = $address" 'remote_addrs = 100.1.1.1' \
        "proposals = $encryption-$hash-$(group_name "$group")" 'rekey_time = 0' 'reauth_time = 24h' \
        'local { auth = psk }' 'remote { auth = psk }' 'children {'
      last=$address
    fi
    [ "$pfs" = no ] || suite+=-$(group_name "$pfs")
    printf '%s\n' "c$n {" "esp_proposals = $suite" "local_ts = 10.1.2.$n/32" "remote_ts = 10.1.1.$n/32" '}'
  done <"$LAB_WORK/batch.txt"
  printf '%s\n' '} }' '}' 'secrets { ike-psk { secret = "cisco" } }'
}

# --- the lab

lab_of_ike_suites() {
  local n
  lab_up
  "$LAB/net" host a
  peer_up b IKE=3des-md5-modp1024 GRE=off OSPF=off MODE=tunnel TS=lan
  eventually 20 "the peer takes commands" peer_exec b true
  peer_exec b "modprobe -a ccm gcm ctr xcbc cmac seqiv echainiv md5 sha1_generic sha256_generic sha512_generic crypto_null 2>/dev/null
    for n in \$(seq 2 80); do echo address add 200.1.1.\$n/32 dev wan; done >/run/tmp/more
    for n in \$(seq 1 80); do echo address add 10.1.2.\$n/32 dev lo; done >>/run/tmp/more
    ip -batch /run/tmp/more" || fail "the peer takes no more addresses"
  for n in $(seq 2 80); do echo "address add 10.1.1.$n/24 dev eth0"; done >"$LAB_WORK/more"
  ip -n "$(ns_name lana)" -batch "$LAB_WORK/more"
}

# run_batch SECONDS: both roles; the results of each line are appended to results.txt: NAME, who began, ok or what is wrong.
run_batch() {
  local count
  count=$(wc -l <"$LAB_WORK/batch.txt")
  step "$count combinations: $(head -n 1 "$LAB_WORK/batch.txt" | cut -d' ' -f1) to $(tail -n 1 "$LAB_WORK/batch.txt" | cut -d' ' -f1)"
  peers_for_batch >"$LAB_WORK/b/swanctl.conf"
  peer_exec b 'swanctl --load-all --file /run/lab/swanctl.conf' >"$LAB_WORK/load.out" || fail "the peer does not take its configuration: $(tail -n 1 "$LAB_WORK/load.out")"
  start_router a "$(ours_for_batch | config a)"
  step "we begin"
  pings_of_batch lana 10.1.1 10.1.2 "$count" "$1" >"$LAB_WORK/answered"
  judge_batch ours "$count"
  step "the peer begins"
  peer_exec b "for n in \$(swanctl --list-sas | sed -n 's/^\(p[0-9]*\):.*/\1/p' | sort -u); do swanctl --terminate --ike \$n --timeout 2; done" \
    >"$LAB_WORK/terminate.out" 2>&1 || true
  peer_exec b "begin() { swanctl --initiate --child c\$1 --timeout $1 >/run/tmp/c\$1.out 2>&1 && ping -n -q -c 1 -w 5 -I 10.1.2.\$1 10.1.1.\$1 >/dev/null && echo \$1; }
    for n in \$(seq 1 $count); do begin \$n & [ \$((n % 4)) != 0 ] || wait; done; wait" >"$LAB_WORK/answered" || true
  judge_batch peer "$count"
  stop_router a
}
# The numbers of those hosts from which a ping was answered. All ask at once: strongSwan remembers three exchanges of an ISAKMP SA
# (charon.max_ikev1_exchanges) and knows nothing of the others, so our router has to let its quick modes wait for each other.
pings_of_batch() { # NS FROM TO COUNT SECONDS
  in_ns "$1" bash -c "
    one() { ping -n -q -c 1 -i 0.5 -w $5 -I $2.\$1 $3.\$1 >/dev/null 2>&1 && echo \$1; }
    for n in \$(seq 1 $4); do one \$n & done; wait"
}
# What swanctl --list-sas says now, against the batch and who has answered.
judge_batch() { # ours|peer COUNT
  peer_exec b 'swanctl --list-sas' >"$LAB_WORK/sas.$1"
  local n=0 name address encryption hash group suite pfs shown child
  while read -r name address encryption hash group suite pfs; do
    n=$((n + 1))
    shown="$(encryption_shown "$encryption")/$(hash_shown "$hash")/$(group_shown "$group")"
    child="$(suite_shown "$suite")$([ "$pfs" = no ] || echo "/$(group_shown "$pfs")")"
    printf '%s\t%s\t%s\t%s\t%s\n' "$n" "$name" "$address" "$shown" "$child"
  done <"$LAB_WORK/batch.txt" >"$LAB_WORK/expected.$1"
  python3 "$INTEROP/ike-suite-judge" "$1" "$LAB_WORK/expected.$1" "$LAB_WORK/sas.$1" "$LAB_WORK/answered" >"$LAB_WORK/judged"
  cat "$LAB_WORK/judged" >>"$LAB_WORK/results.txt"
  TRIED=$((TRIED + $2))
  local bad
  bad=$(grep -vc $'\tok$' "$LAB_WORK/judged" || true)
  [ "$bad" = 0 ] || {
    BAD=$((BAD + bad))
    grep -v $'\tok$' "$LAB_WORK/judged" | tee -a "$LAB_WORK/complaints"
    cp "$LAB_WORK/sas.$1" "$LAB_WORK/sas.$1.$BAD"
  }
}
finish_ike_suites() { # [table]
  [ "${1:-}" != table ] || python3 "$INTEROP/ike-suite-table" "$LAB_WORK/results.txt" | tee "$LAB_WORK/table.md"
  step "$TRIED negotiations"
  [ $BAD = 0 ] || fail "$BAD of $TRIED: $(head -n 1 "$LAB_WORK/complaints" | tr '\t' ' ')"
}
