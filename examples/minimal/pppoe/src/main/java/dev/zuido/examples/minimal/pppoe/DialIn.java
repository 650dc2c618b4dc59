package dev.zuido.examples.minimal.pppoe;

import dev.zuido.pppoe.AccessConcentrator;
import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppConfig.IpcpConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** A client dials into an access concentrator and sends a packet: all in one process. */
public final class DialIn {
  private static final ByteString SECRET =
      ByteString.of("correct horse".getBytes(StandardCharsets.US_ASCII));
  private static final Ipv4Address GATEWAY = Ipv4Address.parse("192.0.2.1");
  private static final Ipv4Address CALLER = Ipv4Address.parse("192.0.2.100");

  private final PppoeClient client;
  private final AccessConcentrator concentrator;
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);

  private DialIn(SecureRandom random) {
    IpcpConfig asksForAddress =
        new IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of());
    Credential credential = new Credential("alice", SECRET);
    client =
        new PppoeClient(
            PppoeClientConfig.of(
                MacAddress.parse("02:00:00:00:00:01"),
                PppConfig.caller(credential, asksForAddress)),
            random,
            random);
    IpcpConfig gives = new IpcpConfig(GATEWAY, false, null, false, List.of());
    concentrator =
        new AccessConcentrator(
            new AccessConcentratorConfig(
                MacAddress.parse("02:00:00:00:00:02"),
                "isp",
                List.of("internet"),
                1500,
                100,
                1,
                PppConfig.server("isp", name -> name.equals("alice") ? SECRET : null, gives),
                name -> CALLER),
            random);
  }

  /** Carries frames both ways until nobody has one; a real driver waits for the next deadline. */
  private void carry(long now) {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (PppoeOutput o = client.poll(out); o != null; o = client.poll(out)) {
        busy = true;
        if (o instanceof PppoeOutput.Transmit transmit) {
          concentrator.decapsulate(frame(transmit.length()), now);
        } else {
          System.out.println("client        " + o);
        }
      }
      for (ConcentratorOutput o = concentrator.poll(out); o != null; o = concentrator.poll(out)) {
        busy = true;
        if (o instanceof ConcentratorOutput.Transmit transmit) {
          client.decapsulate(frame(transmit.length()), now);
        }
      }
    }
  }

  private PacketBatch frame(int length) {
    PacketBatch batch = PacketBatch.ofOne(length);
    batch.add(ByteString.read(out, length).toArray(), 0, length);
    out.clear();
    return batch;
  }

  /** Prints how the session comes up, and a packet on its way through it. */
  public static void main(String[] args) {
    DialIn line = new DialIn(new SecureRandom());
    line.client.dial(0);
    line.carry(0);
    if (!line.client.isIpv4Up()) {
      throw new IllegalStateException("the session has not come up");
    }

    byte[] packet = packet("hello from alice");
    PacketBatch batch = PacketBatch.ofOne(1500);
    batch.add(packet, 0, packet.length);
    line.client.encapsulate(batch);
    System.out.println(batch.verdict(0) + "  " + ByteString.of(batch.copy(0)));
    line.concentrator.decapsulate(batch, 0);
    System.out.println(batch.verdict(0) + "  " + ByteString.of(batch.copy(0)));
    if (!ByteString.of(batch.copy(0)).equals(ByteString.of(packet))) {
      throw new IllegalStateException("the packet has changed on its way");
    }

    line.client.hangUp(0);
    line.carry(0);
    System.out.println("sessions left " + line.concentrator.sessions());
  }

  private static byte[] packet(String text) {
    Ipv4Address to = Ipv4Address.parse("198.51.100.7");
    byte[] bytes = new byte[Ipv4Header.MIN_LENGTH + text.length()];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
    Ipv4Header.of(IpProtocol.UDP, 64, CALLER, to, text.length()).encode(out);
    ByteString.of(text.getBytes(StandardCharsets.US_ASCII)).write(out);
    return bytes;
  }
}
