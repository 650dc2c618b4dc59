package dev.zuido.esp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of IPsec, one per verdict and some more. One thread writes; every thread may read at any
 * time without stopping it, and sees each counter never go back.
 */
@SuppressWarnings("EnumOrdinal") // the cells stand in the enums' order, which nothing outside sees
public final class SaCounters {
  private static final EspVerdict[] VERDICTS = EspVerdict.values();
  private static final Extra[] EXTRAS = Extra.values();

  /** What is counted beside the verdicts. */
  public enum Extra {
    /** Bytes that were encrypted or decrypted for packets that passed. */
    BYTES,
    /** Dummy packets that were sealed (RFC 4303 section 2.6); each also counts as sealed. */
    DUMMIES_SEALED,
    /** Bytes of TFC padding that were sealed (RFC 4303 section 2.7). */
    TFC_BYTES,
    /** Packets whose ECN field says "congestion" only since the tunnel (RFC 6040 section 4.2). */
    CONGESTION_MARKED,
    /** Packets whose ECN fields no tunnel combines so: RFC 6040 figure 4's alarms. */
    CONGESTION_ANOMALIES,
    /** Times that a lost high half of the sequence number was found: RFC 4303 appendix A3. */
    RESYNCHRONIZED,
    /** Audit events that were left out because they came too fast. */
    AUDITS_SUPPRESSED,
    /** Times that a learned path MTU was lowered. */
    PATH_MTU_LOWERED
  }

  private final Map<EspVerdict, AtomicLong> packets = new EnumMap<>(EspVerdict.class);
  private final Map<Extra, AtomicLong> extras = new EnumMap<>(Extra.class);

  SaCounters() {
    for (EspVerdict verdict : VERDICTS) {
      packets.put(verdict, new AtomicLong());
    }
    for (Extra extra : EXTRAS) {
      extras.put(extra, new AtomicLong());
    }
  }

  /** The sums of the counters of several SAs, as they stand now. */
  public static SaCounters sum(Iterable<SaCounters> parts) {
    SaCounters sum = new SaCounters();
    for (SaCounters part : parts) {
      for (EspVerdict verdict : VERDICTS) {
        sum.count(verdict, part.packets(verdict));
      }
      for (Extra extra : EXTRAS) {
        sum.add(extra, part.get(extra));
      }
    }
    return sum;
  }

  /** Packets that got this verdict. */
  public long packets(EspVerdict verdict) {
    return cell(verdict).getOpaque();
  }

  /** One of the other counters. */
  public long get(Extra extra) {
    return cell(extra).getOpaque();
  }

  /** Bytes that were encrypted or decrypted for packets that passed. */
  public long bytes() {
    return get(Extra.BYTES);
  }

  /** Packets that were dropped: all verdicts that do not pass, except dummies and held packets. */
  public long drops() {
    long drops = 0;
    for (EspVerdict verdict : VERDICTS) {
      if (!verdict.passes() && verdict != EspVerdict.DUMMY && verdict != EspVerdict.HELD) {
        drops += packets(verdict);
      }
    }
    return drops;
  }

  void count(EspVerdict verdict) {
    add(cell(verdict), 1);
  }

  void count(EspVerdict verdict, long number) {
    add(cell(verdict), number);
  }

  void count(Extra extra) {
    add(cell(extra), 1);
  }

  void add(Extra extra, long amount) {
    add(cell(extra), amount);
  }

  void countBytes(long amount) {
    add(Extra.BYTES, amount);
  }

  /** There is one writer, so that reading and writing need not be one step. */
  private static void add(AtomicLong cell, long amount) {
    cell.setOpaque(cell.getOpaque() + amount);
  }

  private AtomicLong cell(EspVerdict verdict) {
    return Objects.requireNonNull(packets.get(verdict));
  }

  private AtomicLong cell(Extra extra) {
    return Objects.requireNonNull(extras.get(extra));
  }

  /** The counters that are not zero: {@code OPENED=3 BAD_ICV=1 bytes=4096}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (EspVerdict verdict : VERDICTS) {
      long number = packets(verdict);
      if (number != 0) {
        text.append(verdict).append('=').append(number).append(' ');
      }
    }
    text.append("bytes=").append(bytes());
    for (Extra extra : EXTRAS) {
      if (extra != Extra.BYTES && get(extra) != 0) {
        text.append(' ').append(extra).append('=').append(get(extra));
      }
    }
    return text.toString();
  }
}
