package dev.zuido.router.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of interface that a configuration may name. */
public enum InterfaceKind {
  /** 10 Mbit/s Ethernet. */
  ETHERNET("Ethernet", 10_000),
  /** 100 Mbit/s Ethernet. */
  FAST_ETHERNET("FastEthernet", 100_000),
  /** 1 Gbit/s Ethernet. */
  GIGABIT_ETHERNET("GigabitEthernet", 1_000_000),
  /** 10 Gbit/s Ethernet. */
  TEN_GIGABIT_ETHERNET("TenGigabitEthernet", 10_000_000),
  /** An address of the router itself. */
  LOOPBACK("Loopback", 8_000_000),
  /** A tunnel, here of GRE. */
  TUNNEL("Tunnel", 100),
  /** The logical side of an access line. */
  DIALER("Dialer", 56),
  /** Where packets are thrown away. */
  NULL("Null", 10_000_000);

  private final String iosName;
  private final int defaultBandwidthKbps;

  InterfaceKind(String iosName, int defaultBandwidthKbps) {
    this.iosName = iosName;
    this.defaultBandwidthKbps = defaultBandwidthKbps;
  }

  /** The full name, as {@code GigabitEthernet}. */
  public String iosName() {
    return iosName;
  }

  /** The bandwidth that IOS assumes for metrics where none is configured, in kbit/s. */
  public int defaultBandwidthKbps() {
    return defaultBandwidthKbps;
  }

  /** Whether it is an Ethernet, with a slot and a port. */
  public boolean isEthernet() {
    return switch (this) {
      case ETHERNET, FAST_ETHERNET, GIGABIT_ETHERNET, TEN_GIGABIT_ETHERNET -> true;
      case LOOPBACK, TUNNEL, DIALER, NULL -> false;
    };
  }

  /**
   * The kinds that a word may stand for: the one that it spells out, or all that it begins.
   *
   * @param word letters, in any case
   */
  public static List<InterfaceKind> matching(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> !lower.isEmpty())
        .filter(kind -> kind.iosName.toLowerCase(Locale.ROOT).startsWith(lower))
        .toList();
  }
}
