package dev.zuido.ospf.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the OSPF packets in recorded IP packets, within GRE too. */
final class IpPackets {
  private static final int GRE = 47;
  private static final int OSPF = 89;

  private IpPackets() {}

  /** The payload of protocol 89 of an IPv4 packet, if it has one. */
  static Optional<byte[]> ospfOf(byte[] ip) {
    if (ip.length < 20 || ip[0] >> 4 != 4) {
      return Optional.empty();
    }
    int headerLength = (ip[0] & 0xf) * 4;
    int totalLength = (ip[2] & 0xff) << 8 | (ip[3] & 0xff);
    byte[] payload = Arrays.copyOfRange(ip, headerLength, Math.min(totalLength, ip.length));
    return switch (ip[9]) {
      case OSPF -> Optional.of(payload);
      case GRE -> ospfOf(insideGre(payload));
      default -> Optional.empty();
    };
  }

  private static byte[] insideGre(byte[] gre) {
    int optional = ((gre[0] & 0x80) >> 7) + ((gre[0] & 0x20) >> 5) + ((gre[0] & 0x10) >> 4);
    return Arrays.copyOfRange(gre, 4 + 4 * optional, gre.length);
  }

  /** The OSPF packets of a recorded session: a pcap file of Ethernet frames on the class path. */
  static List<byte[]> ofRecorded(String session) {
    String name = "/dev/zuido/ospf/recorded/" + session + "/session.pcap";
    try (InputStream in = IpPackets.class.getResourceAsStream(name)) {
      ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (file.getInt() != 0xa1b2c3d4) {
        throw new IllegalStateException(name + " is no little-endian pcap file");
      }
      file.position(24);
      List<byte[]> packets = new ArrayList<>();
      while (file.hasRemaining()) {
        file.position(file.position() + 8);
        byte[] frame = new byte[file.getInt()];
        file.getInt();
        file.get(frame);
        ospfOf(Arrays.copyOfRange(frame, 14, frame.length)).ifPresent(packets::add);
      }
      return packets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
