package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must hold at all times: packets are right and not larger than the MTU, LSAs are intact and
 * not older than MaxAge, sequence numbers rise, MinLSInterval and MinLSArrival are kept.
 *
 * <p>It throws an AssertionError at the moment at which something does not hold.
 */
public final class InvariantMonitor implements SimulationObserver {
  private static final int IP_HEADER = 20;
  private static final int UPDATE = 4;
  private static final long MIN_LS_ARRIVAL = OspfSimulation.SECOND;

  private record Own(SimulatedRouter router, Ipv4Address areaId, LsaKey key) {}

  private record Originated(int sequence, boolean flushed, long nanos, long flushedNanos) {}

  private record Arrival(LsaHeader header, long nanos) {}

  private final Map<Own, Originated> originated = new HashMap<>();
  private final Map<Own, Arrival> arrivals = new HashMap<>();
  private long packets;

  /** What comes just now, if it is flooded and was not asked for; and what is there instead. */
  private @Nullable LinkStateUpdatePacket update;

  private final List<Optional<LsaEntry>> held = new ArrayList<>();

  /** A monitor of a network that has sent nothing yet. */
  public InvariantMonitor() {}

  /** How many packets were looked at. */
  public long packets() {
    return packets;
  }

  @Override
  public void sent(
      SimulatedRouter from, int interfaceId, Ipv4Address destination, ByteString packet, long now) {
    packets++;
    OspfPacket decoded = decode(from, packet, now);
    int largest = 0;
    int count = 0;
    if (decoded instanceof LinkStateUpdatePacket sent) {
      for (Lsa lsa : sent.lsas()) {
        largest = Math.max(largest, lsa.encodedLength());
        count++;
        check(lsa.isIntact(), from, now, "sent an LSA whose checksum is wrong", lsa);
        int age = lsa.header().age();
        check(age >= 0 && age <= LsaHeader.MAX_AGE, from, now, "sent an LSA that is too old", lsa);
      }
    }
    if (interfaceId >= 0) {
      OspfInterfaceConfig config = from.engine().interfaceConfig(interfaceId);
      boolean fits = packet.length() + IP_HEADER <= config.mtu();
      boolean cannotFit = count == 1 && largest + 28 + IP_HEADER > config.mtu();
      check(fits || cannotFit, from, now, "sent more bytes than the MTU", packet.length());
    }
  }

  private static OspfPacket decode(SimulatedRouter from, ByteString packet, long now) {
    try {
      return OspfPacket.decode(Unpooled.wrappedBuffer(packet.toArray()));
    } catch (MalformedPacketException e) {
      throw new AssertionError(from + " at " + now + " sent what cannot be read: " + packet, e);
    }
  }

  @Override
  public void told(SimulatedRouter router, OspfOutput output, long now) {
    if (output instanceof OspfOutput.LsaOriginated event) {
      Own own = new Own(router, event.areaId(), event.header().key());
      originated.compute(own, (key, before) -> originate(router, event.header(), before, now));
    }
  }

  private static Originated originate(
      SimulatedRouter router, LsaHeader header, @Nullable Originated before, long now) {
    if (header.isMaxAge()) {
      long last = before == null ? Long.MIN_VALUE / 2 : before.nanos();
      return new Originated(header.sequence(), true, last, now);
    }
    if (before != null) {
      long hold = router.config().originationThrottle().holdMillis() * 1_000_000L;
      check(now - before.nanos() >= hold, router, now, "was faster than MinLSInterval", header);
      // Section 12.1.6: a flush begins anew with the numbers only after the last of them.
      boolean wrapped = before.flushed() && before.sequence() == LsaHeader.MAX_SEQUENCE;
      boolean rises = header.sequence() > before.sequence() || wrapped;
      check(rises, router, now, "did not raise the sequence number", header);
    }
    return new Originated(header.sequence(), false, now, 0);
  }

  @Override
  public void restarted(SimulatedRouter router, long now) {
    originated.keySet().removeIf(own -> own.router() == router);
    arrivals.keySet().removeIf(own -> own.router() == router);
  }

  @Override
  public void arriving(SimulatedRouter to, Datagram datagram, long now) {
    update = null;
    held.clear();
    if (datagram.packet().length() < 2 || datagram.packet().byteAt(1) != UPDATE) {
      return;
    }
    try {
      OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(datagram.packet().toArray()));
      if (packet instanceof LinkStateUpdatePacket flooded
          && isFull(to, datagram, packet.header())) {
        update = flooded;
        for (Lsa lsa : flooded.lsas()) {
          held.add(Optional.ofNullable(entry(to, packet.header().areaId(), lsa)));
        }
      }
    } catch (MalformedPacketException e) {
      update = null; // The router counts it.
    }
  }

  @Override
  public void received(SimulatedRouter to, Datagram datagram, long now) {
    LinkStateUpdatePacket flooded = update;
    if (flooded == null) {
      return;
    }
    Ipv4Address areaId = flooded.header().areaId();
    for (int i = 0; i < flooded.lsas().size(); i++) {
      Lsa lsa = flooded.lsas().get(i);
      LsaEntry entry = entry(to, areaId, lsa);
      if (entry != null && !held.get(i).equals(Optional.of(entry))) {
        if (held.get(i).isEmpty()) {
          arrivals.remove(new Own(to, areaId, lsa.key())); // There was no copy to be younger than.
        }
        arrived(to, new Own(to, areaId, lsa.key()), entry, lsa, now);
      }
    }
  }

  private static @Nullable LsaEntry entry(SimulatedRouter of, Ipv4Address areaId, Lsa lsa) {
    LsaStore store = of.engine().database().storeFor(lsa.header().type(), areaId);
    return store == null ? null : store.get(lsa.key());
  }

  /** Whether a packet comes from a full neighbor, by way of a virtual link maybe. */
  private static boolean isFull(SimulatedRouter to, Datagram datagram, OspfHeader header) {
    OspfInterfaceConfig on = to.engine().interfaceConfig(datagram.interfaceId());
    boolean virtual = !on.areaId().equals(header.areaId());
    for (NeighborSnapshot each : to.engine().neighbors(0)) {
      boolean there = virtual ? each.interfaceId() < 0 : each.interfaceId() == on.id();
      if (there && each.routerId().equals(header.routerId())) {
        return each.state() == NeighborState.FULL;
      }
    }
    return false;
  }

  /** An LSA came by flooding and changed the database: not too soon after the one before. */
  private void arrived(SimulatedRouter to, Own place, LsaEntry entry, Lsa lsa, long now) {
    LsaHeader header = entry.lsa().header();
    boolean installed =
        header.sequence() == lsa.header().sequence()
            && header.checksum() == lsa.header().checksum()
            && header.isMaxAge() == lsa.header().isMaxAge();
    if (!installed || header.advertisingRouter().equals(to.routerId())) {
      return;
    }
    Arrival before = arrivals.put(place, new Arrival(header, now));
    if (before != null && !before.header().equals(header)) {
      check(
          now - before.nanos() >= MIN_LS_ARRIVAL,
          to,
          now,
          "was faster than MinLSArrival after " + before,
          header);
    }
  }

  private static void check(
      boolean holds, SimulatedRouter router, long now, String what, Object detail) {
    if (!holds) {
      throw new AssertionError(router + " at " + now / 1e9 + " s " + what + ": " + detail);
    }
  }
}
