package dev.zuido.esp.des;

/** DES or 3DES in one direction on up to 64 independent blocks, by the path that is faster. */
final class DesCipher {
  /** The most blocks of a call. */
  static final int LANES = 64;

  private final DesKeySchedule schedule;
  private final TableDes table;

  /** Makes the cipher; see {@link DesKeySchedule}. */
  DesCipher(byte[] key, boolean encrypts) {
    schedule = new DesKeySchedule(key, encrypts);
    table = new TableDes(schedule);
  }

  /** Transforms the first {@code count} blocks of an array of {@link #LANES} in place. */
  void crypt(long[] blocks, int count) {
    table.crypt(blocks, count);
  }

  /** Wipes all keys. */
  void wipe() {
    schedule.wipe();
    table.wipe();
  }
}
