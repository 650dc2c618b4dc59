package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ospf.OspfOutput;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Log lines for what the engines have dropped.
 *
 * <p>Anyone can make a router drop messages, so the number of lines is bounded by their logarithm:
 * of each reason the first drop is told, and the second, the fourth, the eighth and so on, with how
 * many there were. All are counted, and {@code show counters} has the numbers.
 */
final class DropLog {
  private final EventLog log;
  private final Map<dev.zuido.ike.DropReason, Long> ike =
      new EnumMap<>(dev.zuido.ike.DropReason.class);
  private final Map<dev.zuido.ospf.DropReason, Long> ospf =
      new EnumMap<>(dev.zuido.ospf.DropReason.class);
  private long unlogged;

  DropLog(EventLog log) {
    this.log = log;
  }

  void ike(IkeOutput.Dropped dropped) {
    long count = ike.merge(dropped.reason(), 1L, Long::sum);
    if (!isDue(count)) {
      return;
    }
    String from =
        dropped.remote() == null ? "a command" : "an IKE message from " + dropped.remote();
    String detail = dropped.detail().isEmpty() ? "" : " (" + dropped.detail() + ")";
    log.log(
        severity(dropped.reason()),
        "CRYPTO",
        mnemonic(dropped.reason()),
        "dropped " + from + ": " + dropped.reason().text() + detail + times(count));
  }

  /**
   * What a misconfigured peer or an attacker causes is a warning; what can always happen is not.
   */
  private static int severity(dev.zuido.ike.DropReason reason) {
    return switch (reason) {
      case MALFORMED,
          UNKNOWN_PEER,
          UNKNOWN_COOKIES,
          WRONG_PROTECTION,
          UNDECRYPTABLE,
          BAD_HASH,
          BAD_PAYLOADS,
          BAD_VALUE,
          UNSUPPORTED_EXCHANGE,
          AGGRESSIVE_MODE_OFF,
          BAD_SIGNATURE,
          BAD_CERTIFICATE,
          BAD_FRAGMENT,
          NO_PROPOSAL,
          WRONG_IDENTITY,
          NO_SELECTOR,
          LIMIT ->
          4;
      default -> 7;
    };
  }

  private static String mnemonic(dev.zuido.ike.DropReason reason) {
    return switch (reason) {
      case UNKNOWN_COOKIES -> "IKMP_NO_SA";
      case MALFORMED,
          WRONG_PROTECTION,
          UNDECRYPTABLE,
          BAD_HASH,
          BAD_SIGNATURE,
          BAD_CERTIFICATE,
          BAD_FRAGMENT,
          BAD_PAYLOADS,
          BAD_VALUE ->
          "IKMP_BAD_MESSAGE";
      default -> "IKE_DROPPED";
    };
  }

  void ospf(OspfOutput.Dropped dropped) {
    long count = ospf.merge(dropped.reason(), 1L, Long::sum);
    if (!isDue(count)) {
      return;
    }
    log.log(
        severity(dropped.reason()),
        "OSPF",
        "ERRRCV",
        "Received invalid packet: "
            + words(dropped.reason())
            + (dropped.source() == null ? "" : " from " + dropped.source())
            + ", "
            + log.port(dropped.interfaceId())
            + times(count));
  }

  /** What {@link OspfOutput.Mismatched} explains, or happens while all is well, is no warning. */
  private static int severity(dev.zuido.ospf.DropReason reason) {
    return switch (reason) {
      case MALFORMED,
          WRONG_SOURCE,
          REPLAY,
          NEIGHBOR_LIMIT,
          LSA_CHECKSUM,
          LSA_TYPE,
          LSA_EXTERNAL_IN_STUB,
          LSA_LIMIT ->
          4;
      default -> 7;
    };
  }

  private boolean isDue(long count) {
    boolean due = Long.bitCount(count) == 1;
    unlogged += due ? 0 : 1;
    return due;
  }

  private static String times(long count) {
    return count == 1 ? "" : ", " + count + " times so far";
  }

  /** Drops that got no line. */
  long unlogged() {
    return unlogged;
  }

  /** Why IPsec refused a packet, as a clause. */
  static String words(EspVerdict refusal) {
    return switch (refusal) {
      case CLEARTEXT -> "it came in the clear, and the policy wants it protected";
      case UNKNOWN_SPI -> "no SA has its SPI";
      case BAD_ICV -> "its ICV is wrong: it was altered, or the keys differ";
      case REPLAYED -> "its sequence number was seen before";
      case TOO_OLD -> "its sequence number lies behind the replay window";
      case BAD_ENCAPSULATION -> "it is encapsulated in UDP and its SA is not, or the reverse";
      case HARD_LIFETIME -> "the lifetime of its SA is over";
      case SELECTOR_MISMATCH -> "its SA is not for such traffic";
      case DISCARDED -> "the policy discards it";
      default -> words((Enum<?>) refusal);
    };
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
