package dev.zuido.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables, written down a second time from the RFC's text: a case for each row. */
final class StateTablesTest {
  private static final List<String> INTERFACE_ROWS =
      List.of(
          "DOWN INTERFACE_UP START [WAITING, POINT_TO_POINT, DR_OTHER]",
          "WAITING BACKUP_SEEN ELECT [DR_OTHER, BACKUP, DR]",
          "WAITING WAIT_TIMER ELECT [DR_OTHER, BACKUP, DR]",
          "DR_OTHER+BACKUP+DR NEIGHBOR_CHANGE ELECT [DR_OTHER, BACKUP, DR]",
          "any INTERFACE_DOWN RESET DOWN",
          "any LOOP_IND RESET LOOPBACK",
          "LOOPBACK UNLOOP_IND NONE DOWN");

  private static final List<String> NEIGHBOR_ROWS =
      List.of(
          "DOWN START SEND_HELLO ATTEMPT",
          "ATTEMPT HELLO_RECEIVED RESTART_INACTIVITY_TIMER INIT",
          "DOWN HELLO_RECEIVED RESTART_INACTIVITY_TIMER INIT",
          "INIT.. HELLO_RECEIVED RESTART_INACTIVITY_TIMER same",
          "INIT TWO_WAY_RECEIVED DECIDE_ADJACENCY [TWO_WAY, EX_START]",
          "EX_START NEGOTIATION_DONE DESCRIBE_DATABASE EXCHANGE",
          "EXCHANGE EXCHANGE_DONE REQUEST_MISSING [LOADING, FULL]",
          "LOADING LOADING_DONE NONE FULL",
          "TWO_WAY ADJ_OK DECIDE_ADJACENCY [TWO_WAY, EX_START]",
          "EX_START.. ADJ_OK RECONSIDER_ADJACENCY [TWO_WAY, EX_START, EXCHANGE, LOADING, FULL]",
          "EXCHANGE.. SEQ_NUMBER_MISMATCH RESTART_EXCHANGE EX_START",
          "EXCHANGE.. BAD_LS_REQ RESTART_EXCHANGE EX_START",
          "any KILL_NBR TEAR_DOWN DOWN",
          "any LL_DOWN TEAR_DOWN DOWN",
          "any INACTIVITY_TIMER TEAR_DOWN DOWN",
          "TWO_WAY.. ONE_WAY_RECEIVED CLEAR_LISTS INIT",
          "TWO_WAY.. TWO_WAY_RECEIVED NONE same",
          "INIT ONE_WAY_RECEIVED NONE same");

  @TestFactory
  Stream<DynamicTest> interfaceRows() {
    return cases(InterfaceStateMachine.table(), INTERFACE_ROWS, InterfaceState.class);
  }

  @TestFactory
  Stream<DynamicTest> neighborRows() {
    return cases(NeighborStateMachine.table(), NEIGHBOR_ROWS, NeighborState.class);
  }

  private static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>>
      Stream<DynamicTest> cases(StateTable<S, E, A> table, List<String> expected, Class<S> states) {
    assertEquals(expected.size(), table.rows().size());
    return Stream.iterate(0, i -> i + 1)
        .limit(expected.size())
        .map(
            i ->
                DynamicTest.dynamicTest(
                    expected.get(i), () -> checkRow(table, i, expected.get(i), states)));
  }

  private static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> void checkRow(
      StateTable<S, E, A> table, int index, String expected, Class<S> states) {
    StateTable.Row<S, E, A> row = table.rows().get(index);
    String[] words = expected.split(" ", 4);
    assertEquals(parse(words[0], states), row.states());
    assertEquals(words[1], row.event().name());
    assertEquals(words[2], row.action().name());
    assertEquals(words[3], describe(row.next()));
    for (S state : EnumSet.allOf(states)) {
      if (row.states().contains(state)) {
        assertSame(row, table.find(state, row.event()));
      }
    }
  }

  private static <S extends Enum<S>> Set<S> parse(String text, Class<S> states) {
    if (text.equals("any")) {
      return EnumSet.allOf(states);
    }
    if (text.endsWith("..")) {
      S low = Enum.valueOf(states, text.substring(0, text.length() - 2));
      EnumSet<S> range = EnumSet.allOf(states);
      range.removeIf(state -> state.compareTo(low) < 0);
      return range;
    }
    EnumSet<S> set = EnumSet.noneOf(states);
    for (String name : text.split("\\+")) {
      set.add(Enum.valueOf(states, name));
    }
    return set;
  }

  private static <S extends Enum<S>> String describe(NextState<S> next) {
    if (next instanceof NextState.To<S> to) {
      return to.state().name();
    }
    if (next instanceof NextState.OneOf<S> oneOf) {
      return new TreeSet<>(oneOf.states()).toString();
    }
    return "same";
  }

  @Test
  void pairsThatTheRfcDoesNotListHaveNoRow() {
    int neighborPairs = 0;
    for (NeighborState state : NeighborState.values()) {
      for (NeighborEvent event : NeighborEvent.values()) {
        neighborPairs += NeighborStateMachine.table().find(state, event) == null ? 0 : 1;
      }
    }
    assertEquals(59, neighborPairs);
    assertNull(NeighborStateMachine.table().find(NeighborState.DOWN, NeighborEvent.ADJ_OK));
    assertNull(
        InterfaceStateMachine.table()
            .find(InterfaceState.POINT_TO_POINT, InterfaceEvent.NEIGHBOR_CHANGE));
  }

  @Test
  void anUnexpectedEventIsDroppedAndCounted() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.command(new OspfCommand.UnloopIndication(1));
    assertEquals(1, peer.dropped(DropReason.UNEXPECTED_EVENT));
    assertEquals(InterfaceState.POINT_TO_POINT, peer.engine.interfaces(peer.now).get(0).state());
  }

  @Test
  void loopbackIndicationAdvertisesTheAddressAsAHostRoute() {
    ScriptedPeer peer = ScriptedPeer.master().toFull();
    peer.command(new OspfCommand.LoopIndication(1));
    assertEquals(InterfaceState.LOOPBACK, peer.engine.interfaces(peer.now).get(0).state());
    assertEquals(NeighborState.DOWN, peer.state());
    peer.run(6 * SimulatedNet.SECOND);
    var body = (dev.zuido.ospf.lsa.RouterLsa) peer.ownLsa().body();
    assertEquals(1, body.links().size());
    assertEquals(ScriptedPeer.ENGINE_ADDRESS, body.links().get(0).linkId());
    assertEquals(0, body.links().get(0).metric());
    peer.command(new OspfCommand.UnloopIndication(1));
    peer.command(new OspfCommand.InterfaceUp(1));
    assertEquals(InterfaceState.POINT_TO_POINT, peer.engine.interfaces(peer.now).get(0).state());
  }
}
