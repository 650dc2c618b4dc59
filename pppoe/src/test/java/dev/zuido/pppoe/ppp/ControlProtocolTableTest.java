package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each cell of RFC 1661's table once more, with a protocol that is brought into the state and given
 * the event by packets and by time as they come.
 */
final class ControlProtocolTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> TOLD = List.of("tlu", "tld", "tlf");
  private static final List<String> SENT =
      List.of("", "scr", "sca", "scn", "scn", "str", "sta", "scj", "", "", "ser");

  static Stream<Arguments> cells() {
    return AutomatonTableTest.cells();
  }

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @MethodSource("cells")
  void theProtocolDoesWhatTheCellSays(AutomatonState state, AutomatonEvent event, String text) {
    Driver driver = new Driver();
    driver.drive(state);
    boolean isPacket = event.compareTo(AutomatonEvent.GOOD_REQUEST) >= 0;
    boolean possible = driver.occur(event);
    Rfc1661Table.Cell expected = Rfc1661Table.cell(state.ordinal(), event.rfcName());
    if (expected == null || expected.note().equals("x") || !possible) {
      // A packet without a lower layer, or a second answer: dropped, and nothing has happened.
      assertEquals(state, driver.protocol.state());
      assertEquals(List.of(), driver.done);
      assertEquals(isPacket && possible ? 1 : 0, driver.drops());
      return;
    }
    assertEquals(expected.next(), driver.protocol.state().ordinal(), text);
    List<String> actions = new ArrayList<>(expected.actions());
    actions.removeAll(List.of("irc", "zrc", "tls"));
    assertEquals(actions, driver.done);
    assertEquals(0, driver.drops());
  }

  /** LCP with what is above it recorded. */
  private static final class Driver implements ControlProtocol.Layer {
    final Core core =
        new Core(
            LinkPair.callerConfig()
                .withTrace(false)
                .withTimers(new PppTimers(SECOND, 2, 2, 5, 0, 5, SECOND, SECOND)),
            new FixedRandom(5));
    final ControlProtocol protocol =
        new ControlProtocol(core, PppProtocol.LCP, new LcpNegotiator(core), this);
    final List<String> done = new ArrayList<>();
    private ControlPacket lastRequest = new ControlPacket(1, 0, ByteString.EMPTY);
    private long now;

    void drive(AutomatonState state) {
      if (state == AutomatonState.INITIAL) {
        return;
      }
      fire(AutomatonEvent.OPEN);
      if (state != AutomatonState.STARTING) {
        fire(AutomatonEvent.UP);
      }
      switch (state) {
        case INITIAL, STARTING, REQ_SENT -> {}
        case CLOSED -> {
          fire(AutomatonEvent.CLOSE);
          occur(AutomatonEvent.TERMINATE_ACK);
        }
        case STOPPED -> {
          time();
          time();
        }
        case CLOSING -> fire(AutomatonEvent.CLOSE);
        case STOPPING -> {
          fire(AutomatonEvent.CLOSE);
          fire(AutomatonEvent.OPEN);
        }
        case ACK_RCVD -> occur(AutomatonEvent.ACK);
        case ACK_SENT -> occur(AutomatonEvent.GOOD_REQUEST);
        case OPENED -> {
          occur(AutomatonEvent.ACK);
          occur(AutomatonEvent.GOOD_REQUEST);
        }
      }
      assertEquals(state, protocol.state());
      assertEquals(0, drops());
      done.clear();
    }

    /** Makes an event happen; false if there is no way to. */
    boolean occur(AutomatonEvent event) {
      ByteString magic = new LcpOption.MagicNumber(0x12345678).toOption().data();
      ByteString good =
          ConfigurationOption.encodeAll(
              List.of(new ConfigurationOption(LcpOption.MAGIC_NUMBER, magic)));
      int reject = 0;
      switch (event) {
        case UP, DOWN, OPEN, CLOSE -> fire(event);
        case TIMEOUT -> {
          if (protocol.deadline() == PppLink.NO_DEADLINE) {
            return false;
          }
          time();
        }
        case TIMEOUT_EXPIRED -> {
          if (protocol.deadline() == PppLink.NO_DEADLINE) {
            return false;
          }
          if (protocol.state() == AutomatonState.ACK_RCVD) {
            // The Ack has set the counter anew, so that no time brings this one about.
            fire(event);
            return true;
          }
          while (!done.contains("tlf")) {
            done.clear();
            time();
          }
        }
        case GOOD_REQUEST -> give(1, 77, good);
        case BAD_REQUEST -> give(1, 78, ByteString.ofHex("0702"));
        case ACK -> give(2, lastRequest.identifier(), lastRequest.data());
        case NAK -> give(3, lastRequest.identifier(), ByteString.ofHex("010405aa"));
        case TERMINATE_REQUEST -> give(5, 79, ByteString.EMPTY);
        case TERMINATE_ACK -> give(6, 80, ByteString.EMPTY);
        case UNKNOWN_CODE -> give(99, 81, ByteString.EMPTY);
        case REJECT_PERMITTED -> reject = 12;
        case REJECT_CATASTROPHIC -> reject = 1;
        case ECHO -> give(9, 82, ByteString.ofHex("12345678"));
      }
      if (reject != 0) {
        give(7, 83, ByteString.of((byte) reject, (byte) 1, (byte) 0, (byte) 4));
      }
      return true;
    }

    private void give(int code, int identifier, ByteString data) {
      protocol.handle(new ControlPacket(code, identifier, data), now);
      drain();
    }

    private void fire(AutomatonEvent event) {
      protocol.fire(event, now);
      drain();
    }

    private void time() {
      now = protocol.deadline();
      assertTrue(now < PppLink.NO_DEADLINE);
      protocol.timeout(now);
      drain();
    }

    private void drain() {
      ByteBuf out = Unpooled.buffer();
      while (true) {
        out.clear();
        PppOutput output = core.poll(out);
        if (output == null) {
          return;
        }
        if (output instanceof PppOutput.Transmit) {
          int code = out.getUnsignedByte(2);
          done.add(SENT.get(code));
          if (code == ControlCode.CONFIGURE_REQUEST) {
            lastRequest = decode(out);
          }
        } else if (output instanceof PppOutput.ProofAccepted mark) {
          done.add(mark.message());
        }
      }
    }

    private static ControlPacket decode(ByteBuf out) {
      try {
        return ControlPacket.decode(out.skipBytes(2));
      } catch (dev.zuido.wire.MalformedPacketException malformed) {
        throw new AssertionError(malformed);
      }
    }

    long drops() {
      return core.drops.snapshot().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Puts a mark between the packets. */
    private void tell(String what) {
      assertTrue(TOLD.contains(what));
      core.output(new PppOutput.ProofAccepted(what));
    }

    @Override
    public void entered(AutomatonState state, long now) {}

    @Override
    public void up(long now) {
      tell("tlu");
    }

    @Override
    public void down(long now) {
      tell("tld");
    }

    @Override
    public void finished(long now) {
      tell("tlf");
    }

    @Override
    public void disagreed(Disagreement why, long now) {
      throw new AssertionError(why);
    }

    @Override
    public boolean handle(ControlPacket packet, long now) {
      if (packet.code() != ControlCode.ECHO_REQUEST) {
        return false;
      }
      protocol.fire(
          AutomatonEvent.ECHO,
          new ControlPacket(ControlCode.ECHO_REPLY, packet.identifier(), packet.data()),
          now);
      return true;
    }
  }
}
