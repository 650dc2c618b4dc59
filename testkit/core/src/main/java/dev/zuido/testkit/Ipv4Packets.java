package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TransportChecksum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whole IPv4 packets with right checksums, in plain arrays: what tests send. */
public final class Ipv4Packets {
  /** ICMP type: echo reply. */
  public static final int ECHO_REPLY = 0;

  /** ICMP type: destination unreachable. */
  public static final int UNREACHABLE = 3;

  /** ICMP type: echo request. */
  public static final int ECHO_REQUEST = 8;

  /** ICMP type: time exceeded. */
  public static final int TIME_EXCEEDED = 11;

  /** ICMP type: parameter problem. */
  public static final int PARAMETER_PROBLEM = 12;

  /** Code of {@link #UNREACHABLE}: no route to the network. */
  public static final int CODE_NET = 0;

  /** Code of {@link #UNREACHABLE}: too long for the next link, and must not be fragmented. */
  public static final int CODE_FRAGMENTATION_NEEDED = 4;

  /** The length of the ICMP header. */
  static final int ICMP_HEADER = 8;

  private static final int IP_HEADER = Ipv4Fields.MIN_HEADER_LENGTH;
  private static final int UDP_HEADER = 8;
  private static final int MAX_ERROR = 576;

  private Ipv4Packets() {}

  /**
   * A packet with a header of 20 bytes.
   *
   * @param flagsAndOffset the word of the fragmentation fields: {@link Ipv4Fields#DONT_FRAGMENT} or
   *     0
   */
  public static byte[] of(
      int protocol,
      Ipv4Address source,
      Ipv4Address destination,
      int ttl,
      int identification,
      int flagsAndOffset,
      byte[] payload) {
    byte[] packet = new byte[IP_HEADER + payload.length];
    System.arraycopy(payload, 0, packet, IP_HEADER, payload.length);
    Ipv4Fields.write(
        packet,
        0,
        0,
        packet.length,
        identification,
        flagsAndOffset,
        ttl,
        protocol,
        source.value(),
        destination.value());
    return packet;
  }

  /** A UDP packet with TTL 64. */
  public static byte[] udp(
      Ipv4Address source,
      int sourcePort,
      Ipv4Address destination,
      int destinationPort,
      byte[] payload) {
    byte[] datagram = new byte[UDP_HEADER + payload.length];
    BigEndian.putShort(datagram, 0, sourcePort);
    BigEndian.putShort(datagram, 2, destinationPort);
    BigEndian.putShort(datagram, 4, datagram.length);
    System.arraycopy(payload, 0, datagram, UDP_HEADER, payload.length);
    int checksum =
        TransportChecksum.ofIpv4(
            source.value(), destination.value(), IpProtocol.UDP, datagram, 0, datagram.length);
    BigEndian.putShort(datagram, 6, TransportChecksum.udpValue(checksum));
    return of(IpProtocol.UDP, source, destination, 64, 0, 0, datagram);
  }

  /**
   * An echo request or reply with TTL 64.
   *
   * @param type {@link #ECHO_REQUEST} or {@link #ECHO_REPLY}
   * @param ipIdentification the identification of the IPv4 header
   */
  public static byte[] echo(
      int type,
      Ipv4Address source,
      Ipv4Address destination,
      int ipIdentification,
      int flagsAndOffset,
      int identifier,
      int sequence,
      byte[] data) {
    byte[] message = new byte[ICMP_HEADER + data.length];
    message[0] = (byte) type;
    BigEndian.putShort(message, 4, identifier);
    BigEndian.putShort(message, 6, sequence);
    System.arraycopy(data, 0, message, ICMP_HEADER, data.length);
    BigEndian.putShort(message, 2, InternetChecksum.of(message, 0, message.length));
    return of(IpProtocol.ICMP, source, destination, 64, ipIdentification, flagsAndOffset, message);
  }

  /**
   * The reply to an echo request, from the address that was asked; null if the packet is no whole
   * echo request with a right checksum.
   *
   * @param packet a {@linkplain Ipv4Fields#isWellFormed well-formed} packet and nothing behind it
   */
  public static byte @Nullable [] echoReply(byte[] packet) {
    int at = Ipv4Fields.headerLength(packet, 0);
    boolean request =
        Ipv4Fields.protocol(packet, 0) == IpProtocol.ICMP
            && !Ipv4Fields.isFragment(packet, 0)
            && packet.length >= at + ICMP_HEADER
            && (packet[at] & 0xff) == ECHO_REQUEST
            && InternetChecksum.of(packet, at, packet.length - at) == 0;
    return request
        ? echo(
            ECHO_REPLY,
            new Ipv4Address(Ipv4Fields.destination(packet, 0)),
            new Ipv4Address(Ipv4Fields.source(packet, 0)),
            Ipv4Fields.identification(packet, 0),
            0,
            BigEndian.getUnsignedShort(packet, at + 4),
            BigEndian.getUnsignedShort(packet, at + 6),
            Arrays.copyOfRange(packet, at + ICMP_HEADER, packet.length))
        : null;
  }

  /**
   * An ICMP error about a packet, which it quotes (RFC 792, RFC 1812 section 4.3.2.3).
   *
   * @param nextHopMtu for {@link #CODE_FRAGMENTATION_NEEDED} (RFC 1191), else 0
   * @param about the packet: at least its header; the error goes to its source
   */
  public static byte[] icmpError(
      Ipv4Address source, int type, int code, int nextHopMtu, byte[] about) {
    int quoted = Math.min(about.length, MAX_ERROR - IP_HEADER - ICMP_HEADER);
    byte[] message = new byte[ICMP_HEADER + quoted];
    message[0] = (byte) type;
    message[1] = (byte) code;
    BigEndian.putShort(message, 6, nextHopMtu);
    System.arraycopy(about, 0, message, ICMP_HEADER, quoted);
    BigEndian.putShort(message, 2, InternetChecksum.of(message, 0, message.length));
    Ipv4Address to = new Ipv4Address(Ipv4Fields.source(about, 0));
    return of(IpProtocol.ICMP, source, to, 255, 0, 0, message);
  }

  /**
   * Whether a router or host may send an error about a packet (RFC 1812 section 4.3.2.7): not about
   * an ICMP error, a later fragment, or what many received.
   */
  public static boolean mayCauseError(byte[] packet) {
    Ipv4Address source = new Ipv4Address(Ipv4Fields.source(packet, 0));
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(packet, 0));
    if (Ipv4Fields.fragmentOffset(packet, 0) > 0
        || destination.isMulticast()
        || destination.equals(Ipv4Address.BROADCAST)
        || source.isMulticast()
        || source.isUnspecified()) {
      return false;
    }
    int header = Ipv4Fields.headerLength(packet, 0);
    if (Ipv4Fields.protocol(packet, 0) != IpProtocol.ICMP || packet.length <= header) {
      return true;
    }
    int type = packet[header] & 0xff;
    return type == ECHO_REQUEST || type == ECHO_REPLY;
  }
}
