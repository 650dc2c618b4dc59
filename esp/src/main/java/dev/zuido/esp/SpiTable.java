package dev.zuido.esp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inbound SAs of one protocol by SPI: open addressing, so that a lookup per packet boxes nothing.
 * Several SAs may have one SPI, if their addresses tell them apart.
 */
final class SpiTable {
  private final long multiplier;
  private @Nullable SaEntry[] slots = new @Nullable SaEntry[16];
  private int size;

  /** A table with a secret, so that nobody can choose SPIs that all have one place. */
  SpiTable(long secret) {
    this.multiplier = secret | 1;
  }

  int size() {
    return size;
  }

  /**
   * The SA of an arriving packet: of those with its SPI the one that the most fits of (RFC 4301
   * section 4.1).
   *
   * @param key of the packet, whose destination is local
   */
  @Nullable SaEntry find(int spi, FlowKey key) {
    SaEntry longest = null;
    SaEntry entry;
    for (int slot = slotOf(spi); (entry = slots[slot]) != null; slot = next(slot)) {
      if (entry.spi == spi
          && (longest == null || entry.identifier.compareTo(longest.identifier) > 0)
          && entry.hasAddresses(key)) {
        longest = entry;
      }
    }
    return longest;
  }

  /** The oldest SA of an SPI, whatever its addresses. */
  @Nullable SaEntry first(int spi) {
    SaEntry entry;
    for (int slot = slotOf(spi); (entry = slots[slot]) != null; slot = next(slot)) {
      if (entry.spi == spi) {
        return entry;
      }
    }
    return null;
  }

  /** Whether an SA is there that packets of a new one could be taken for. */
  boolean collides(SaEntry added) {
    SaEntry entry;
    for (int slot = slotOf(added.spi); (entry = slots[slot]) != null; slot = next(slot)) {
      if (entry.collidesWith(added)) {
        return true;
      }
    }
    return false;
  }

  /** Adds an SA that does not collide. */
  void add(SaEntry added) {
    if (2 * (size + 1) > slots.length) {
      place(entries(), new @Nullable SaEntry[2 * slots.length]);
    }
    place(added);
    size++;
  }

  /** Takes an SA out; removals are rare, so the rest is placed anew. */
  void remove(SaEntry removed) {
    List<SaEntry> rest = entries();
    rest.remove(removed);
    size = rest.size();
    Arrays.fill(slots, null);
    place(rest, slots);
  }

  /** The SAs; those of one SPI in the order in which they came. */
  private List<SaEntry> entries() {
    List<SaEntry> entries = new ArrayList<>(size);
    int start = 0; // behind a free slot, so that no chain is cut
    while (slots[start] != null) {
      start++;
    }
    for (int i = 1; i <= slots.length; i++) {
      SaEntry entry = slots[start + i & slots.length - 1];
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private void place(List<SaEntry> entries, @Nullable SaEntry[] into) {
    slots = into;
    entries.forEach(this::place);
  }

  private void place(SaEntry entry) {
    int slot = slotOf(entry.spi);
    while (slots[slot] != null) {
      slot = next(slot);
    }
    slots[slot] = entry;
  }

  private int next(int slot) {
    return slot + 1 & slots.length - 1;
  }

  private int slotOf(int spi) {
    return slotOf(spi, multiplier, slots.length);
  }

  /**
   * The highest bits of the product: multiply-shift hashing, which is universal.
   *
   * @param multiplier an odd number
   * @param slots how many there are, a power of two
   */
  static int slotOf(int spi, long multiplier, int slots) {
    return (int) ((spi * multiplier) >>> (Integer.numberOfLeadingZeros(slots) + 33));
  }
}
