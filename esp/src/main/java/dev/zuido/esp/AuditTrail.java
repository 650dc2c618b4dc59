package dev.zuido.esp;

import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/** What an SA writes into an {@link AuditLog}, and how fast. */
final class AuditTrail {
  private final int spi;
  private final SaCounters counters;
  private final AuditLimiter limiter = new AuditLimiter();
  private @Nullable AuditLog log;

  AuditTrail(int spi, SaCounters counters) {
    this.spi = spi;
    this.counters = counters;
  }

  void setLog(@Nullable AuditLog newLog) {
    log = newLog;
  }

  /** Notes a refused packet, if there is a log and the verdict is for it. */
  void note(EspVerdict verdict, PacketBatch batch, int index, long sequence) {
    AuditLog target = log;
    if (target == null || !verdict.isAuditable()) {
      return;
    }
    if (limiter.take(batch.arrivalNanos(index))) {
      target.add(verdict, batch, index, spi, sequence, limiter.takeSuppressed());
    } else {
      counters.count(SaCounters.Extra.AUDITS_SUPPRESSED);
    }
  }
}
