package dev.zuido.esp.des;

import org.jspecify.annotations.Nullable;

/** DES or 3DES in one direction on up to 64 independent blocks, by the path that is faster. */
final class DesCipher {
  /** The most blocks of a call. */
  static final int LANES = 64;

  /**
   * From this many blocks on, a bit-sliced call for 64 is faster than the tables. Measured on JDK
   * 17 and 25: it costs as much as 21 to 23 blocks.
   */
  static final int SLICED_FROM = 22;

  private final DesKeySchedule schedule;
  private final TableDes table;

  /**
   * Made when it is first needed: its keys take 18 KiB, and few packets at a time never need it.
   */
  private @Nullable SlicedDes sliced;

  /** Makes the cipher; see {@link DesKeySchedule}. */
  DesCipher(byte[] key, boolean encrypts) {
    schedule = new DesKeySchedule(key, encrypts);
    table = new TableDes(schedule);
  }

  /**
   * Transforms the first {@code count} blocks of an array of {@link #LANES} in place; the others
   * are destroyed.
   */
  void crypt(long[] blocks, int count) {
    if (count < SLICED_FROM) {
      table.crypt(blocks, count);
    } else {
      sliced().crypt(blocks);
    }
  }

  private SlicedDes sliced() {
    SlicedDes result = sliced;
    if (result == null) {
      result = new SlicedDes(schedule);
      sliced = result;
    }
    return result;
  }

  /** Wipes all keys. */
  void wipe() {
    schedule.wipe();
    table.wipe();
    if (sliced != null) {
      sliced.wipe();
    }
  }
}
