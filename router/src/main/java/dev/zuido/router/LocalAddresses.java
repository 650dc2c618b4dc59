package dev.zuido.router;

import dev.zuido.router.config.InterfaceAddress;
import java.util.Arrays;
import java.util.List;

/** The router's own addresses, and the broadcast addresses of its networks. */
final class LocalAddresses {
  private final int[] own;
  private final int[] broadcasts;

  LocalAddresses(List<InterfaceAddress> addresses) {
    own = addresses.stream().mapToInt(a -> a.address().value()).sorted().distinct().toArray();
    broadcasts =
        addresses.stream()
            .filter(a -> a.prefixLength() < 31)
            .mapToInt(a -> a.prefix().last().value())
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
