package dev.zuido.ike.recorded;

import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A session of the recordings in the test resources: its IKE messages and its secrets. */
public record RecordedSession(String name, List<Datagram> datagrams, Map<String, String> keys) {
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP = 17;
  private static final int IKE_PORT = 500;
  private static final int NAT_TRAVERSAL_PORT = 4500;

  /** An IKE message in UDP, without the non-ESP marker of port 4500. */
  public record Datagram(
      Ipv4Address source,
      int sourcePort,
      Ipv4Address destination,
      int destinationPort,
      byte[] message) {}

  public static Stream<RecordedSession> all() {
    return Stream.of(
            "aes256",
            "aggressive",
            "cisco",
            "cisco-rekey",
            "gcm",
            "nat-t",
            "nat-t-tunnel-lan",
            "pfs-aes128-sha1",
            "tunnel-gre",
            "tunnel-lan")
        .map(RecordedSession::read);
  }

  public static RecordedSession read(String name) {
    Map<String, String> keys = new TreeMap<>();
    new String(resource(name + "/keys.txt"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(parts -> keys.put(parts[0], parts[1]));
    return new RecordedSession(name, ikeOf(resource(name + "/session.pcap")), keys);
  }

  private static byte[] resource(String path) {
    try (InputStream in = RecordedSession.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new NoSuchElementException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Datagram> ikeOf(byte[] pcap) {
    ByteBuffer in = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != 0xa1b2c3d4) {
      throw new IllegalArgumentException("not a pcap file in little-endian order");
    }
    in.position(24);
    List<Datagram> datagrams = new ArrayList<>();
    while (in.hasRemaining()) {
      in.position(in.position() + 8);
      int captured = in.getInt();
      in.getInt();
      int start = in.position() + ETHERNET_HEADER;
      in.position(in.position() + captured);
      ByteBuffer ip = ByteBuffer.wrap(pcap);
      if (ip.get(start + 9) != UDP) {
        continue;
      }
      int udp = start + 4 * (ip.get(start) & 0xf);
      int sourcePort = ip.getShort(udp) & 0xffff;
      int end = udp + (ip.getShort(udp + 4) & 0xffff);
      int payload = udp + 8;
      if (sourcePort == NAT_TRAVERSAL_PORT && end - payload > 4 && ip.getInt(payload) == 0) {
        payload += 4;
      } else if (sourcePort != IKE_PORT) {
        continue;
      }
      datagrams.add(
          new Datagram(
              new Ipv4Address(ip.getInt(start + 12)),
              sourcePort,
              new Ipv4Address(ip.getInt(start + 16)),
              ip.getShort(udp + 2) & 0xffff,
              Arrays.copyOfRange(pcap, payload, end)));
    }
    return datagrams;
  }

  public String text(String key) {
    String value = keys.get(key);
    if (value == null) {
      throw new NoSuchElementException(name + " has no " + key);
    }
    return value;
  }

  public Secret secret(String key) {
    return Secret.owning(HexFormat.of().parseHex(text(key)));
  }

  @Override
  public String toString() {
    return name;
  }
}
