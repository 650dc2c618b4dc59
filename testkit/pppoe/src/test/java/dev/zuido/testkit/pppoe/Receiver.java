package dev.zuido.testkit.pppoe;

import dev.zuido.pppoe.AccessConcentrator;
import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeDropReason;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.PppoePacket;
import dev.zuido.pppoe.PppoeTag;
import dev.zuido.pppoe.PppoeVerdict;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;

/** A client and a concentrator that have come as far as a moment demands. */
final class Receiver {
  static final int MAX_FRAME = 2000;
  private static final MacAddress CLIENT = MacAddress.parse("02:00:00:00:00:01");
  private static final MacAddress CONCENTRATOR = MacAddress.parse("02:00:00:00:00:02");
  private static final String SERVICE = "internet";

  private final PppoeMoment moment;
  private final PppoeClient client;
  private final AccessConcentrator concentrator;
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);
  private ByteString hostUniq = ByteString.EMPTY;
  private ByteString cookie = ByteString.EMPTY;
  private int answers;

  Receiver(PppoeMoment moment) {
    this.moment = moment;
    VirtualNetwork random = new VirtualNetwork(3);
    Ipv4Address any = Ipv4Address.UNSPECIFIED;
    Ipv4Address gateway = Ipv4Address.of(10, 0, 0, 1);
    client =
        new PppoeClient(
            PppoeClientConfig.of(
                    CLIENT,
                    PppConfig.caller(
                        null, new PppConfig.IpcpConfig(any, true, null, false, List.of())))
                .withServiceName(SERVICE),
            random.secureRandom("client"),
            random.random("client"));
    PppConfig open =
        PppConfig.server(
                "ac",
                name -> null,
                new PppConfig.IpcpConfig(gateway, false, null, false, List.of()))
            .withDemanded(List.of());
    concentrator =
        new AccessConcentrator(
            new AccessConcentratorConfig(
                CONCENTRATOR,
                "ac",
                List.of(SERVICE),
                1500,
                10,
                5,
                open,
                name -> Ipv4Address.of(10, 0, 0, 2)),
            random.secureRandom("concentrator"));
    client.dial(0);
    boolean inSession = moment == PppoeMoment.TERMINATION || moment == PppoeMoment.DATAGRAM;
    drain(inSession ? 0xff : moment == PppoeMoment.CONFIRMATION ? 2 : 1);
  }

  PppoeFacts facts() {
    boolean there = moment.isAtConcentrator();
    int session = client.snapshot(0).sessionId();
    return new PppoeFacts(
        there ? CONCENTRATOR : CLIENT,
        there ? CLIENT : CONCENTRATOR,
        SERVICE,
        hostUniq,
        cookie,
        session == 0 ? 77 : session);
  }

  /** What has been received, except by counters; answers included. */
  String image() {
    return client.snapshot(0) + " " + concentrator.sessions() + " " + answers;
  }

  Map<PppoeDropReason, Long> drops() {
    return (moment.isAtConcentrator() ? concentrator.discoveryDrops() : client.discoveryDrops())
        .snapshot();
  }

  PppoeVerdict receive(ByteString frame) {
    PacketBatch batch = batch(frame);
    if (moment.isAtConcentrator()) {
      concentrator.decapsulate(batch, 0);
    } else {
      client.decapsulate(batch, 0);
    }
    drain(0);
    return (PppoeVerdict) batch.verdict(0);
  }

  /** Whether a frame has the effect that the moment is there for. */
  boolean accepts(ByteString frame) {
    String before = image();
    PppoeVerdict verdict = receive(frame);
    return moment == PppoeMoment.DATAGRAM
        ? verdict == PppoeVerdict.DECAPSULATED && before.equals(image())
        : verdict == PppoeVerdict.CONTROL && !before.equals(image());
  }

  private static PacketBatch batch(ByteString frame) {
    PacketBatch batch = new PacketBatch(1, MAX_FRAME, 0, 0);
    batch.add(frame.toArray(), 0, frame.length());
    return batch;
  }

  /** Drains both, and carries so many frames of each to the other: 1 a PADI, 2 a PADR too. */
  private void drain(int most) {
    int left = most;
    boolean busy = true;
    while (busy) {
      busy = false;
      for (PppoeOutput o = client.poll(out); o != null; o = client.poll(out)) {
        busy = true;
        if (o instanceof PppoeOutput.Transmit transmit) {
          ByteString frame = frame(transmit.length());
          if (left > 0 && !(most == 2 && left == 1)) {
            concentrator.decapsulate(batch(frame), 0);
          }
          left--;
        }
      }
      for (ConcentratorOutput o = concentrator.poll(out); o != null; o = concentrator.poll(out)) {
        busy = true;
        if (o instanceof ConcentratorOutput.Transmit transmit) {
          ByteString frame = frame(transmit.length());
          if (most > 1) {
            client.decapsulate(batch(frame), 0);
          }
        }
      }
    }
  }

  private ByteString frame(int length) {
    ByteString frame = ByteString.read(out, length);
    out.clear();
    answers++;
    if (frame.byteAt(13) == 0x63) {
      PppoePacket packet = decode(frame);
      packet.first(PppoeTag.HostUniq.class).ifPresent(tag -> hostUniq = tag.value());
      packet.first(PppoeTag.AcCookie.class).ifPresent(tag -> cookie = tag.value());
    }
    return frame;
  }

  private static PppoePacket decode(ByteString frame) {
    try {
      return PppoePacket.decode(Unpooled.wrappedBuffer(frame.toArray()).skipBytes(14));
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }
}
