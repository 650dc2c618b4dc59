package dev.zuido.router;

import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.wire.Ipv4Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The router's own addresses, and the broadcast addresses of its networks. */
final class LocalAddresses {
  private final int[] configured;
  private final int[] broadcasts;
  private int[] own;

  LocalAddresses(List<InterfaceAddress> addresses) {
    configured =
        addresses.stream().mapToInt(a -> a.address().value()).sorted().distinct().toArray();
    own = configured;
    broadcasts =
        addresses.stream()
            .filter(a -> a.prefixLength() < 31)
            .mapToInt(a -> a.prefix().last().value())
            .sorted()
            .distinct()
            .toArray();
  }

  /** Says which addresses there are beside those of the configuration: the negotiated ones. */
  void setNegotiated(Collection<Ipv4Address> addresses) {
    own =
        IntStream.concat(Arrays.stream(configured), addresses.stream().mapToInt(Ipv4Address::value))
            .sorted()
            .distinct()
            .toArray();
  }

  boolean contains(int address) {
    return Arrays.binarySearch(own, address) >= 0;
  }

  boolean isBroadcast(int address) {
    return address == -1 || Arrays.binarySearch(broadcasts, address) >= 0;
  }
}
