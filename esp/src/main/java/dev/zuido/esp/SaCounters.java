package dev.zuido.esp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of IPsec, one per verdict and the bytes. One thread writes; every thread may read at any
 * time without stopping it, and sees each counter never go back.
 */
public final class SaCounters {
  private final Map<EspVerdict, AtomicLong> packets = new EnumMap<>(EspVerdict.class);
  private final AtomicLong bytes = new AtomicLong();

  SaCounters() {
    for (EspVerdict verdict : EspVerdict.values()) {
      packets.put(verdict, new AtomicLong());
    }
  }

  /** Packets that got this verdict. */
  public long packets(EspVerdict verdict) {
    return cell(verdict).getOpaque();
  }

  /** Bytes that were encrypted or decrypted for packets that passed. */
  public long bytes() {
    return bytes.getOpaque();
  }

  /** Packets that were dropped: all verdicts that do not pass, except dummies. */
  public long drops() {
    long drops = 0;
    for (EspVerdict verdict : EspVerdict.values()) {
      if (!verdict.passes() && verdict != EspVerdict.DUMMY) {
        drops += packets(verdict);
      }
    }
    return drops;
  }

  void count(EspVerdict verdict) {
    add(cell(verdict), 1);
  }

  void countBytes(long amount) {
    add(bytes, amount);
  }

  private AtomicLong cell(EspVerdict verdict) {
    return Objects.requireNonNull(packets.get(verdict));
  }

  /** There is one writer, so that reading and writing need not be one step. */
  private static void add(AtomicLong cell, long amount) {
    cell.setOpaque(cell.getOpaque() + amount);
  }

  /** The counters that are not zero: {@code OPENED=3 BAD_ICV=1 bytes=4096}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (EspVerdict verdict : EspVerdict.values()) {
      long number = packets(verdict);
      if (number != 0) {
        text.append(verdict).append('=').append(number).append(' ');
      }
    }
    return text.append("bytes=").append(bytes()).toString();
  }
}
