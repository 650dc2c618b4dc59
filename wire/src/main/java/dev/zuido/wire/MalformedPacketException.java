package dev.zuido.wire;

/**
 * Bytes from a peer that cannot be decoded.
 *
 * <p>It carries no stack trace, so that hostile bytes cost no more than good ones: what matters is
 * the reason, the field and where in the decoded area the field stands.
 */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  private final MalformedReason reason;
  private final String field;
  private final int offset;

  /**
   * Makes the exception.
   *
   * @param reason what is wrong
   * @param field the field as the RFC names it, with its header: {@code "IPv4 IHL"}
   * @param offset bytes from the start of the area that was handed to the decoder
   */
  public MalformedPacketException(MalformedReason reason, String field, int offset) {
    super(null, null, false, false);
    this.reason = reason;
    this.field = field;
    this.offset = offset;
  }

  /** What is wrong. */
  public MalformedReason reason() {
    return reason;
  }

  /** The field, as the RFC names it. */
  public String field() {
    return field;
  }

  /** Where the field stands, in bytes from the start of the decoded area. */
  public int offset() {
    return offset;
  }

  @Override
  public String getMessage() {
    return reason + " in " + field + " at byte " + offset;
  }
}
