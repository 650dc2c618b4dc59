package dev.zuido.examples.minimal.gre;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Sends a packet through a GRE tunnel: encapsulates it at one end, decapsulates it at the other.
 */
public final class ThroughTunnel {
  private ThroughTunnel() {}

  /** Prints the packet before, inside and behind the tunnel. */
  public static void main(String[] args) {
    Ipv4Address west = Ipv4Address.parse("192.0.2.1");
    Ipv4Address east = Ipv4Address.parse("198.51.100.1");
    GreTunnel atWest = new GreTunnel(GreTunnelConfig.of(west, east).withKey(7));
    GreTunnel atEast = new GreTunnel(GreTunnelConfig.of(east, west).withKey(7));

    // A batch keeps room around each packet, so that headers go before it without copying.
    PacketBatch batch = PacketBatch.ofOne(1500);
    byte[] packet = packet("hello from the LAN");
    batch.add(packet, 0, packet.length);
    System.out.println("inner     " + ByteString.of(packet));

    // Each packet gets a verdict; dropped ones stay in the batch and no longer pass.
    atWest.encapsulate(batch);
    System.out.println(batch.verdict(0) + " " + ByteString.of(batch.copy(0)));

    atEast.decapsulate(batch);
    System.out.println(batch.verdict(0) + " " + ByteString.of(batch.copy(0)));
    System.out.println("counted at the east end: " + atEast.received());

    if (!ByteString.of(batch.copy(0)).equals(ByteString.of(packet))) {
      throw new IllegalStateException("the packet has changed on its way");
    }
  }

  private static byte[] packet(String text) {
    Ipv4Address from = Ipv4Address.parse("10.1.1.1");
    Ipv4Address to = Ipv4Address.parse("10.1.2.1");
    byte[] bytes = new byte[Ipv4Header.MIN_LENGTH + text.length()];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
    Ipv4Header.of(IpProtocol.UDP, 64, from, to, text.length()).encode(out);
    ByteString.of(text.getBytes(StandardCharsets.US_ASCII)).write(out);
    return bytes;
  }
}
