package dev.zuido.ospf;

/**
 * The intervals of an interface (RFC 2328 section C.3), in seconds.
 *
 * @param helloSeconds HelloInterval, 1 to 65535
 * @param deadSeconds RouterDeadInterval, 1 to 65535; also the length of the Waiting state
 * @param retransmitSeconds RxmtInterval, 1 to 65535
 * @param transmitDelaySeconds InfTransDelay, 1 to 3600
 */
public record OspfInterfaceTimers(
    int helloSeconds, int deadSeconds, int retransmitSeconds, int transmitDelaySeconds) {
  /** 10, 40, 5 and 1. */
  public static final OspfInterfaceTimers DEFAULT = new OspfInterfaceTimers(10, 40, 5, 1);

  /** Checks the ranges. */
  public OspfInterfaceTimers {
    requireRange("HelloInterval", helloSeconds, 0xffff);
    requireRange("RouterDeadInterval", deadSeconds, 0xffff);
    requireRange("RxmtInterval", retransmitSeconds, 0xffff);
    requireRange("InfTransDelay", transmitDelaySeconds, 3600);
  }

  /** The same with other Hello and dead intervals. */
  public OspfInterfaceTimers withHello(int newHelloSeconds, int newDeadSeconds) {
    return new OspfInterfaceTimers(
        newHelloSeconds, newDeadSeconds, retransmitSeconds, transmitDelaySeconds);
  }

  private static void requireRange(String what, int value, int high) {
    if (value < 1 || value > high) {
      throw new IllegalArgumentException(what + " is 1 to " + high + " seconds, not " + value);
    }
  }
}
