# What the scenarios esp-suites and esp-suites-all share: zuido esp-echo at a against Linux's kernel at b, with keys given by hand, one
# case after the other. Each end pings the other with each size; both may count no error but those that are provoked.
#
# Sizes are bytes of data behind the ICMP header. What is longer than the lines' 1454 bytes goes in fragments.

ESP=$LAB/guest/esp
KEY_OUT= KEY_IN= KERNEL_OUT= KERNEL_IN=

# --- algorithms: our names, and what the kernel calls them

# key TEXT BYTES: bytes in hexadecimal that follow from a text.
key() {
  local bytes
  bytes=$(for n in 1 2; do sha512sum <<<"$1 $n" | cut -d' ' -f1; done)
  bytes=${bytes//$'\n'/}
  echo "${bytes:0:$2*2}"
}
auth_of() { # INTEGRITY: "name key-bytes bits"
  case $1 in
    HMAC_MD5_96) echo 'hmac(md5) 16 96' ;;
    HMAC_SHA1_96) echo 'hmac(sha1) 20 96' ;;
    HMAC_SHA2_256_128) echo 'hmac(sha256) 32 128' ;;
    HMAC_SHA2_384_192) echo 'hmac(sha384) 48 192' ;;
    HMAC_SHA2_512_256) echo 'hmac(sha512) 64 256' ;;
    AES_XCBC_96) echo 'xcbc(aes) 16 96' ;;
    AES_CMAC_96) echo 'cmac(aes) 16 96' ;;
    *) fail "no name for $1 in the kernel" ;;
  esac
}
cipher_of() { # ENCRYPTION: "name key-bytes salt-bytes icv-bits"; of separate algorithms without bits
  local bytes=0 bits=${1%_*}
  ! [[ $1 =~ _(128|192|256)$ ]] || bytes=$((BASH_REMATCH[1] / 8))
  case $1 in
    NULL) echo 'ecb(cipher_null) 0 0' ;;
    DES_CBC) echo 'cbc(des) 8 0' ;;
    TRIPLE_DES_CBC) echo 'cbc(des3_ede) 24 0' ;;
    AES_CBC_*) echo "cbc(aes) $bytes 0" ;;
    AES_CTR_*) echo "rfc3686(ctr(aes)) $bytes 4" ;;
    AES_GCM_*) echo "rfc4106(gcm(aes)) $bytes 4 $((${bits##*_} * 8))" ;;
    AES_CCM_*) echo "rfc4309(ccm(aes)) $bytes 3 $((${bits##*_} * 8))" ;;
    CHACHA20_POLY1305) echo 'rfc7539esp(chacha20,poly1305) 32 4 128' ;;
    NULL_AUTH_AES_GMAC_*) echo "rfc4543(gcm(aes)) $bytes 4 128" ;;
    *) fail "no name for $1 in the kernel" ;;
  esac
}
# kernel_keys CIPHER AUTH KEY: "aead ..." or "enc ... auth-trunc ...", for a key as ours takes it.
kernel_keys() {
  local name bytes salt bits auth auth_bytes auth_bits enc
  read -r auth auth_bytes auth_bits <<<"$2"
  if [ -z "$1" ]; then
    echo "auth-trunc '$auth' 0x$3 $auth_bits"
    return
  fi
  read -r name bytes salt bits <<<"$1"
  if [ -n "$bits" ]; then
    echo "aead '$name' 0x$3 $bits"
    return
  fi
  enc=${3:0:(bytes + salt) * 2}
  echo "enc '$name' '${enc:+0x$enc}' auth-trunc '$auth' 0x${3:(bytes + salt) * 2} $auth_bits"
}
# make_keys SUITE AH: sets KEY_OUT and KEY_IN (as we see them) and the kernel's words for both.
make_keys() {
  local encryption=${1%%/*} integrity= cipher= auth= length=0 name bytes salt
  if [ "$2" = yes ]; then
    encryption= integrity=$1
  elif [ "$1" != "$encryption" ]; then
    integrity=${1#*/}
  fi
  if [ -n "$encryption" ]; then
    cipher=$(cipher_of "$encryption")
    read -r name bytes salt _ <<<"$cipher"
    length=$((bytes + salt))
  fi
  if [ -n "$integrity" ]; then
    auth=$(auth_of "$integrity")
    read -r name bytes _ <<<"$auth"
    length=$((length + bytes))
  fi
  KEY_OUT=$(key "out $1" $length) KEY_IN=$(key "in $1" $length)
  KERNEL_IN=$(kernel_keys "$cipher" "$auth" "$KEY_OUT")
  KERNEL_OUT=$(kernel_keys "$cipher" "$auth" "$KEY_IN")
}

SEPARATE='NULL DES_CBC TRIPLE_DES_CBC AES_CBC_128 AES_CBC_192 AES_CBC_256 AES_CTR_128 AES_CTR_192 AES_CTR_256'
INTEGRITY='HMAC_MD5_96 HMAC_SHA1_96 HMAC_SHA2_256_128 HMAC_SHA2_384_192 HMAC_SHA2_512_256 AES_XCBC_96 AES_CMAC_96'
COMBINED=$(
  for mode in GCM CCM; do for icv in 8 12 16; do for bits in 128 192 256; do echo AES_${mode}_${icv}_$bits; done; done; done
  echo CHACHA20_POLY1305
  for bits in 128 192 256; do echo NULL_AUTH_AES_GMAC_$bits; done
)

# --- our side

lab_of_suites() {
  lab_up
  "$LAB/net" host a
  local space
  for space in a:wan inet:to-a inet:to-b; do
    in_ns "${space%:*}" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 "net.ipv6.conf.${space#*:}.disable_ipv6=0" \
      "net.ipv6.conf.${space#*:}.accept_dad=0"
  done
  in_ns inet sysctl -qw net.ipv6.conf.all.forwarding=1
  ip -n "$(ns_name a)" address add 2001:db8:a::1/64 dev wan nodad
  ip -n "$(ns_name a)" route add default via 2001:db8:a::ff
  ip -n "$(ns_name inet)" address add 2001:db8:a::ff/64 dev to-a nodad
  ip -n "$(ns_name inet)" address add 2001:db8:b::ff/64 dev to-b nodad
  mkfifo "$LAB_WORK/echo.in"
  exec 7<>"$LAB_WORK/echo.in"
  : >"$LAB_WORK/echo.out"
  # Its first SAs are none that anybody uses.
  setsid ip netns exec "$(ns_name a)" "$ZUIDO" esp-echo --link wan --local 100.1.1.1 --remote 200.1.1.1 --suite AES_GCM_16_128 \
    --in-spi 1 --out-spi 1 --in-key "$(key none 20)" --out-key "$(key none 20)" <&7 >"$LAB_WORK/echo.out" 2>"$LAB_WORK/echo.log" &
  PID[echo]=$!
  peer_up b IPSEC=off GRE=off OSPF=off
  eventually 20 "the peer takes commands" peer_exec b true # with nothing else to start, it is up before it listens
  must "the peer takes no ESP" peer_exec b "$ESP setup"
  EXEC_LIMIT=86400 "$LAB/peer" exec b "$ESP encapsulate" >/dev/null 2>&1 &
  eventually 40 "zuido esp-echo starts" grep -q ready "$LAB_WORK/echo.out"
}
# ask SECONDS LINE...: the answer of zuido esp-echo to a line.
ask() {
  local limit=$1 lines
  shift
  lines=$(wc -l <"$LAB_WORK/echo.out")
  echo "$*" >&7
  wait_for "$limit" echo_said "$((lines + 1))" || fail "no answer to '$*': $(tail -n 1 "$LAB_WORK/echo.log")"
  tail -n 1 "$LAB_WORK/echo.out"
}
echo_said() { [ "$(wc -l <"$LAB_WORK/echo.out")" -ge "$1" ]; }
count_of() { # NAME JSON: a number in it, or 0
  if [[ $2 =~ \"$1\":([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

# --- a case

A4=100.1.1.1 B4=200.1.1.1 A6=2001:db8:a::1 B6=2001:db8:b::1
INNER_A4=10.77.1.1 INNER_B4=10.77.2.1 INNER_A6=fd77:1::1 INNER_B6=fd77:2::1
BAD=0 CASES=0

# case_of SUITE MODE SHAPE SIZES [esn] [ah] [udp] [tfc] [wrong-key]: SHAPE is 4 or 6 in transport mode, and inner-outer (4-4, 6-4, 4-6, 6-6)
# in tunnel mode. With esn, sequence numbers pass 2^32 on the way. The result is a line of results.txt.
case_of() {
  local suite=$1 mode=$2 shape=$3 sizes=$4 ah=no proto=esp words=() extra='' bits='' upper='' patience=3 wrong=no
  local here there inner_here inner_there flag
  shift 4
  for flag in "$@"; do
    case $flag in
      esn)
        words+=(--esn --in-sequence 4294967290 --out-sequence 4294967290)
        bits+=' esn' extra+=' replay-seq 4294967290 replay-oseq 4294967290'
        ;;
      ah)
        ah=yes proto=ah words+=(--ah)
        # Without it the kernel pads AH to 8 bytes in IPv4 too, against RFC 4302 section 2.6.
        [ "${shape##*-}" = 6 ] || bits+=' align4'
        ;;
      udp) words+=(--udp) extra+=" encap espinudp 4500 4500 $([ "${shape##*-}" = 4 ] && echo 0.0.0.0 || echo ::)" ;;
      tfc) words+=(--tfc 256) ;;
      wrong-key) wrong=yes patience=1 ;;
    esac
  done
  extra="replay-window 64 ${bits:+flag$bits} $extra"
  here=B${shape##*-} there=A${shape##*-}
  inner_here=$here inner_there=$there
  if [ "$mode" = tunnel ]; then
    inner_here=INNER_B${shape%-*} inner_there=INNER_A${shape%-*}
    words+=(--inner-local "${!inner_there}" --inner-remote "${!inner_here}")
  else
    upper=icmp
    [ "$shape" = 4 ] || upper=ipv6-icmp
  fi
  make_keys "$suite" $ah
  [ $wrong = no ] || { KEY_OUT=$(flip "$KEY_OUT"); KEY_IN=$(flip "$KEY_IN"); }
  local answer
  answer=$(ask 10 sa --link wan --mtu "$WAN_MTU" --local "${!there}" --remote "${!here}" --mode $mode --suite "$suite" \
    --in-spi 0x1002 --out-spi 0x1001 --in-key "$KEY_IN" --out-key "$KEY_OUT" "${words[@]}")
  [[ $answer == *ready* ]] || fail "$suite: $answer"
  peer_exec b "PROTO=$proto MODE=$mode HERE=${!here} THERE=${!there} INNER_HERE=${!inner_here} INNER_THERE=${!inner_there} \
    UPPER=$upper KEYS_OUT=\"$KERNEL_OUT\" KEYS_IN=\"$KERNEL_IN\" EXTRA='$extra' SIZES='$sizes' PATIENCE=$patience \
    $ESP case" >"$LAB_WORK/case.out" 2>&1 || fail "$suite: the peer does not answer"
  judge "$suite" "$mode" "$shape" "$*" "$sizes"
}
flip() { # KEY: with its last bit changed
  local last=${1: -1}
  printf '%s%x\n' "${1%?}" $((16#$last ^ 1))
}

judge() { # SUITE MODE SHAPE FLAGS SIZES
  local total good during before ours replies stats opened why='' name="$1 $2 $3 $4"
  CASES=$((CASES + 1))
  total=$(wc -w <<<"$5")
  before=$(sed -n 's/^before *//p' "$LAB_WORK/case.out")
  [ -z "$before" ] || complain "before $name: the kernel counts $before"
  if grep -q '^refused' "$LAB_WORK/case.out"; then
    result "$1" "$2" "$3" "$4" "not in the kernel"
    complain "$name: the kernel refuses it: $(grep -v '^before' "$LAB_WORK/case.out" | head -n 1)"
    return
  fi
  good=$(sed -n 's/^pings \([0-9]*\).*/\1/p' "$LAB_WORK/case.out")
  during=$(sed -n 's/^during *//p' "$LAB_WORK/case.out")
  ours=$(ask $((total * 4 + 10)) ping 1 "$5")
  replies=$(count_of replies "$ours")
  stats=$(ask 10 stats)
  opened=$(count_of OPENED "$stats")
  if [[ $4 == *wrong-key* ]]; then
    why=$(judge_wrong "$total" "$good" "$replies" "$stats")
  else
    [ "$good" = "$total" ] || why="the kernel's pings: $(grep '^pings' "$LAB_WORK/case.out") "
    [ "$replies" = "$total" ] || why+="our pings: $replies of $total "
    [ -z "$during" ] || why+="the kernel counts $during"
    [ "$(count_of answered "$stats")" = "$good" ] && [ "$(count_of corrupt "$stats")" = 0 ] && [ "$(count_of unsent "$stats")" = 0 ] &&
      [ "$(count_of foreign "$stats")" = 0 ] && [ "$opened" -ge $((2 * total)) ] && ! [[ $stats =~ BAD_|REPLAYED|TOO_OLD|MISMATCH|FRAGMENT ]] ||
      why+="we count $stats"
  fi
  if [ -z "$why" ]; then
    result "$1" "$2" "$3" "$4" ok
  else
    result "$1" "$2" "$3" "$4" FAIL
    complain "$name: $why"
  fi
}
# Nothing passes in either direction: a kernel's request and one of ours, each with its reason at the other end. Prints what is wrong.
judge_wrong() { # TOTAL GOOD REPLIES STATS
  local counted
  counted=$(peer_exec b "$ESP errors")
  [ "$2" = 0 ] && [ "$3" = 0 ] && [[ $4 == *'"in":{"BAD_ICV":'$1'}'* ]] && [ "$counted" = "XfrmInStateProtoError=$1 " ] ||
    echo "$2 and $3 pings, the kernel counts '$counted', we count $4"
}
complain() {
  BAD=$((BAD + 1))
  step "$*"
  echo "$*" >>"$LAB_WORK/complaints"
}
result() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$LAB_WORK/results.txt"; }

# The results as a table: a line for each suite, and a column for each other thing that changed; and the verdict on all of it.
finish_suites() {
  local left
  left=$(peer_exec b "$ESP errors")
  [ -z "$left" ] || complain "behind the last case: the kernel counts $left"
  kill -TERM "${PID[echo]}"
  wait "${PID[echo]}" || fail "zuido esp-echo ends with status $?"
  python3 "$INTEROP/suite-table" "$LAB_WORK/results.txt" | tee "$LAB_WORK/table.md"
  step "$CASES cases"
  [ $BAD = 0 ] || fail "$BAD of $CASES: $(head -n 1 "$LAB_WORK/complaints")"
}
