package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A broadcast domain with any number of ends: a LAN.
 *
 * <p>Packets are IP packets without a link header. What a station sends reaches each other station
 * that {@link VirtualPort#addAddress has the address} of the packet's next hop, or of its
 * destination where the sender named none; multicast, broadcast and what is not IPv4 reach all.
 * Each end has a channel of its own into the segment and one out of it, so that each station loses
 * packets by itself.
 *
 * <p>An {@linkplain VirtualNetwork#ethernet Ethernet} carries frames with their header instead, and
 * is a hub: what a station sends reaches all others, who have to look whom it is for.
 */
public final class Segment {
  private record End(String name, VirtualPort port, Channel up, Channel down) {}

  private final VirtualNetwork network;
  private final String name;
  private final int mtu;
  private final boolean ethernet;
  private final List<End> ends = new ArrayList<>();
  private Impairments impairments = Impairments.NONE;

  Segment(VirtualNetwork network, String name, int mtu, boolean ethernet) {
    this.ethernet = ethernet;
    this.network = network;
    this.name = name;
    this.mtu = mtu;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /**
   * Adds a station.
   *
   * @param station its name, used once
   */
  public VirtualPort attach(String station) {
    String endName = name + ":" + station;
    if (ends.stream().anyMatch(end -> end.name.equals(station))) {
      throw new IllegalArgumentException("the segment already has the station " + endName);
    }
    Channel up = new Channel(network, endName + ">", frame -> spread(station, frame));
    VirtualPort port = new VirtualPort(network, endName, mtu, up);
    Channel down = new Channel(network, endName + "<", port::deliver);
    down.impair(impairments);
    ends.add(new End(station, port, up, down));
    return port;
  }

  /** The channel from a station into the segment. */
  public Channel from(VirtualPort station) {
    return end(station).up;
  }

  /** The channel from the segment to a station. */
  public Channel to(VirtualPort station) {
    return end(station).down;
  }

  /** Sets what happens on the way to each station, also to those that are added later. */
  public void impair(Impairments impairments) {
    this.impairments = impairments;
    for (End end : ends) {
      end.down.impair(impairments);
    }
  }

  /** Cuts a station off. */
  public void cut(VirtualPort station) {
    from(station).cut();
    to(station).cut();
  }

  /** Ends the cut of a station. */
  public void restore(VirtualPort station) {
    from(station).restore();
    to(station).restore();
  }

  /** Shows each packet that a station sends to an observer, once. */
  public void addTap(PacketTap tap) {
    for (End end : ends) {
      end.up.addTap(tap);
    }
  }

  private End end(VirtualPort station) {
    for (End end : ends) {
      if (end.port == station) {
        return end;
      }
    }
    throw new IllegalArgumentException(station.name() + " is not on the segment " + name);
  }

  private void spread(String sender, Frame frame) {
    for (End end : ends) {
      if (!end.name.equals(sender) && (ethernet || isFor(end.port, frame))) {
        end.down.transmit(frame);
      }
    }
  }

  private static boolean isFor(VirtualPort port, Frame frame) {
    byte[] bytes = frame.bytes();
    if (frame.nextHop() != 0) {
      return port.hears(new Ipv4Address(frame.nextHop()));
    }
    if (bytes.length < Ipv4Fields.MIN_HEADER_LENGTH || Ipv4Fields.version(bytes, 0) != 4) {
      return true;
    }
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(bytes, 0));
    return destination.isMulticast()
        || destination.equals(Ipv4Address.BROADCAST)
        || port.hears(destination);
  }
}
