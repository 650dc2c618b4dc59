package dev.zuido.examples.minimal.wire;

import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.UdpHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes an IPv4 packet with a UDP datagram inside, and then a damaged copy of it. */
public final class DecodeUdp {
  private static final byte[] PACKET =
      HexFormat.of()
          .parseHex(
              "450000291234400040113c26c0000201c6336435" // IPv4
                  + "c35000350015c684" // UDP
                  + "77686f206973207a7569646f3f"); // payload

  private DecodeUdp() {}

  /** Prints both headers, the payload, and what is wrong with the damaged copy. */
  public static void main(String[] args) throws MalformedPacketException {
    ByteBuf in = Unpooled.copiedBuffer(PACKET);
    Ipv4Header ip = Ipv4Header.decode(in); // checks version, lengths and the header checksum
    int datagram = in.readerIndex();
    UdpHeader udp = UdpHeader.decode(in); // the reader index now stands at the payload
    System.out.println(ip);
    System.out.println(udp);
    System.out.println(in.toString(StandardCharsets.US_ASCII));

    // UDP's checksum covers the addresses as well, so it is verified against them.
    if (!udp.verify(ip.source(), ip.destination(), in, datagram)) {
      throw new IllegalStateException("the UDP checksum is wrong");
    }

    in.readerIndex(0).setByte(8, 63); // TTL 63, as after one hop, but the old checksum
    try {
      Ipv4Header.decode(in);
      throw new IllegalStateException("the damage went unnoticed");
    } catch (MalformedPacketException e) {
      System.out.println("damaged copy: " + e.getMessage());
    }
  }
}
