package dev.zuido.pppoe.ppp;

import static dev.zuido.pppoe.ppp.AutomatonAction.IRC;
import static dev.zuido.pppoe.ppp.AutomatonAction.SCA;
import static dev.zuido.pppoe.ppp.AutomatonAction.SCJ;
import static dev.zuido.pppoe.ppp.AutomatonAction.SCN;
import static dev.zuido.pppoe.ppp.AutomatonAction.SCR;
import static dev.zuido.pppoe.ppp.AutomatonAction.SER;
import static dev.zuido.pppoe.ppp.AutomatonAction.STA;
import static dev.zuido.pppoe.ppp.AutomatonAction.STR;
import static dev.zuido.pppoe.ppp.AutomatonAction.TLD;
import static dev.zuido.pppoe.ppp.AutomatonAction.TLF;
import static dev.zuido.pppoe.ppp.AutomatonAction.TLS;
import static dev.zuido.pppoe.ppp.AutomatonAction.TLU;
import static dev.zuido.pppoe.ppp.AutomatonAction.ZRC;
import static dev.zuido.pppoe.ppp.AutomatonState.ACK_RCVD;
import static dev.zuido.pppoe.ppp.AutomatonState.ACK_SENT;
import static dev.zuido.pppoe.ppp.AutomatonState.CLOSED;
import static dev.zuido.pppoe.ppp.AutomatonState.CLOSING;
import static dev.zuido.pppoe.ppp.AutomatonState.INITIAL;
import static dev.zuido.pppoe.ppp.AutomatonState.OPENED;
import static dev.zuido.pppoe.ppp.AutomatonState.REQ_SENT;
import static dev.zuido.pppoe.ppp.AutomatonState.STARTING;
import static dev.zuido.pppoe.ppp.AutomatonState.STOPPED;
import static dev.zuido.pppoe.ppp.AutomatonState.STOPPING;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state transition table of the option negotiation automaton (RFC 1661 section 4.1).
 *
 * <p>It is data: LCP, IPCP and IPv6CP run on it, the tests take a case from each cell, and {@code
 * docs/ppp-states.md} is written from it. A state and an event without a cell are what the RFC
 * marks with a dash: an event that cannot occur, which changes nothing.
 */
public final class AutomatonTable {
  /** A footnote to a cell. */
  public enum Mark {
    /** No footnote. */
    NONE,
    /** [p]: with the passive option the lower layer is kept and the peer is waited for. */
    PASSIVE,
    /** [r]: with the restart option a Down and an Up follow. */
    RESTART,
    /** [x]: a second answer to a request that was answered: a crossed connection. */
    CROSSED
  }

  /**
   * A cell of the table.
   *
   * @param state the state in which the event occurs
   * @param event the event
   * @param actions what is done, in the RFC's order
   * @param next the state that results
   * @param mark the footnote
   */
  public record Cell(
      AutomatonState state,
      AutomatonEvent event,
      List<AutomatonAction> actions,
      AutomatonState next,
      Mark mark) {
    /** Copies the actions. */
    public Cell {
      actions = List.copyOf(actions);
    }
  }

  private static final List<AutomatonState> NEGOTIATING = List.of(REQ_SENT, ACK_RCVD, ACK_SENT);
  private static final Map<AutomatonState, Map<AutomatonEvent, Cell>> INDEX =
      new EnumMap<>(AutomatonState.class);
  private static final List<Cell> CELLS = new ArrayList<>();

  static {
    cell(INITIAL, AutomatonEvent.UP, CLOSED);
    cell(STARTING, AutomatonEvent.UP, REQ_SENT, IRC, SCR);

    cell(CLOSED, AutomatonEvent.DOWN, INITIAL);
    cell(STOPPED, AutomatonEvent.DOWN, STARTING, TLS);
    cell(CLOSING, AutomatonEvent.DOWN, INITIAL);
    cell(STOPPING, AutomatonEvent.DOWN, STARTING);
    NEGOTIATING.forEach(state -> cell(state, AutomatonEvent.DOWN, STARTING));
    cell(OPENED, AutomatonEvent.DOWN, STARTING, TLD);

    cell(INITIAL, AutomatonEvent.OPEN, STARTING, TLS);
    cell(STARTING, AutomatonEvent.OPEN, STARTING);
    cell(CLOSED, AutomatonEvent.OPEN, REQ_SENT, IRC, SCR);
    marked(STOPPED, AutomatonEvent.OPEN, STOPPED, Mark.RESTART);
    marked(CLOSING, AutomatonEvent.OPEN, STOPPING, Mark.RESTART);
    marked(STOPPING, AutomatonEvent.OPEN, STOPPING, Mark.RESTART);
    stay(AutomatonEvent.OPEN, REQ_SENT, ACK_RCVD, ACK_SENT);
    marked(OPENED, AutomatonEvent.OPEN, OPENED, Mark.RESTART);

    cell(INITIAL, AutomatonEvent.CLOSE, INITIAL);
    cell(STARTING, AutomatonEvent.CLOSE, INITIAL, TLF);
    cell(CLOSED, AutomatonEvent.CLOSE, CLOSED);
    cell(STOPPED, AutomatonEvent.CLOSE, CLOSED);
    cell(CLOSING, AutomatonEvent.CLOSE, CLOSING);
    cell(STOPPING, AutomatonEvent.CLOSE, CLOSING);
    NEGOTIATING.forEach(state -> cell(state, AutomatonEvent.CLOSE, CLOSING, IRC, STR));
    cell(OPENED, AutomatonEvent.CLOSE, CLOSING, TLD, IRC, STR);

    cell(CLOSING, AutomatonEvent.TIMEOUT, CLOSING, STR);
    cell(STOPPING, AutomatonEvent.TIMEOUT, STOPPING, STR);
    cell(REQ_SENT, AutomatonEvent.TIMEOUT, REQ_SENT, SCR);
    cell(ACK_RCVD, AutomatonEvent.TIMEOUT, REQ_SENT, SCR);
    cell(ACK_SENT, AutomatonEvent.TIMEOUT, ACK_SENT, SCR);

    cell(CLOSING, AutomatonEvent.TIMEOUT_EXPIRED, CLOSED, TLF);
    cell(STOPPING, AutomatonEvent.TIMEOUT_EXPIRED, STOPPED, TLF);
    NEGOTIATING.forEach(
        state -> marked(state, AutomatonEvent.TIMEOUT_EXPIRED, STOPPED, Mark.PASSIVE, TLF));

    cell(CLOSED, AutomatonEvent.GOOD_REQUEST, CLOSED, STA);
    cell(STOPPED, AutomatonEvent.GOOD_REQUEST, ACK_SENT, IRC, SCR, SCA);
    stay(AutomatonEvent.GOOD_REQUEST, CLOSING, STOPPING);
    cell(REQ_SENT, AutomatonEvent.GOOD_REQUEST, ACK_SENT, SCA);
    cell(ACK_RCVD, AutomatonEvent.GOOD_REQUEST, OPENED, SCA, TLU);
    cell(ACK_SENT, AutomatonEvent.GOOD_REQUEST, ACK_SENT, SCA);
    cell(OPENED, AutomatonEvent.GOOD_REQUEST, ACK_SENT, TLD, SCR, SCA);

    cell(CLOSED, AutomatonEvent.BAD_REQUEST, CLOSED, STA);
    cell(STOPPED, AutomatonEvent.BAD_REQUEST, REQ_SENT, IRC, SCR, SCN);
    stay(AutomatonEvent.BAD_REQUEST, CLOSING, STOPPING);
    cell(REQ_SENT, AutomatonEvent.BAD_REQUEST, REQ_SENT, SCN);
    cell(ACK_RCVD, AutomatonEvent.BAD_REQUEST, ACK_RCVD, SCN);
    cell(ACK_SENT, AutomatonEvent.BAD_REQUEST, REQ_SENT, SCN);
    cell(OPENED, AutomatonEvent.BAD_REQUEST, REQ_SENT, TLD, SCR, SCN);

    cell(CLOSED, AutomatonEvent.ACK, CLOSED, STA);
    cell(STOPPED, AutomatonEvent.ACK, STOPPED, STA);
    stay(AutomatonEvent.ACK, CLOSING, STOPPING);
    cell(REQ_SENT, AutomatonEvent.ACK, ACK_RCVD, IRC);
    marked(ACK_RCVD, AutomatonEvent.ACK, REQ_SENT, Mark.CROSSED, SCR);
    cell(ACK_SENT, AutomatonEvent.ACK, OPENED, IRC, TLU);
    marked(OPENED, AutomatonEvent.ACK, REQ_SENT, Mark.CROSSED, TLD, SCR);

    cell(CLOSED, AutomatonEvent.NAK, CLOSED, STA);
    cell(STOPPED, AutomatonEvent.NAK, STOPPED, STA);
    stay(AutomatonEvent.NAK, CLOSING, STOPPING);
    cell(REQ_SENT, AutomatonEvent.NAK, REQ_SENT, IRC, SCR);
    marked(ACK_RCVD, AutomatonEvent.NAK, REQ_SENT, Mark.CROSSED, SCR);
    cell(ACK_SENT, AutomatonEvent.NAK, ACK_SENT, IRC, SCR);
    marked(OPENED, AutomatonEvent.NAK, REQ_SENT, Mark.CROSSED, TLD, SCR);

    for (AutomatonState state : List.of(CLOSED, STOPPED, CLOSING, STOPPING)) {
      cell(state, AutomatonEvent.TERMINATE_REQUEST, state, STA);
    }
    NEGOTIATING.forEach(state -> cell(state, AutomatonEvent.TERMINATE_REQUEST, REQ_SENT, STA));
    cell(OPENED, AutomatonEvent.TERMINATE_REQUEST, STOPPING, TLD, ZRC, STA);

    stay(AutomatonEvent.TERMINATE_ACK, CLOSED, STOPPED);
    cell(CLOSING, AutomatonEvent.TERMINATE_ACK, CLOSED, TLF);
    cell(STOPPING, AutomatonEvent.TERMINATE_ACK, STOPPED, TLF);
    cell(REQ_SENT, AutomatonEvent.TERMINATE_ACK, REQ_SENT);
    cell(ACK_RCVD, AutomatonEvent.TERMINATE_ACK, REQ_SENT);
    cell(ACK_SENT, AutomatonEvent.TERMINATE_ACK, ACK_SENT);
    cell(OPENED, AutomatonEvent.TERMINATE_ACK, REQ_SENT, TLD, SCR);

    for (AutomatonState state : AutomatonState.values()) {
      if (state.compareTo(CLOSED) >= 0) {
        cell(state, AutomatonEvent.UNKNOWN_CODE, state, SCJ);
      }
    }

    stay(AutomatonEvent.REJECT_PERMITTED, CLOSED, STOPPED, CLOSING, STOPPING, REQ_SENT);
    cell(ACK_RCVD, AutomatonEvent.REJECT_PERMITTED, REQ_SENT);
    stay(AutomatonEvent.REJECT_PERMITTED, ACK_SENT, OPENED);

    cell(CLOSED, AutomatonEvent.REJECT_CATASTROPHIC, CLOSED, TLF);
    cell(STOPPED, AutomatonEvent.REJECT_CATASTROPHIC, STOPPED, TLF);
    cell(CLOSING, AutomatonEvent.REJECT_CATASTROPHIC, CLOSED, TLF);
    cell(STOPPING, AutomatonEvent.REJECT_CATASTROPHIC, STOPPED, TLF);
    NEGOTIATING.forEach(state -> cell(state, AutomatonEvent.REJECT_CATASTROPHIC, STOPPED, TLF));
    cell(OPENED, AutomatonEvent.REJECT_CATASTROPHIC, STOPPING, TLD, IRC, STR);

    stay(AutomatonEvent.ECHO, CLOSED, STOPPED, CLOSING, STOPPING, REQ_SENT, ACK_RCVD, ACK_SENT);
    cell(OPENED, AutomatonEvent.ECHO, OPENED, SER);
  }

  private AutomatonTable() {}

  /** All cells, by event and then by state. */
  public static List<Cell> cells() {
    return List.copyOf(CELLS);
  }

  /** The cell for an event in a state; null where the RFC has a dash. */
  public static @Nullable Cell find(AutomatonState state, AutomatonEvent event) {
    Map<AutomatonEvent, Cell> row = INDEX.get(state);
    return row == null ? null : row.get(event);
  }

  private static void stay(AutomatonEvent event, AutomatonState... states) {
    for (AutomatonState state : states) {
      cell(state, event, state);
    }
  }

  private static void cell(
      AutomatonState state, AutomatonEvent event, AutomatonState next, AutomatonAction... actions) {
    marked(state, event, next, Mark.NONE, actions);
  }

  private static void marked(
      AutomatonState state,
      AutomatonEvent event,
      AutomatonState next,
      Mark mark,
      AutomatonAction... actions) {
    Cell cell = new Cell(state, event, List.of(actions), next, mark);
    Map<AutomatonEvent, Cell> row =
        INDEX.computeIfAbsent(state, key -> new EnumMap<>(AutomatonEvent.class));
    if (row.put(event, cell) != null) {
      throw new IllegalStateException("two cells for " + event + " in " + state);
    }
    CELLS.add(cell);
  }
}
