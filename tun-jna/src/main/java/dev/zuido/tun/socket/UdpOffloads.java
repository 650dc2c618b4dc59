package dev.zuido.tun.socket;

import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Linux;

/**
 * Which offloads of Linux a UDP socket uses at present.
 *
 * @param segmentation whether datagrams to one peer leave together, for the kernel to cut them
 *     apart (UDP_SEGMENT, Linux 4.18); false once the kernel has refused it
 * @param coalescing whether datagrams from one peer arrive together, to be cut apart here (UDP_GRO,
 *     Linux 5.0)
 */
public record UdpOffloads(boolean segmentation, boolean coalescing) {
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;

  /** What the configuration asks for and the kernel has; the options are set. */
  static UdpOffloads enable(int descriptor, SocketConfiguration configuration) {
    // A size of 0 changes nothing: it shows whether there is such an option.
    return new UdpOffloads(
        configuration.segmentation() && takes(descriptor, UDP_SEGMENT, 0),
        configuration.coalescing() && takes(descriptor, UDP_GRO, 1));
  }

  private static boolean takes(int descriptor, int option, int value) {
    try {
      Linux.option(descriptor, "enable an offload", SOL_UDP, option, value);
      return true;
    } catch (OperatingSystemException e) {
      // An older kernel: each datagram goes for itself.
      return false;
    }
  }

  /** For a log: {@code UDP_SEGMENT on, UDP_GRO off}. */
  @Override
  public String toString() {
    return "UDP_SEGMENT " + onOff(segmentation) + ", UDP_GRO " + onOff(coalescing);
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }
}
