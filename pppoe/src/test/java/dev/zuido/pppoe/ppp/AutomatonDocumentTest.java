package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.pppoe.ppp.AutomatonTable.Cell;
import dev.zuido.pppoe.ppp.AutomatonTable.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/ppp-states.md} is what the table says. It is written anew by this test with {@code
 * -Dzuido.write.docs=true}.
 */
final class AutomatonDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("zuido.basedir", ""))
          .toAbsolutePath()
          .resolve("../docs/ppp-states.md")
          .normalize();

  @Test
  void theDocumentIsWhatTheTableSays() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("zuido.write.docs")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(
        expected,
        Files.readString(DOCUMENT),
        "run AutomatonDocumentTest with -Dzuido.write.docs=true to write it anew");
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append("# State machine of PPP\n\n");
    text.append(
        "Written by `AutomatonDocumentTest` from the table that LCP, IPCP and IPv6CP run\n");
    text.append(
        "on (`dev.zuido.pppoe.ppp.AutomatonTable`): RFC 1661 section 4.1. A cell has the\n");
    text.append("actions and the state that results; a dash is an event that cannot occur, and\n");
    text.append(
        "changes nothing. The events are those of the RFC's table, as are the actions.\n\n");
    text.append("| event |");
    for (AutomatonState state : AutomatonState.values()) {
      text.append(' ').append(state.ordinal()).append(' ').append(state).append(" |");
    }
    text.append("\n|---|");
    text.append("---|".repeat(AutomatonState.values().length)).append('\n');
    for (AutomatonEvent event : AutomatonEvent.values()) {
      text.append("| ").append(event.rfcName()).append(" |");
      for (AutomatonState state : AutomatonState.values()) {
        text.append(' ').append(describe(AutomatonTable.find(state, event))).append(" |");
      }
      text.append('\n');
    }
    text.append("\nNotes:\n\n");
    text.append("- p: passive option: the lower layer is kept and the peer is waited for. Links\n");
    text.append("  over Ethernet do not use it.\n");
    text.append("- r: restart option: a Down and an Up follow. A link does not use it:\n");
    text.append("  `PppLink.open` on an open link changes nothing.\n");
    text.append("- x: crossed connection: a second answer to a request that was answered. As\n");
    text.append(
        "  section 4.3 has it, such a packet is out of sequence: it is counted and dropped\n");
    text.append("  before it becomes an event.\n");
    return text.toString();
  }

  private static String describe(Cell cell) {
    if (cell == null) {
      return "-";
    }
    String actions =
        cell.actions().stream().map(AutomatonAction::rfcName).collect(Collectors.joining(","));
    String note =
        cell.mark() == Mark.NONE
            ? ""
            : switch (cell.mark()) {
              case PASSIVE -> "p";
              case RESTART -> "r";
              default -> "x";
            };
    return (actions.isEmpty() ? "" : actions + "/") + cell.next().ordinal() + note;
  }
}
