package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.socket.EthernetFilter.Instruction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The program, run as the kernel's manual (networking/filter) describes its instructions. */
final class EthernetFilterTest {
  private static final int TO_US = 0;
  private static final int TO_ALL = 1;
  private static final int TO_A_GROUP = 2;
  private static final int TO_ANOTHER = 3;
  private static final int OUTGOING = 4;

  private static boolean passes(Set<Integer> types, int kind, int type) {
    List<Instruction> program = EthernetFilter.program(types);
    int accumulator = 0;
    int next = 0;
    while (true) {
      Instruction each = program.get(next++);
      switch (each.code()) {
        case 0x30 -> {
          assertEquals(0xfffff004, each.operand());
          accumulator = kind;
        }
        case 0x28 -> {
          assertEquals(12, each.operand());
          accumulator = type;
        }
        case 0x25 -> next += accumulator > each.operand() ? each.ifTrue() : each.ifFalse();
        case 0x15 -> next += accumulator == each.operand() ? each.ifTrue() : each.ifFalse();
        case 0x06 -> {
          assertTrue(each.operand() == 0 || each.operand() > 0xffff);
          return each.operand() != 0;
        }
        default -> throw new AssertionError("instruction " + each);
      }
    }
  }

  @Test
  void takesFramesOfItsTypesThatComeToThisHost() {
    Set<Integer> pppoe = new TreeSet<>(Set.of(0x8863, 0x8864));
    for (int type : pppoe) {
      assertTrue(passes(pppoe, TO_US, type));
      assertTrue(passes(pppoe, TO_ALL, type));
      assertTrue(passes(pppoe, TO_A_GROUP, type));
      assertFalse(passes(pppoe, TO_ANOTHER, type), "of somebody else's capture");
      assertFalse(passes(pppoe, OUTGOING, type), "its own");
    }
    assertFalse(passes(pppoe, TO_US, 0x0800));
    assertFalse(passes(pppoe, TO_ALL, 0x0806));
    assertFalse(passes(pppoe, TO_US, 0x8865));
  }

  @Property
  void takesJustItsTypes(
      @ForAll @Size(min = 1, max = EthernetConfiguration.MAX_TYPES)
          Set<@IntRange(min = 0x600, max = 0xffff) Integer> types,
      @ForAll @IntRange(max = 0xffff) int other,
      @ForAll @IntRange(max = 5) int kind) {
    for (int type : types) {
      assertEquals(kind <= TO_A_GROUP, passes(types, kind, type));
    }
    assertEquals(kind <= TO_A_GROUP && types.contains(other), passes(types, kind, other));
  }
}
