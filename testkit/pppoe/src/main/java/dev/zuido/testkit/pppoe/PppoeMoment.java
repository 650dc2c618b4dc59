package dev.zuido.testkit.pppoe;

/** What a receiver waits for when a generated frame reaches it (RFC 2516 section 5 and 6). */
public enum PppoeMoment {
  /** A concentrator: a PADI. */
  INITIATION(0x09, true),
  /** A client that has sent its PADI: a PADO. */
  OFFER(0x07, false),
  /** A concentrator that has made an offer: a PADR. */
  REQUEST(0x19, true),
  /** A client that has sent its PADR: a PADS. */
  CONFIRMATION(0x65, false),
  /** A client with a session: a PADT. */
  TERMINATION(0xa7, false),
  /** A client with a session on which IPv4 is open and IPv6 is not: a datagram. */
  DATAGRAM(0x00, false);

  private final int code;
  private final boolean atConcentrator;

  PppoeMoment(int code, boolean atConcentrator) {
    this.code = code;
    this.atConcentrator = atConcentrator;
  }

  /** The CODE of the packet that is waited for. */
  public int code() {
    return code;
  }

  /** Whether the receiver is a concentrator, not a client. */
  public boolean isAtConcentrator() {
    return atConcentrator;
  }

  /** Whether it is a packet of the discovery stage. */
  public boolean isDiscovery() {
    return this != DATAGRAM;
  }
}
