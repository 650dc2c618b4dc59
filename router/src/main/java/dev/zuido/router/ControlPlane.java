package dev.zuido.router;

import dev.zuido.esp.EspFields;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.IcmpQuote;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.gre.GrePathMtuReport;
import dev.zuido.ike.ComputeResult;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.UdpFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The glue: from IKE to ESP, and from OSPF to the routing table.
 *
 * <p>This is the place to read first for whoever embeds the engines. Each engine is used in the
 * same way: hand it what has happened, then {@code poll} until it returns null and do what each
 * output says, in that order.
 *
 * <ul>
 *   <li>IKE: {@link #drainIke} sends its datagrams, runs its computations, installs and removes the
 *       SAs that it negotiates ({@link SaInstallation}) and answers; {@link #acquireSas} asks it
 *       for SAs when packets want them; {@link #expireSas} tells it when an SA has carried enough.
 *   <li>OSPF: {@link OspfControl} sends its packets, puts its routes into the table, and tells it
 *       of routes that are redistributed.
 * </ul>
 */
final class ControlPlane {
  private static final int ICMP_HEADER_LENGTH = 8;

  private final List<RouterInterface> interfaces;
  private final SaInstallation sas;
  private final PacketOrigin origin;
  private @Nullable IkeEngine ike;
  private final @Nullable OspfControl ospf;
  private final EventLog log;
  private final Computations computations;

  /** Tasks that were begun and whose results have not been taken. */
  private int computing;

  /** Results to come that belong to an engine that is no more. */
  private int stale;

  private final ByteBuf out = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH, 0xffff);

  /** Who takes the routes that OSPF has found. */
  interface RouteSink {
    void replace(RouteSource source, List<Route> routes);
  }

  ControlPlane(
      List<RouterInterface> interfaces,
      SaInstallation sas,
      PacketOrigin origin,
      @Nullable IkeEngine ike,
      @Nullable OspfControl ospf,
      EventLog log,
      Computations computations) {
    this.interfaces = interfaces;
    this.sas = sas;
    this.origin = origin;
    this.ike = ike;
    this.ospf = ospf;
    this.log = log;
    this.computations = computations;
  }

  // ---- IKE and ESP

  /** Whether there is anybody for ISAKMP datagrams. */
  boolean takesIsakmp() {
    return ike != null;
  }

  /** A UDP datagram has come to the ISAKMP port. */
  void isakmpDatagram(byte[] bytes, int udp, int source, int destination, long nowNanos) {
    if (ike == null) {
      return;
    }
    ByteBuf datagram =
        Unpooled.wrappedBuffer(
            bytes,
            udp + UdpFields.HEADER_LENGTH,
            UdpFields.length(bytes, udp) - UdpFields.HEADER_LENGTH);
    ike.handle(
        datagram,
        new Endpoint(new Ipv4Address(destination), UdpFields.destinationPort(bytes, udp)),
        new Endpoint(new Ipv4Address(source), UdpFields.sourcePort(bytes, udp)),
        nowNanos);
    drainIke(nowNanos);
  }

  /** Does what IKE says. */
  private void drainIke(long nowNanos) {
    if (ike == null) {
      return;
    }
    IkeOutput output;
    while ((output = ike.poll(out.clear())) != null) {
      if (output instanceof IkeOutput.Transmit transmit) {
        origin.sendUdp(transmit.local(), transmit.remote(), out);
      } else if (output instanceof IkeOutput.Compute compute) {
        computing++;
        computations.begin(compute.task());
        takeComputed(nowNanos);
      } else if (output instanceof IkeOutput.InstallSa install) {
        ike.handle(sas.install(install.sa(), nowNanos), nowNanos);
      } else if (output instanceof IkeOutput.RemoveSa remove) {
        sas.remove(remove);
      } else if (output instanceof IkeOutput.MoveSa move) {
        sas.move(move);
      } else {
        log.ike(output);
      }
    }
  }

  /** Gives the engine what has been computed for it meanwhile. */
  private boolean takeComputed(long nowNanos) {
    boolean any = false;
    ComputeResult result;
    while (ike != null && (result = computations.poll()) != null) {
      computing--;
      if (stale > 0) {
        stale--;
      } else {
        ike.handle(result, nowNanos);
        any = true;
      }
    }
    return any;
  }

  /** Ends the key exchange: its SAs are deleted, and the peers that can be reached are told. */
  void endIke(long nowNanos) {
    shutdownIke(nowNanos);
    stale = computing;
    ike = null;
  }

  /** Begins the key exchange anew, with other addresses. */
  void beginIke(@Nullable IkeEngine engine) {
    ike = engine;
  }

  /** Packets were dropped for want of an SA: IKE is asked for one. */
  void acquireSas(long nowNanos) {
    if (ike == null) {
      return;
    }
    for (RouterInterface each : interfaces) {
      CryptoPolicy crypto = each.crypto();
      if (crypto == null) {
        continue;
      }
      SecurityPolicy wanted;
      while ((wanted = crypto.boundary().pollAcquire()) != null) {
        CryptoPolicy.ChildName name = crypto.children().get(wanted.name());
        if (name != null) {
          ike.handle(new IkeCommand.Initiate(name.peer(), name.child()), nowNanos);
          drainIke(nowNanos);
        }
      }
    }
  }

  /** Tells IKE which SAs have been used, have carried enough, or are over. */
  void expireSas(long nowNanos) {
    if (ike == null) {
      return;
    }
    List<IkeCommand> news = new ArrayList<>();
    sas.observe(nowNanos, news::add);
    for (IkeCommand each : news) {
      ike.handle(each, nowNanos);
      drainIke(nowNanos);
    }
  }

  /** The IPsec boundary has refused a packet. */
  void ipsecRefused(
      RouterInterface in, PacketBatch batch, int index, EspVerdict refusal, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    Ipv4Address source = new Ipv4Address(Ipv4Fields.source(bytes, offset));
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(bytes, offset));
    if (!IpsecAudit.covers(refusal)) {
      log.ipsecRefused(in, source, destination, refusal, nowNanos);
    }
    sas.audit().drain();
    if (refusal == EspVerdict.UNKNOWN_SPI && ike != null) {
      int spi = EspFields.spi(bytes, offset);
      IkeCommand.InvalidSpi news =
          EspFields.isUdpEncapsulatedEsp(bytes, offset)
              ? new IkeCommand.InvalidSpi(
                  destination,
                  source,
                  UdpFields.sourcePort(bytes, offset + Ipv4Fields.headerLength(bytes, offset)),
                  spi)
              : new IkeCommand.InvalidSpi(destination, source, spi);
      ike.handle(news, nowNanos);
      drainIke(nowNanos);
    }
  }

  /**
   * A router on the way says that a packet was too long. Only who has seen our packets can quote
   * one that an SA or a tunnel believes to be its own.
   *
   * @param offset where the well-formed packet with the ICMP message starts
   * @param icmp where the message starts, whose checksum is right
   * @param length the message's
   */
  void pathTooNarrow(
      byte[] bytes, int offset, int icmp, int length, Tunnels tunnels, long nowNanos) {
    IcmpQuote quote = IcmpQuote.of(bytes, offset, icmp + length - offset);
    if (quote == null) {
      for (TunnelLine line : tunnels.lines()) {
        int mtu = BigEndian.getUnsignedShort(bytes, icmp + 6);
        var report =
            line.tunnel()
                .learnPathMtu(
                    bytes, icmp + ICMP_HEADER_LENGTH, length - ICMP_HEADER_LENGTH, mtu, nowNanos);
        if (report == GrePathMtuReport.LEARNED) {
          log.pathMtu(line.owner().toString(), line.tunnel().pathMtu());
        }
      }
      return;
    }
    OutboundSa sender = sas.associations().sender(quote);
    if (sender != null && sender.learnPathMtu(quote, nowNanos)) {
      log.pathMtu("outbound SA " + sender.parameters().spiText(), sender.pathMtu(nowNanos));
    }
  }

  // ---- OSPF and the routing table

  /** An OSPF packet has come in on an interface. */
  void ospfPacket(
      RouterInterface in,
      ByteBuf packet,
      Ipv4Address source,
      Ipv4Address destination,
      int ttl,
      long nowNanos) {
    if (ospf != null) {
      ospf.packet(in, packet, source, destination, ttl, nowNanos);
    }
  }

  /** Whether OSPF runs on an interface. */
  boolean runsOspfOn(RouterInterface which) {
    return ospf != null && ospf.runsOn(which);
  }

  /** An interface has gone up or down. */
  void interfaceChanged(RouterInterface changed, long nowNanos) {
    if (ospf != null) {
      ospf.interfaceChanged(changed, nowNanos);
    }
  }

  /** The routing table may have changed. */
  void routesChanged(long nowNanos) {
    if (ospf != null) {
      ospf.redistribute(nowNanos);
    }
  }

  // ---- Time

  /** Runs what has fallen due in the engines. */
  void handleTimeouts(long nowNanos) {
    if (takeComputed(nowNanos)) {
      drainIke(nowNanos);
    }
    if (ike != null && ike.nextDeadline() <= nowNanos) {
      ike.handleTimeout(nowNanos);
      drainIke(nowNanos);
    }
    if (ospf != null) {
      ospf.handleTimeouts(nowNanos);
    }
  }

  /** When the engines have something to do next. */
  long nextDeadline() {
    long deadline = sas.associations().nextDeadline();
    if (ike != null) {
      deadline = Math.min(deadline, ike.nextDeadline());
    }
    if (ospf != null) {
      deadline = Math.min(deadline, ospf.nextDeadline());
    }
    return deadline;
  }

  /** Takes leave of the peers: own LSAs are flushed and deletes are sent. */
  void shutdown(long nowNanos) {
    if (ospf != null) {
      ospf.handle(new OspfCommand.Shutdown(), nowNanos);
    }
  }

  /** Whether OSPF, if there is any, has taken leave. */
  boolean hasLeft() {
    return ospf == null || ospf.hasEnded();
  }

  /** Deletes all SAs, at last. */
  void shutdownIke(long nowNanos) {
    if (ike != null) {
      ike.handle(new IkeCommand.Shutdown(), nowNanos);
      drainIke(nowNanos);
    }
  }

  @Nullable IkeEngine ike() {
    return ike;
  }

  @Nullable OspfEngine ospf() {
    return ospf == null ? null : ospf.engine();
  }

  @Nullable OspfControl ospfControl() {
    return ospf;
  }

  SecurityAssociationDatabase associations() {
    return sas.associations();
  }
}
