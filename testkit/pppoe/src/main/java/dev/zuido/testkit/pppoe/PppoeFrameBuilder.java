package dev.zuido.testkit.pppoe;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MacAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a frame as the RFC draws it, unless told to deviate; without the code under test. */
final class PppoeFrameBuilder {
  static final int SERVICE_NAME = 0x0101;
  static final int AC_NAME = 0x0102;
  static final int HOST_UNIQ = 0x0103;
  static final int AC_COOKIE = 0x0104;
  static final int VENDOR_SPECIFIC = 0x0105;
  static final int RELAY_SESSION_ID = 0x0110;
  static final int PPP_MAX_PAYLOAD = 0x0120;
  static final int GENERIC_ERROR = 0x0203;
  private static final int IPV4 = 0x0021;

  final PppoeMoment moment;
  private final byte[] data;

  /** Tags that the receiver need not know, as they stand in the packet. */
  final List<ByteString> more = new ArrayList<>();

  /** What follows the last tag, inside the packet. */
  byte[] end = {};

  boolean moreFirst;
  boolean broadcast;
  boolean otherReceiver;
  boolean otherSender;
  boolean groupSender;
  boolean serviceName = true;
  boolean acName = true;
  boolean cookie = true;
  boolean otherCookie;
  boolean hostUniq = true;
  boolean otherHostUniq;
  boolean twoServiceNames;
  boolean unknownService;
  int versionAndType = 0x11;
  int code;
  int etherType;
  int protocol = IPV4;
  int ipVersion = 4;
  int sessionXor;
  @Nullable Integer sessionId;
  int lengthError;
  int padding;
  int cutTo = Integer.MAX_VALUE;

  PppoeFrameBuilder(PppoeMoment moment, byte[] data) {
    this.moment = moment;
    this.data = data;
    this.code = moment.code();
    this.etherType = moment.isDiscovery() ? 0x8863 : 0x8864;
  }

  /** The bytes that an accepted datagram has. */
  byte[] datagram() {
    byte[] packet = new byte[20 + data.length];
    packet[0] = (byte) (ipVersion << 4 | 5);
    BigEndian.putShort(packet, 2, packet.length);
    packet[8] = 64;
    packet[9] = 17;
    System.arraycopy(data, 0, packet, 20, data.length);
    return packet;
  }

  byte[] build(PppoeFacts facts) {
    byte[] payload = moment.isDiscovery() ? tags(facts) : pppFrame();
    byte[] frame = new byte[20 + payload.length + padding];
    destination(facts).put(frame, 0);
    sender(facts).put(frame, 6);
    BigEndian.putShort(frame, 12, etherType);
    frame[14] = (byte) versionAndType;
    frame[15] = (byte) code;
    BigEndian.putShort(frame, 16, session(facts));
    BigEndian.putShort(frame, 18, payload.length + lengthError);
    System.arraycopy(payload, 0, frame, 20, payload.length);
    return Arrays.copyOf(frame, Math.min(frame.length, cutTo));
  }

  private MacAddress destination(PppoeFacts facts) {
    if (otherReceiver) {
      return new MacAddress(facts.receiver().value() ^ 0x10);
    }
    boolean toAll = moment == PppoeMoment.INITIATION || broadcast;
    return toAll ? MacAddress.BROADCAST : facts.receiver();
  }

  private MacAddress sender(PppoeFacts facts) {
    long value = facts.sender().value();
    return new MacAddress(
        groupSender ? value | 0x0100_0000_0000L : otherSender ? value ^ 0x20 : value);
  }

  private int session(PppoeFacts facts) {
    Integer forced = sessionId;
    boolean zero =
        moment == PppoeMoment.INITIATION
            || moment == PppoeMoment.OFFER
            || moment == PppoeMoment.REQUEST;
    return forced != null ? forced : (zero ? 0 : facts.sessionId()) ^ sessionXor;
  }

  private byte[] pppFrame() {
    byte[] packet = datagram();
    byte[] frame = new byte[2 + packet.length];
    BigEndian.putShort(frame, 0, protocol);
    System.arraycopy(packet, 0, frame, 2, packet.length);
    return frame;
  }

  private byte[] tags(PppoeFacts facts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (moreFirst) {
      more.forEach(tag -> out.writeBytes(tag.toArray()));
    }
    if (moment != PppoeMoment.TERMINATION) {
      writeExpected(facts, out);
    }
    if (!moreFirst) {
      more.forEach(tag -> out.writeBytes(tag.toArray()));
    }
    out.writeBytes(end);
    return out.toByteArray();
  }

  private void writeExpected(PppoeFacts facts, ByteArrayOutputStream out) {
    String name = unknownService ? facts.serviceName() + "?" : facts.serviceName();
    byte[] service = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < (serviceName ? twoServiceNames ? 2 : 1 : 0); i++) {
      out.writeBytes(tag(SERVICE_NAME, service).toArray());
    }
    if (hostUniq) {
      byte[] uniq = facts.hostUniq().toArray();
      uniq[0] ^= (byte) (otherHostUniq ? 1 : 0);
      out.writeBytes(tag(HOST_UNIQ, uniq).toArray());
    }
    if (moment == PppoeMoment.OFFER && acName) {
      out.writeBytes(tag(AC_NAME, new byte[] {'a', 'c'}).toArray());
    }
    if ((moment == PppoeMoment.OFFER || moment == PppoeMoment.REQUEST) && cookie) {
      byte[] value = facts.cookie().toArray();
      value[0] ^= (byte) (otherCookie ? 1 : 0);
      out.writeBytes(tag(AC_COOKIE, value).toArray());
    }
  }

  static ByteString tag(int type, byte... value) {
    byte[] tag = new byte[4 + value.length];
    BigEndian.putShort(tag, 0, type);
    BigEndian.putShort(tag, 2, value.length);
    System.arraycopy(value, 0, tag, 4, value.length);
    return ByteString.of(tag);
  }

  PppoeCase toCase() {
    return new PppoeCase() {
      @Override
      public PppoeMoment moment() {
        return moment;
      }

      @Override
      public ByteString frame(PppoeFacts facts) {
        return ByteString.of(build(facts));
      }

      @Override
      public String toString() {
        ByteString eight = ByteString.ofHex("1122334455667788");
        MacAddress one = new MacAddress(0x020000000001L);
        MacAddress two = new MacAddress(0x020000000002L);
        return moment + " " + frame(new PppoeFacts(one, two, "", eight, eight, 0x1234));
      }
    };
  }
}
