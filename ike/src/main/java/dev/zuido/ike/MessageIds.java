package dev.zuido.ike;

import java.util.Arrays;

/**
 * The message IDs that phase 2 has used under one ISAKMP SA, in either direction. HASH(1) covers
 * the message ID and the payloads (RFC 2409 section 5.5), neither the header's flags and cookies
 * nor what follows the payloads, and it is the same function for both sides: so the message ID
 * alone tells a new message from a copy, a copy that was changed, and our own message sent back.
 *
 * <p>It holds at most {@link #MAX}. Since nothing may be forgotten while the keys live, a new
 * ISAKMP SA is due when it is nearly full: with probes of both sides every 30 s that is after six
 * hours, and takes 16 kB until then.
 */
final class MessageIds {
  /** The most message IDs under one ISAKMP SA; what comes then is dropped as over a limit. */
  static final int MAX = 4_096;

  /** From so many on the ISAKMP SA needs a successor. */
  static final int NEARLY_FULL = MAX / 4 * 3;

  /**
   * Open addressing, at most three quarters full; 0 is a free place, since no exchange of phase 2
   * has it.
   */
  private int[] table = new int[16];

  private int size;

  boolean contains(int messageId) {
    return table[place(messageId)] != 0;
  }

  /** Takes a message ID; false if it is there already, or there is no room. */
  boolean add(int messageId) {
    if (messageId == 0 || size == MAX || contains(messageId)) {
      return false;
    }
    if (4 * (size + 1) > 3 * table.length) {
      int[] old = table;
      table = new int[2 * old.length];
      Arrays.stream(old).filter(each -> each != 0).forEach(each -> table[place(each)] = each);
    }
    table[place(messageId)] = messageId;
    size++;
    return true;
  }

  boolean isFull() {
    return size == MAX;
  }

  boolean isNearlyFull() {
    return size >= NEARLY_FULL;
  }

  /** Where a message ID is, or the free place where it belongs. */
  private int place(int messageId) {
    int mask = table.length - 1;
    int place = (messageId * 0x9e37_79b1) >>> 1 & mask;
    while (table[place] != 0 && table[place] != messageId) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
