package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Hello packet (RFC 2328 A.3.2).
 *
 * <pre>
 * |                        Network Mask                           |
 * |         HelloInterval         |    Options    |    Rtr Pri    |
 * |                     RouterDeadInterval                        |
 * |                      Designated Router                        |
 * |                   Backup Designated Router                    |
 * |                          Neighbor                             |  (any number)
 * </pre>
 *
 * @param header the OSPF header
 * @param networkMask the mask of the sender's interface; 0.0.0.0 on unnumbered and virtual links
 * @param helloIntervalSeconds 0 to 65 535
 * @param options the sender's capabilities
 * @param routerPriority 0 to 255; 0 cannot become designated router
 * @param routerDeadIntervalSeconds 0 to 2^32 - 1
 * @param designatedRouter its interface address, or 0.0.0.0
 * @param backupDesignatedRouter its interface address, or 0.0.0.0
 * @param neighbors Router IDs from which the sender has lately heard Hellos
 * @param lls the link-local signalling block, which needs the L bit in the options
 */
public record HelloPacket(
    OspfHeader header,
    Ipv4Address networkMask,
    int helloIntervalSeconds,
    Options options,
    int routerPriority,
    long routerDeadIntervalSeconds,
    Ipv4Address designatedRouter,
    Ipv4Address backupDesignatedRouter,
    List<Ipv4Address> neighbors,
    @Nullable LinkLocalSignaling lls)
    implements OspfPacket {
  /** Bytes of the body without neighbours. */
  public static final int FIXED_LENGTH = 20;

  /** Checks the ranges. */
  public HelloPacket {
    if ((helloIntervalSeconds & ~0xffff) != 0
        || (routerPriority & ~0xff) != 0
        || (routerDeadIntervalSeconds & ~0xffff_ffffL) != 0) {
      throw new IllegalArgumentException("HelloInterval, Rtr Pri or RouterDeadInterval");
    }
    if (lls != null && !options.has(Options.L)) {
      throw new IllegalArgumentException("an LLS block needs the L bit");
    }
    neighbors = List.copyOf(neighbors);
  }

  /** A Hello without an LLS block. */
  public HelloPacket(
      OspfHeader header,
      Ipv4Address networkMask,
      int helloIntervalSeconds,
      Options options,
      int routerPriority,
      long routerDeadIntervalSeconds,
      Ipv4Address designatedRouter,
      Ipv4Address backupDesignatedRouter,
      List<Ipv4Address> neighbors) {
    this(
        header,
        networkMask,
        helloIntervalSeconds,
        options,
        routerPriority,
        routerDeadIntervalSeconds,
        designatedRouter,
        backupDesignatedRouter,
        neighbors,
        null);
  }

  static HelloPacket decodeBody(OspfHeader header, ByteBuf body) throws MalformedPacketException {
    PacketCodec.require(body, FIXED_LENGTH, "Hello packet");
    Ipv4Address networkMask = Ipv4Address.read(body);
    int helloInterval = body.readUnsignedShort();
    Options options = new Options(body.readUnsignedByte());
    int routerPriority = body.readUnsignedByte();
    long routerDeadInterval = body.readUnsignedInt();
    Ipv4Address designatedRouter = Ipv4Address.read(body);
    Ipv4Address backupDesignatedRouter = Ipv4Address.read(body);
    PacketCodec.requireMultiple(body, Ipv4Address.LENGTH, "Hello neighbors");
    List<Ipv4Address> neighbors = new ArrayList<>(body.readableBytes() / Ipv4Address.LENGTH);
    while (body.isReadable()) {
      neighbors.add(Ipv4Address.read(body));
    }
    return new HelloPacket(
        header,
        networkMask,
        helloInterval,
        options,
        routerPriority,
        routerDeadInterval,
        designatedRouter,
        backupDesignatedRouter,
        neighbors);
  }

  /** This Hello with another link-local signalling block. */
  public HelloPacket withLls(@Nullable LinkLocalSignaling block) {
    return new HelloPacket(
        header,
        networkMask,
        helloIntervalSeconds,
        options,
        routerPriority,
        routerDeadIntervalSeconds,
        designatedRouter,
        backupDesignatedRouter,
        neighbors,
        block);
  }

  @Override
  public PacketType type() {
    return PacketType.HELLO;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + Ipv4Address.LENGTH * neighbors.size();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    networkMask.write(out);
    out.writeShort(helloIntervalSeconds).writeByte(options.bits()).writeByte(routerPriority);
    out.writeInt((int) routerDeadIntervalSeconds);
    designatedRouter.write(out);
    backupDesignatedRouter.write(out);
    for (Ipv4Address neighbor : neighbors) {
      neighbor.write(out);
    }
  }
}
