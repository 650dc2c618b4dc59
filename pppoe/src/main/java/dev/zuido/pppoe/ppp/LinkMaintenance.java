package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/** LCP's packets beyond the negotiation (RFC 1661 section 5.7 to 5.9): rejects and echoes. */
final class LinkMaintenance {
  private final Core core;
  private final PppTimers timers;
  private final LcpNegotiator negotiator;
  private final BitSet unwanted = new BitSet();
  private int identifier;
  private int outstanding;
  private boolean ownSeen;
  private long deadline = PppLink.NO_DEADLINE;
  private long sent;
  private long answered;
  private long taken;

  LinkMaintenance(Core core, LcpNegotiator negotiator) {
    this.core = core;
    this.timers = core.config.timers();
    this.negotiator = negotiator;
  }

  /** LCP has opened. */
  void start(long now) {
    unwanted.clear();
    outstanding = 0;
    ownSeen = false;
    deadline =
        timers.echoIntervalNanos() == 0 ? PppLink.NO_DEADLINE : now + timers.echoIntervalNanos();
  }

  /** LCP is open no more. */
  void stop() {
    deadline = PppLink.NO_DEADLINE;
  }

  /** The peer does not know a code: nothing of it is sent until LCP opens again. */
  void stopSending(int code) {
    unwanted.set(code);
    if (code == ControlCode.ECHO_REQUEST) {
      stop();
    }
  }

  /**
   * Tells the peer that a protocol is not known (RFC 1661 section 5.7).
   *
   * @param information the packet's information field, of which the peer gets as much as it takes
   */
  void rejectProtocol(int protocol, ByteBuf information, int identifier) {
    if (unwanted.get(ControlCode.PROTOCOL_REJECT)) {
      return;
    }
    int room = core.largestInformation() - ControlPacket.HEADER_LENGTH - 2;
    byte[] data = new byte[2 + Math.min(information.readableBytes(), room)];
    data[0] = (byte) (protocol >>> 8);
    data[1] = (byte) protocol;
    information.readBytes(data, 2, data.length - 2);
    core.send(
        PppProtocol.LCP,
        new ControlPacket(ControlCode.PROTOCOL_REJECT, identifier, ByteString.of(data)));
  }

  long deadline() {
    return deadline;
  }

  long sent() {
    return sent;
  }

  long answered() {
    return answered;
  }

  long taken() {
    return taken;
  }

  /** Sends an Echo-Request if it is time; false if the peer has not answered for too long. */
  boolean timeout(long now) {
    if (deadline > now) {
      return true;
    }
    if (outstanding >= timers.echoFailures()) {
      stop();
      return false;
    }
    identifier = identifier + 1 & 0xff;
    outstanding++;
    sent++;
    deadline = now + timers.echoIntervalNanos();
    core.send(
        PppProtocol.LCP,
        new ControlPacket(ControlCode.ECHO_REQUEST, identifier, negotiator.magicField()));
    return true;
  }

  /** Why the peer does not answer. */
  Disagreement silence() {
    return ownSeen
        ? new Disagreement(PppEnd.LOOPED_BACK, "our own echoes come back")
        : new Disagreement(PppEnd.PEER_DEAD, outstanding + " echoes have no answer");
  }

  /**
   * Takes an Echo-Request, Echo-Reply or Discard-Request on an open link.
   *
   * @param packet at least the magic number is in it
   * @return whether it is an Echo-Request that has to be answered
   */
  boolean handle(ControlPacket packet) {
    int magic = (int) ConfigurationOption.number(packet.data(), 0, Integer.BYTES);
    if (magic != 0 && magic != negotiator.peerMagic()) {
      ownSeen |= magic == negotiator.localMagic();
      core.drop(PppDropReason.BAD_MAGIC_NUMBER);
      return false;
    }
    switch (packet.code()) {
      case ControlCode.ECHO_REQUEST -> {
        taken++;
        return !unwanted.get(ControlCode.ECHO_REPLY);
      }
      case ControlCode.ECHO_REPLY -> {
        if ((identifier - packet.identifier() & 0xff) >= outstanding) {
          core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
          return false;
        }
        answered++;
        outstanding = 0;
        ownSeen = false;
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  /**
   * The reply to an Echo-Request: the same with our magic number, no longer than the peer takes.
   */
  ControlPacket reply(ControlPacket request) {
    int room = core.largestInformation() - ControlPacket.HEADER_LENGTH;
    byte[] data = request.data().toArray();
    byte[] magic = negotiator.magicField().toArray();
    System.arraycopy(magic, 0, data, 0, magic.length);
    return new ControlPacket(
        ControlCode.ECHO_REPLY,
        request.identifier(),
        ByteString.of(data, 0, Math.min(data.length, room)));
  }
}
