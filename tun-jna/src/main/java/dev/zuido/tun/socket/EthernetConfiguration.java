package dev.zuido.tun.socket;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an {@link EthernetPort} is opened.
 *
 * @param interfaceName the kernel's interface, which has to be Ethernet
 * @param etherTypes the types of the frames that are received and sent, 1 to {@value #MAX_TYPES} of
 *     them, each 0x0600 to 0xffff
 * @param bufferBytes what the kernel may queue in each direction, at least 4096; it may grant less
 *     (net.core.rmem_max, wmem_max) to a process without CAP_NET_ADMIN
 * @param bypassQueue whether what is sent goes to the driver without the interface's queueing
 *     discipline (PACKET_QDISC_BYPASS). It costs less, but then no traffic shaping of the host
 *     holds for these frames, none waits where the driver is busy (it is dropped), and captures on
 *     the host do not see them
 */
public record EthernetConfiguration(
    String interfaceName, Set<Integer> etherTypes, int bufferBytes, boolean bypassQueue) {
  /** The most types of one port. */
  public static final int MAX_TYPES = 8;

  /** What is queued unless chosen otherwise. */
  public static final int DEFAULT_BUFFER_BYTES = SocketConfiguration.DEFAULT_BUFFER_BYTES;

  /** The smallest type: what is below is a length (IEEE 802.3). */
  public static final int MIN_TYPE = 0x0600;

  /** Copies the set and checks the ranges. */
  public EthernetConfiguration {
    etherTypes = Collections.unmodifiableSet(new TreeSet<>(etherTypes));
    if (interfaceName.isEmpty()) {
      throw new IllegalArgumentException("an Ethernet port needs an interface");
    }
    SocketConfiguration.requireName(interfaceName);
    if (etherTypes.isEmpty() || etherTypes.size() > MAX_TYPES) {
      throw new IllegalArgumentException(
          "an Ethernet port has 1 to " + MAX_TYPES + " types of frames, not " + etherTypes.size());
    }
    for (int type : etherTypes) {
      if (type < MIN_TYPE || type > 0xffff) {
        throw new IllegalArgumentException("not an Ethernet type: 0x" + Integer.toHexString(type));
      }
    }
    if (bufferBytes < 4096) {
      throw new IllegalArgumentException("the buffer is too small");
    }
  }

  /** By the interface's queueing discipline, with the usual buffers. */
  public static EthernetConfiguration on(String interfaceName, Set<Integer> etherTypes) {
    return new EthernetConfiguration(interfaceName, etherTypes, DEFAULT_BUFFER_BYTES, false);
  }

  /** The same with another queue in the kernel, in bytes. */
  public EthernetConfiguration withBufferBytes(int bytes) {
    return new EthernetConfiguration(interfaceName, etherTypes, bytes, bypassQueue);
  }

  /** The same past the interface's queueing discipline, or by it. */
  public EthernetConfiguration withBypassQueue(boolean wanted) {
    return new EthernetConfiguration(interfaceName, etherTypes, bufferBytes, wanted);
  }
}
