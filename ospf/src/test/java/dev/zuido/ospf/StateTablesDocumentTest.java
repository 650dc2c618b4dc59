package dev.zuido.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.StateTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/ospf-states.md} is what the state tables say. It is written anew by this test with
 * {@code -Dzuido.write.docs=true}.
 */
final class StateTablesDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("zuido.basedir", ""))
          .toAbsolutePath()
          .resolve("../docs/ospf-states.md")
          .normalize();

  @Test
  void theDocumentIsWhatTheTablesSay() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("zuido.write.docs")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(
        expected,
        Files.readString(DOCUMENT),
        "run StateTablesDocumentTest with -Dzuido.write.docs=true to write it anew");
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append("# State machines of OSPF\n\n");
    text.append("Written by `StateTablesDocumentTest` from the tables that the engine runs on\n");
    text.append("(`dev.zuido.ospf.StateMachines`). `OspfEngine.transitions()` counts how often\n");
    text.append("each row was taken. An event for which the row of a state is missing changes\n");
    text.append("nothing. Of two rows that apply, the first does.\n");
    for (StateMachines.Machine<?, ?, ?> machine : StateMachines.all()) {
      append(machine, text);
    }
    return text.toString();
  }

  private static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> void append(
      StateMachines.Machine<S, E, A> machine, StringBuilder text) {
    text.append("\n## ")
        .append(machine.name())
        .append(" (")
        .append(machine.section())
        .append(")\n");
    text.append("\n| state | event | action | new state | where |\n|---|---|---|---|---|\n");
    for (Row<S, E, A> row : machine.table().rows()) {
      text.append("| ").append(names(row.states()));
      text.append(" | ").append(row.event());
      text.append(" | ").append(row.action());
      text.append(" | ").append(describe(row.next()));
      text.append(" | ").append(machine.sectionOf(row)).append(" |\n");
    }
  }

  private static <S extends Enum<S>> String describe(NextState<S> next) {
    if (next instanceof NextState.To<S> to) {
      return to.state().name();
    }
    if (next instanceof NextState.OneOf<S> oneOf) {
      return names(oneOf.states());
    }
    return "unchanged";
  }

  /** The states in their order; "any" if it is all of them. */
  private static <S extends Enum<S>> String names(Set<S> states) {
    List<S> ordered = states.stream().sorted(Comparator.naturalOrder()).toList();
    int all = ordered.get(0).getDeclaringClass().getEnumConstants().length;
    return ordered.size() == all
        ? "any"
        : ordered.stream().map(Enum::name).collect(Collectors.joining(", "));
  }
}
