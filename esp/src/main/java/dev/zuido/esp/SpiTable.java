package dev.zuido.esp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inbound SAs by SPI: open addressing, so that a lookup per packet boxes nothing. */
final class SpiTable {
  private InboundSa[] slots = new InboundSa[16];
  private int size;

  int size() {
    return size;
  }

  @Nullable InboundSa find(int spi) {
    for (int slot = slotOf(spi); slots[slot] != null; slot = slot + 1 & slots.length - 1) {
      if (slots[slot].parameters().spi() == spi) {
        return slots[slot];
      }
    }
    return null;
  }

  /** Adds an SA whose SPI is not there. */
  void add(InboundSa association) {
    if (2 * (size + 1) > slots.length) {
      InboundSa[] old = slots;
      slots = new InboundSa[2 * old.length];
      for (InboundSa entry : old) {
        if (entry != null) {
          place(entry);
        }
      }
    }
    place(association);
    size++;
  }

  private void place(InboundSa association) {
    int slot = slotOf(association.parameters().spi());
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = association;
  }

  /** Takes an SA out; removals are rare, so the rest is placed anew. */
  void remove(InboundSa association) {
    List<InboundSa> rest = new ArrayList<>(size);
    for (InboundSa entry : slots) {
      if (entry != null && entry != association) {
        rest.add(entry);
      }
    }
    Arrays.fill(slots, null);
    size = rest.size();
    rest.forEach(this::place);
  }

  private int slotOf(int spi) {
    int hash = spi * 0x9e37_79b9;
    return hash >>> 16 & slots.length - 1;
  }
}
