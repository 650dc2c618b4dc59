package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Clients and a concentrator on one Ethernet that loses nothing unless a test says so. */
final class Wire {
  static final long SECOND = 1_000_000_000L;
  static final MacAddress STATION = MacAddress.parse("02:00:00:00:00:01");
  static final MacAddress CONCENTRATOR = MacAddress.parse("02:00:00:00:00:ac");
  static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:66");
  static final Ipv4Address GATEWAY = Ipv4Address.of(192, 0, 2, 1);
  static final Ipv4Address CALLER = Ipv4Address.of(192, 0, 2, 100);
  static final String NAME = "site-a@example.net";
  static final ByteString SECRET = ByteString.of("secret".getBytes(StandardCharsets.US_ASCII));

  /** A client with what it has said. */
  static final class Station {
    final PppoeClient client;
    final MacAddress address;
    final List<PppoeOutput> events = new ArrayList<>();

    Station(PppoeClientConfig config, long seed) {
      address = config.address();
      client =
          new PppoeClient(
              config,
              new VirtualNetwork(seed).secureRandom("client"),
              new VirtualNetwork(seed).random("jitter"));
    }

    <T extends PppoeOutput> List<T> all(Class<T> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<PppoeEnd> ends() {
      return all(PppoeOutput.Ended.class).stream().map(PppoeOutput.Ended::end).toList();
    }

    PppoeState state(long now) {
      return client.snapshot(now).state();
    }
  }

  final List<Station> stations = new ArrayList<>();
  final List<ConcentratorOutput> said = new ArrayList<>();
  final List<ByteString> sent = new ArrayList<>();
  AccessConcentrator concentrator;
  long now = SECOND;

  /** Which frames pass. */
  Predicate<ByteString> passes = frame -> true;

  Wire() {
    this(concentratorConfig());
  }

  Wire(AccessConcentratorConfig config) {
    concentrator = concentrator(config);
  }

  static AccessConcentrator concentrator(AccessConcentratorConfig config) {
    return new AccessConcentrator(config, new VirtualNetwork(7).secureRandom("concentrator"));
  }

  static PppConfig caller() {
    return PppConfig.caller(
        new Credential(NAME, SECRET),
        new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of()));
  }

  static PppoeClientConfig clientConfig() {
    return PppoeClientConfig.of(STATION, caller());
  }

  static AccessConcentratorConfig concentratorConfig() {
    return concentratorConfig(1500, 1000, 2);
  }

  static AccessConcentratorConfig concentratorConfig(int linkMtu, int sessions, int perStation) {
    Map<String, ByteString> secrets = Map.of(NAME, SECRET);
    PppConfig ppp =
        PppConfig.server(
            "ac", secrets::get, new PppConfig.IpcpConfig(GATEWAY, false, null, false, List.of()));
    return new AccessConcentratorConfig(
        CONCENTRATOR,
        "ac-1",
        List.of("internet", "voice"),
        linkMtu,
        sessions,
        perStation,
        ppp.withMru(linkMtu - 8).withDemanded(List.of(AuthenticationProtocol.CHAP_MD5)),
        name -> name.equals(NAME) ? CALLER : null);
  }

  Station station(PppoeClientConfig config) {
    Station station = new Station(config, stations.size());
    stations.add(station);
    return station;
  }

  Station station() {
    return station(clientConfig());
  }

  static PacketBatch batch(ByteString... frames) {
    PacketBatch batch = new PacketBatch(Math.max(1, frames.length), 2000, 128, 64);
    for (ByteString frame : frames) {
      batch.add(frame.toArray(), 0, frame.length());
    }
    return batch;
  }

  /** Drains everybody until nobody has anything to say. */
  void settle() {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (Station station : stations) {
        ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);
        for (PppoeOutput o = station.client.poll(out); o != null; o = station.client.poll(out)) {
          busy = true;
          station.events.add(o);
          if (o instanceof PppoeOutput.Transmit transmit) {
            carry(ByteString.read(out, transmit.length()));
          }
          out.clear();
        }
      }
      busy |= drainConcentrator();
    }
  }

  private boolean drainConcentrator() {
    boolean busy = false;
    ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);
    for (ConcentratorOutput o = concentrator.poll(out); o != null; o = concentrator.poll(out)) {
      busy = true;
      said.add(o);
      if (o instanceof ConcentratorOutput.Transmit transmit) {
        carry(ByteString.read(out, transmit.length()));
      }
      out.clear();
    }
    return busy;
  }

  /** A frame goes to everybody but its sender, as on a hub. */
  void carry(ByteString frame) {
    sent.add(frame);
    if (!passes.test(frame)) {
      return;
    }
    MacAddress from = MacAddress.at(frame.toArray(), 6);
    for (Station station : stations) {
      if (!station.address.equals(from)) {
        station.client.decapsulate(batch(frame), now);
      }
    }
    if (!from.equals(CONCENTRATOR)) {
      concentrator.decapsulate(batch(frame), now);
    }
  }

  /** Runs for so long. */
  void run(long nanos) {
    long until = now + nanos;
    settle();
    for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
      now = Math.max(now, next);
      for (Station station : stations) {
        station.client.handleTimeout(now);
      }
      concentrator.handleTimeout(now);
      settle();
    }
    now = until;
  }

  private long nextDeadline() {
    long next = concentrator.nextDeadline();
    for (Station station : stations) {
      next = Math.min(next, station.client.nextDeadline());
    }
    return next;
  }

  /** Dials, and demands that IPv4 comes up. */
  Station up() {
    Station station = station();
    station.client.dial(now);
    run(SECOND);
    if (!station.client.isIpv4Up()) {
      throw new AssertionError(station.events.toString());
    }
    return station;
  }

  List<PppOutput> ppp(Station station) {
    return station.all(PppoeOutput.Ppp.class).stream().map(PppoeOutput.Ppp::news).toList();
  }

  static int code(ByteString frame) {
    return frame.byteAt(15) & 0xff;
  }

  static boolean isDiscovery(ByteString frame) {
    return frame.byteAt(13) == 0x63;
  }

  static boolean is(ByteString frame, int code) {
    return isDiscovery(frame) && code(frame) == code;
  }

  /** A frame with a discovery packet. */
  static ByteString frame(MacAddress to, MacAddress from, PppoePacket packet) {
    return PppoeFrames.discovery(to, from, packet);
  }

  /** The packets of one code that went over the wire. */
  List<PppoePacket> packets(int code) {
    return sent.stream().filter(f -> is(f, code)).map(Wire::packet).toList();
  }

  static PppoePacket packet(ByteString frame) {
    try {
      return PppoePacket.decode(Unpooled.wrappedBuffer(frame.toArray()).skipBytes(14));
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }
}
