package dev.zuido.ospf;

/** Why a router restarts (RFC 3623 appendix A), in the order of the numbers on the wire. */
public enum RestartReason {
  /** Not known: an unplanned restart. */
  UNKNOWN(0),
  /** The software restarts. */
  SOFTWARE_RESTART(1),
  /** The software is loaded anew or upgraded. */
  SOFTWARE_RELOAD_OR_UPGRADE(2),
  /** Another control processor takes over. */
  SWITCH_TO_REDUNDANT_PROCESSOR(3);

  private final int code;

  RestartReason(int code) {
    this.code = code;
  }

  /** Whether a restart for this reason was prepared (RFC 3623 section 5). */
  public boolean isPlanned() {
    return this == SOFTWARE_RESTART || this == SOFTWARE_RELOAD_OR_UPGRADE;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The reason of a number; those that have no name are not known. */
  public static RestartReason of(int code) {
    for (RestartReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
