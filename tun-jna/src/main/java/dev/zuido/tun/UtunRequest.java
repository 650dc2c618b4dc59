package dev.zuido.tun;

import dev.zuido.tun.system.Darwin;
import dev.zuido.tun.system.NativeBuffer;

/**
 * What the utun driver of macOS is asked ({@code sys/kern_control.h}, {@code net/if_utun.h}, {@code
 * sys/sockio.h}), and the header of its packets.
 *
 * <pre>
 *   ctl_info 100:    | id 4 | name 96 |
 *   sockaddr_ctl 32: | length 1 | AF_SYSTEM 1 | AF_SYS_CONTROL 2 | id 4 | unit 4 | 0 20 |
 *   ifreq 32:        | name 16 | mtu 4 | .. |
 *   packet:          | address family 4, in network order | IP packet |
 * </pre>
 */
final class UtunRequest {
  static final int SYSPROTO_CONTROL = 2;
  static final int UTUN_OPT_IFNAME = 2;
  static final long CTLIOCGINFO = 0xc0644e03L;
  static final long SIOCSIFMTU = 0x80206934L;
  static final int HEADER_BYTES = 4;
  static final int IFNAMSIZ = 16;

  private static final String CONTROL_NAME = "com.apple.net.utun_control";
  private static final int CONTROL_INFO_BYTES = 100;
  private static final int CONTROL_ADDRESS_BYTES = 32;
  private static final int IFREQ_BYTES = 32;
  private static final int AF_SYS_CONTROL = 2;

  private UtunRequest() {}

  /** Asks for the number of the driver's control, which is written to the start. */
  static NativeBuffer controlInfo() {
    NativeBuffer info = new NativeBuffer(CONTROL_INFO_BYTES);
    info.putText(4, CONTROL_NAME);
    return info;
  }

  /**
   * The address of a unit of the control.
   *
   * @param unit the number of the interface, or -1 for the first that is free
   */
  static NativeBuffer controlAddress(int controlId, int unit) {
    NativeBuffer address = new NativeBuffer(CONTROL_ADDRESS_BYTES);
    address.putByte(0, CONTROL_ADDRESS_BYTES);
    address.putByte(1, Darwin.AF_SYSTEM);
    address.putShort(2, AF_SYS_CONTROL);
    address.putInt(4, controlId);
    address.putInt(8, unit + 1);
    return address;
  }

  /** Asks for an MTU. */
  static NativeBuffer mtu(String name, int bytes) {
    NativeBuffer request = new NativeBuffer(IFREQ_BYTES);
    request.putText(0, name);
    request.putInt(IFNAMSIZ, bytes);
    return request;
  }

  /** The unit that a name stands for: {@code utun7} is 7, {@code utun%d} is -1. */
  static int unit(String name) {
    String number = name.startsWith("utun") ? name.substring(4) : "";
    boolean usable = number.equals("%d") || number.matches("0|[1-9][0-9]{0,4}");
    if (!usable) {
      throw new IllegalArgumentException(
          "an interface's name is utun0 and so on, or utun%d, not '" + name + "'");
    }
    return number.equals("%d") ? -1 : Integer.parseInt(number);
  }

  /** Writes the header of a packet; false if it is no IP packet. */
  static boolean putHeader(NativeBuffer buffer, int firstOctet) {
    switch (firstOctet >>> 4 & 0xf) {
      case 4 -> buffer.putNetworkInt(0, Darwin.AF_INET);
      case 6 -> buffer.putNetworkInt(0, Darwin.AF_INET6);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether a header announces an IP packet. */
  static boolean isIp(NativeBuffer buffer) {
    int family = buffer.getNetworkInt(0);
    return family == Darwin.AF_INET || family == Darwin.AF_INET6;
  }
}
