package dev.zuido.router.config.ios;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The names that IOS has for ICMP messages in access lists (RFC 792, RFC 1812). */
final class IcmpNames {
  /**
   * A message.
   *
   * @param type its type, or empty for each
   * @param code its code, or empty for each
   */
  record Message(OptionalInt type, OptionalInt code) {}

  /** The messages by name. */
  static final Map<String, Message> ALL =
      table(
          "administratively-prohibited 3/13 alternate-address 6 conversion-error 31"
              + " dod-host-prohibited 3/10 dod-net-prohibited 3/9 echo 8 echo-reply 0"
              + " general-parameter-problem 12/0 host-isolated 3/8"
              + " host-precedence-unreachable 3/14 host-redirect 5/1 host-tos-redirect 5/3"
              + " host-tos-unreachable 3/12 host-unknown 3/7 host-unreachable 3/1"
              + " information-reply 16 information-request 15 mask-reply 18 mask-request 17"
              + " mobile-redirect 32 net-redirect 5/0 net-tos-redirect 5/2"
              + " net-tos-unreachable 3/11 net-unreachable 3/0 network-unknown 3/6"
              + " no-room-for-option 12/2 option-missing 12/1 packet-too-big 3/4"
              + " parameter-problem 12 port-unreachable 3/3 precedence-unreachable 3/15"
              + " protocol-unreachable 3/2 reassembly-timeout 11/1 redirect 5"
              + " router-advertisement 9 router-solicitation 10 source-quench 4"
              + " source-route-failed 3/5 time-exceeded 11 timestamp-reply 14"
              + " timestamp-request 13 traceroute 30 ttl-exceeded 11/0 unreachable 3");

  private IcmpNames() {}

  private static Map<String, Message> table(String pairs) {
    String[] words = pairs.split(" ", -1);
    TreeMap<String, Message> table = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      String[] numbers = words[i + 1].split("/", -1);
      OptionalInt code =
          numbers.length == 1 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(numbers[1]));
      table.put(words[i], new Message(OptionalInt.of(Integer.parseInt(numbers[0])), code));
    }
    return Collections.unmodifiableMap(table);
  }
}
