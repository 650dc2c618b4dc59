package dev.zuido.fuzz.pppoe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.AccessConcentrator;
import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.PppoeState;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A client and a concentrator on a line on which an attacker sees and says everything.
 *
 * <p>The input is a list of frames, each with two bytes of length, a byte that says how it comes,
 * and its bytes. Bits 0 and 1: 0 the whole frame; 1 the tags of a discovery packet to the client; 2
 * those of one to the concentrator; 3 a PPP packet in the session, to both. Bit 2: Host-Uniq is put
 * before the tags. Bit 3: from a station that is neither. Bits 4 to 6: the code, or how many
 * seconds pass before. What is not the input's is right: addresses, version, length, session.
 */
final class FuzzedLine {
  static final long SECOND = 1_000_000_000L;
  static final MacAddress STATION = MacAddress.parse("02:00:00:00:00:01");
  static final MacAddress CONCENTRATOR = MacAddress.parse("02:00:00:00:00:02");
  private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:03");
  private static final int[] CODES = {0x07, 0x09, 0x19, 0x65, 0xa7, 0xd3, 0xff, 0x01};
  private static final ByteString SECRET = ByteString.ofHex("736563726574");
  private static final int MOST_FRAMES = 24;
  private static final int MOST_BYTES = 1600;

  /** Enough for all PADIs of an attempt and for the longest back-off. */
  private static final long PATIENCE = 600 * SECOND;

  final List<ByteString> seen = new ArrayList<>();
  private final ArrayDeque<ByteString> underway = new ArrayDeque<>();
  private final PppoeClient client;
  private final AccessConcentrator concentrator;
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);
  private ByteString hostUniq = ByteString.EMPTY;
  private boolean silent;
  private long now = SECOND;

  FuzzedLine() {
    VirtualNetwork random = new VirtualNetwork(1);
    PppConfig caller =
        PppConfig.caller(
            new Credential("a", SECRET),
            new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, true, List.of()));
    client =
        new PppoeClient(
            PppoeClientConfig.of(STATION, caller.withTrace(true).withIpv6InterfaceId(1L)),
            random.secureRandom("client"),
            random.random("client"));
    PppConfig server =
        PppConfig.server(
            "ac",
            name -> name.equals("a") ? SECRET : null,
            new PppConfig.IpcpConfig(
                Ipv4Address.of(10, 0, 0, 1),
                false,
                null,
                false,
                List.of(Ipv4Address.of(10, 0, 0, 2))));
    concentrator =
        new AccessConcentrator(
            new AccessConcentratorConfig(
                CONCENTRATOR,
                "ac",
                List.of("a"),
                1500,
                4,
                2,
                server,
                name -> Ipv4Address.of(10, 0, 0, 3)),
            random.secureRandom("concentrator"));
  }

  /** The client has sent its PADI, which nobody has got. */
  void initiate() {
    silent = true;
    client.dial(now);
    settle();
    silent = false;
  }

  /** Client and concentrator have a session. */
  void dialIn() {
    client.dial(now);
    settle();
    assertTrue(client.isIpv4Up());
  }

  /** Sends what the input says, and shows all there is after each frame. */
  void attack(byte[] input) {
    int at = 0;
    for (int i = 0; i < MOST_FRAMES && at + 3 <= input.length; i++) {
      int length = Math.min(BigEndian.getUnsignedShort(input, at), input.length - at - 3);
      int how = input[at + 2] & 0xff;
      byte[] bytes = Arrays.copyOfRange(input, at + 3, at + 3 + Math.min(length, MOST_BYTES));
      inject(how, bytes);
      at += 3 + length;
      assertTrue(!client.snapshot(now).toString().isEmpty());
      assertTrue(concentrator.sessions() <= 4);
    }
  }

  private void inject(int how, byte[] bytes) {
    boolean other = (how & 8) != 0;
    int argument = how >> 4 & 7;
    switch (how & 3) {
      case 0 -> {
        run(argument * SECOND);
        deliver(ByteString.of(bytes));
      }
      case 1 ->
          deliver(
              discovery(STATION, other ? OTHER : CONCENTRATOR, CODES[argument], tags(how, bytes)));
      case 2 ->
          deliver(
              discovery(CONCENTRATOR, other ? OTHER : STATION, CODES[argument], tags(how, bytes)));
      default -> {
        run(argument * SECOND);
        deliver(frame(STATION, other ? OTHER : CONCENTRATOR, 0x8864, 0, bytes));
        deliver(frame(CONCENTRATOR, other ? OTHER : STATION, 0x8864, 0, bytes));
      }
    }
    settle();
  }

  private byte[] tags(int how, byte[] bytes) {
    if ((how & 4) == 0) {
      return bytes;
    }
    byte[] uniq = hostUniq.toArray();
    byte[] tags = new byte[4 + uniq.length + bytes.length];
    BigEndian.putShort(tags, 0, 0x103);
    BigEndian.putShort(tags, 2, uniq.length);
    System.arraycopy(uniq, 0, tags, 4, uniq.length);
    System.arraycopy(bytes, 0, tags, 4 + uniq.length, bytes.length);
    return tags;
  }

  private ByteString discovery(MacAddress to, MacAddress from, int code, byte[] tags) {
    return frame(to, from, 0x8863, code, tags);
  }

  private ByteString frame(MacAddress to, MacAddress from, int type, int code, byte[] payload) {
    byte[] frame = new byte[20 + payload.length];
    EthernetFields.put(frame, 0, to, from, type);
    frame[14] = 0x11;
    frame[15] = (byte) code;
    boolean inSession = code == 0 || code == 0x65 || code == 0xa7;
    int session = client.snapshot(now).sessionId();
    BigEndian.putShort(frame, 16, inSession ? session == 0 ? 1 : session : 0);
    BigEndian.putShort(frame, 18, payload.length);
    System.arraycopy(payload, 0, frame, 20, payload.length);
    return ByteString.of(frame);
  }

  /** When the attack is over, the client gets its session. */
  void recover() {
    long until = now + PATIENCE;
    while (now < until && client.snapshot(now).state() != PppoeState.UP) {
      run(SECOND);
    }
    run(10 * SECOND);
    assertTrue(client.snapshot(now).state() == PppoeState.UP, () -> "" + client.snapshot(now));
  }

  private void run(long nanos) {
    long until = now + nanos;
    for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
      now = Math.max(now, next);
      client.handleTimeout(now);
      concentrator.handleTimeout(now);
      settle();
    }
    now = until;
  }

  private long nextDeadline() {
    return Math.min(client.nextDeadline(), concentrator.nextDeadline());
  }

  private void deliver(ByteString frame) {
    PacketBatch toClient = new PacketBatch(1, MOST_BYTES + 64, 128, 64);
    toClient.add(frame.toArray(), 0, frame.length());
    client.decapsulate(toClient, now);
    PacketBatch toConcentrator = new PacketBatch(1, MOST_BYTES + 64, 128, 64);
    toConcentrator.add(frame.toArray(), 0, frame.length());
    concentrator.decapsulate(toConcentrator, now);
  }

  private void settle() {
    int most = 10_000;
    do {
      drain();
      ByteString frame = underway.poll();
      if (frame != null && !silent) {
        deliver(frame);
      }
      assertTrue(most-- > 0, "they never stop talking");
      drain();
    } while (!underway.isEmpty());
  }

  private void drain() {
    for (PppoeOutput o = client.poll(out); o != null; o = client.poll(out)) {
      assertTrue(!o.toString().contains("736563726574"));
      if (o instanceof PppoeOutput.Transmit transmit) {
        send(transmit.length());
      }
      out.clear();
    }
    for (ConcentratorOutput o = concentrator.poll(out); o != null; o = concentrator.poll(out)) {
      if (o instanceof ConcentratorOutput.Transmit transmit) {
        send(transmit.length());
      }
      out.clear();
    }
  }

  private void send(int length) {
    ByteString frame = ByteString.read(out, length);
    byte[] bytes = frame.toArray();
    if (bytes[13] == 0x63 && bytes[15] == 0x09) {
      hostUniq = frame.slice(28, frame.length() - 28);
    }
    seen.add(frame);
    underway.add(frame);
  }
}
