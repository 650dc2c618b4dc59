package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where packets go first.
 *
 * @param interfaceIndex the {@link SpfInterface#index()} of the outgoing interface
 * @param address the next router; null if the destination is on the interface itself, or if the
 *     interface is point-to-point and its neighbour's address is not known
 */
public record NextHop(int interfaceIndex, @Nullable Ipv4Address address)
    implements Comparable<NextHop> {
  private static final Comparator<@Nullable Ipv4Address> BY_ADDRESS =
      Comparator.nullsFirst(Comparator.<Ipv4Address>naturalOrder());

  /** Orders by interface, then by address. */
  @Override
  public int compareTo(NextHop other) {
    int byInterface = Integer.compare(interfaceIndex, other.interfaceIndex);
    return byInterface != 0 ? byInterface : BY_ADDRESS.compare(address, other.address);
  }
}
