package dev.zuido.pppoe.ppp;

/** The codes of control packets (RFC 1661 section 5). Network protocols use the first seven. */
public final class ControlCode {
  /** Configure-Request. */
  public static final int CONFIGURE_REQUEST = 1;

  /** Configure-Ack. */
  public static final int CONFIGURE_ACK = 2;

  /** Configure-Nak. */
  public static final int CONFIGURE_NAK = 3;

  /** Configure-Reject. */
  public static final int CONFIGURE_REJECT = 4;

  /** Terminate-Request. */
  public static final int TERMINATE_REQUEST = 5;

  /** Terminate-Ack. */
  public static final int TERMINATE_ACK = 6;

  /** Code-Reject. */
  public static final int CODE_REJECT = 7;

  /** Protocol-Reject, LCP only. */
  public static final int PROTOCOL_REJECT = 8;

  /** Echo-Request, LCP only. */
  public static final int ECHO_REQUEST = 9;

  /** Echo-Reply, LCP only. */
  public static final int ECHO_REPLY = 10;

  /** Discard-Request, LCP only. */
  public static final int DISCARD_REQUEST = 11;

  private ControlCode() {}
}
