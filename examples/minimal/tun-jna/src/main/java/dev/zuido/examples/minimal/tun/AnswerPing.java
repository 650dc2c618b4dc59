package dev.zuido.examples.minimal.tun;

import dev.zuido.tun.InMemoryTunDevice;
import dev.zuido.tun.TunDevice;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IcmpMessage;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Answers a ping that the host routes to a TUN device; this host is the program itself. */
public final class AnswerPing {
  private AnswerPing() {}

  /** Prints the request as it is received and the reply as the host gets it. */
  public static void main(String[] args) throws MalformedPacketException {
    Ipv4Address host = Ipv4Address.parse("10.0.0.1");
    Ipv4Address pinged = Ipv4Address.parse("10.0.0.2");
    ByteString data = ByteString.of("ping".getBytes(StandardCharsets.US_ASCII));
    try (InMemoryTunDevice device = new InMemoryTunDevice("tun0", 1500)) {
      device.inject(packet(host, pinged, new IcmpMessage.EchoRequest(1, 1, data)));
      answer(device);
      byte[] reply = device.drain();
      if (reply == null) {
        throw new IllegalStateException("no answer");
      }
      ByteBuf in = Unpooled.wrappedBuffer(reply);
      System.out.println(
          "reply from " + Ipv4Header.decode(in).source() + ": " + IcmpMessage.decode(in));
      System.out.println(device.statistics());
    }
  }

  /** Answers the echo requests among the packets that wait. A real device works the same way. */
  private static void answer(TunDevice device) throws MalformedPacketException {
    PacketBatch received =
        new PacketBatch(
            16, device.mtu(), PacketBatch.DEFAULT_HEADROOM, PacketBatch.DEFAULT_TAILROOM);
    device.receive(received); // never blocks: takes what is there
    PacketBatch replies = PacketBatch.ofOne(device.mtu());
    for (int i = 0; i < received.size(); i++) {
      ByteBuf in = Unpooled.wrappedBuffer(received.slab(), received.offset(i), received.length(i));
      Ipv4Header ip = Ipv4Header.decode(in);
      if (IcmpMessage.decode(in) instanceof IcmpMessage.EchoRequest request) {
        System.out.println("request from " + ip.source() + ": " + request);
        byte[] reply = packet(ip.destination(), ip.source(), request.reply());
        replies.clear();
        replies.add(reply, 0, reply.length);
        device.send(replies);
      }
    }
  }

  private static byte[] packet(Ipv4Address from, Ipv4Address to, IcmpMessage message) {
    Ipv4Header header = Ipv4Header.of(IpProtocol.ICMP, 64, from, to, message.encodedLength());
    byte[] bytes = new byte[header.totalLength()];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
    header.encode(out);
    message.encode(out);
    return bytes;
  }
}
