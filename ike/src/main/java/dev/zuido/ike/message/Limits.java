package dev.zuido.ike.message;

/** Checks of the numbers that a record is built from. */
final class Limits {
  private Limits() {}

  static void unsignedByte(int value, String field) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException(field + " is 0 to 255, not " + value);
    }
  }

  static void unsignedShort(int value, String field) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(field + " is 0 to 65535, not " + value);
    }
  }

  static void unsignedInt(long value, String field) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException(field + " is 0 to 4294967295, not " + value);
    }
  }

  static void atMost(int count, int maximum, String what) {
    if (count > maximum) {
      throw new IllegalArgumentException("at most " + maximum + " " + what + ", not " + count);
    }
  }

  /** Checks that a payload's body fits into the length field of the generic header. */
  static void body(int length, String payload) {
    atMost(length, 0xffff - Payload.HEADER_LENGTH, "bytes in the body of a " + payload);
  }
}
