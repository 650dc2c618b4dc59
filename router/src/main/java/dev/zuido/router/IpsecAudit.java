package dev.zuido.router;

import dev.zuido.esp.AuditEvent;
import dev.zuido.esp.AuditLog;
import dev.zuido.esp.EspVerdict;

/**
 * What the SAs of a router have to say about the packets that they refuse (RFC 4301 section 9, RFC
 * 4303 section 4): lines of the event log, as many as the SAs' limits let through.
 */
final class IpsecAudit {
  /** It is drained whenever a packet was refused: so many are noted of one burst. */
  private static final int CAPACITY = 256;

  private final AuditLog noted = new AuditLog(CAPACITY);
  private final EventLog log;

  IpsecAudit(EventLog log) {
    this.log = log;
  }

  /** Where SAs and boundaries write. */
  AuditLog log() {
    return noted;
  }

  /** Whether a refusal is an SA's, so that its line comes from here and from nowhere else. */
  static boolean covers(EspVerdict refusal) {
    return switch (refusal) {
      case REPLAYED,
          TOO_OLD,
          BAD_ICV,
          BAD_PADDING,
          BAD_LENGTH,
          SELECTOR_MISMATCH,
          TINY_FRAGMENT,
          SEQUENCE_EXHAUSTED ->
          true;
      default -> false;
    };
  }

  /** Says what was noted since the last time. */
  void drain() {
    AuditEvent event;
    while ((event = noted.poll()) != null) {
      if (covers(event.reason())) {
        log.ipsecAudit(event);
      }
    }
  }
}
