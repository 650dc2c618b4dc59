package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** One link, and a peer whose packets a test writes. */
final class ScriptedPeer {
  static final long SECOND = LinkPair.SECOND;

  /** A packet that the link has sent. */
  record Sent(int protocol, ControlPacket packet) {
    List<ConfigurationOption> options() {
      try {
        return ConfigurationOption.decodeAll(packet.data());
      } catch (MalformedPacketException malformed) {
        throw new AssertionError(malformed);
      }
    }
  }

  final PppLink link;
  final List<PppOutput> outputs = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  long now;

  ScriptedPeer(PppConfig config) {
    link = new PppLink(config, new FixedRandom(3));
    link.open(now);
    link.lowerUp(now);
    drain();
  }

  ScriptedPeer drain() {
    ByteBuf out = Unpooled.buffer();
    while (true) {
      out.clear();
      PppOutput output = link.poll(out);
      if (output == null) {
        return this;
      }
      outputs.add(output);
      if (output instanceof PppOutput.Transmit transmit) {
        assertEquals(transmit.length(), out.readableBytes());
        assertTrue(transmit.length() <= PppLink.PACKET_CAPACITY);
        try {
          sent.add(new Sent(out.readUnsignedShort(), ControlPacket.decode(out)));
        } catch (MalformedPacketException malformed) {
          throw new AssertionError(malformed);
        }
      }
    }
  }

  ScriptedPeer give(int protocol, int code, int identifier, ByteString data) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeShort(protocol);
    new ControlPacket(code, identifier, data).encode(packet);
    link.handle(packet, now);
    return drain();
  }

  ScriptedPeer give(int protocol, int code, int identifier, String hex) {
    return give(protocol, code, identifier, ByteString.ofHex(hex));
  }

  ScriptedPeer give(int protocol, ControlPacket packet) {
    return give(protocol, packet.code(), packet.identifier(), packet.data());
  }

  ScriptedPeer giveRaw(byte[] packet) {
    link.handle(Unpooled.wrappedBuffer(packet), now);
    return drain();
  }

  /** The last packet sent, which has to be of a protocol and code. */
  Sent last(int protocol, int code) {
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i).protocol() == protocol && sent.get(i).packet().code() == code) {
        return sent.get(i);
      }
    }
    throw new AssertionError("no such packet in " + sent);
  }

  long count(int protocol, int code) {
    return sent.stream().filter(s -> s.protocol() == protocol && s.packet().code() == code).count();
  }

  /** What was sent since a mark, as "protocol/code". */
  List<String> sentSince(int mark) {
    return sent.subList(mark, sent.size()).stream()
        .map(s -> PacketText.name(s.protocol()) + "/" + s.packet().code())
        .toList();
  }

  ScriptedPeer ackRequest(int protocol) {
    ControlPacket request = last(protocol, ControlCode.CONFIGURE_REQUEST).packet();
    return give(protocol, ControlCode.CONFIGURE_ACK, request.identifier(), request.data());
  }

  ScriptedPeer nakRequest(int protocol, String hex) {
    ControlPacket request = last(protocol, ControlCode.CONFIGURE_REQUEST).packet();
    return give(protocol, ControlCode.CONFIGURE_NAK, request.identifier(), hex);
  }

  ScriptedPeer rejectRequest(int protocol, String hex) {
    ControlPacket request = last(protocol, ControlCode.CONFIGURE_REQUEST).packet();
    return give(protocol, ControlCode.CONFIGURE_REJECT, request.identifier(), hex);
  }

  /** LCP opens; the peer asks for these options besides its magic number. */
  ScriptedPeer openLcp(String options) {
    ackRequest(PppProtocol.LCP);
    give(PppProtocol.LCP, 1, 200, options + "050600000042");
    assertEquals(AutomatonState.OPENED, link.snapshot(now).lcp());
    return this;
  }

  ScriptedPeer openIpcp() {
    give(PppProtocol.IPCP, 1, 201, "0306640101fe");
    nakRequest(PppProtocol.IPCP, "030664010101");
    ackRequest(PppProtocol.IPCP);
    assertTrue(link.isIpv4Up());
    return this;
  }

  ScriptedPeer run(long nanos) {
    long end = now + nanos;
    while (link.nextDeadline() <= end) {
      now = link.nextDeadline();
      link.handleTimeout(now);
      drain();
    }
    now = end;
    return this;
  }

  <T extends PppOutput> List<T> all(Class<T> type) {
    return outputs.stream().filter(type::isInstance).map(type::cast).toList();
  }

  PppOutput.Ended ended() {
    List<PppOutput.Ended> ends = all(PppOutput.Ended.class);
    assertEquals(1, ends.size(), outputs::toString);
    return ends.get(0);
  }

  long dropped(PppDropReason reason) {
    return link.drops().get(reason);
  }

  PppSnapshot snapshot() {
    return link.snapshot(now);
  }
}
