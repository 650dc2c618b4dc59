package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The routers attached to a transit network, told by its designated router (RFC 2328 A.4.3).
 *
 * <pre>
 * |                         Network Mask                          |
 * |                        Attached Router                        |  (one or more)
 * </pre>
 *
 * @param networkMask the network's mask, which a peer may have sent with holes
 * @param attachedRouters Router IDs of the routers that are fully adjacent to the designated
 *     router, and its own
 */
public record NetworkLsa(Ipv4Address networkMask, List<Ipv4Address> attachedRouters)
    implements LsaBody {
  /** Copies the list. */
  public NetworkLsa {
    attachedRouters = List.copyOf(attachedRouters);
  }

  /** Reads a body: all bytes of the buffer. */
  public static NetworkLsa decode(ByteBuf in) throws MalformedPacketException {
    int length = in.readableBytes();
    if (length < 4) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "network-LSA mask", LsaHeader.LENGTH + length);
    }
    if (length % 4 != 0) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "network-LSA attached routers", LsaHeader.LENGTH + 4);
    }
    Ipv4Address mask = Ipv4Address.read(in);
    List<Ipv4Address> routers = new ArrayList<>(length / 4 - 1);
    while (in.isReadable()) {
      routers.add(Ipv4Address.read(in));
    }
    return new NetworkLsa(mask, routers);
  }

  @Override
  public int type() {
    return LsaType.NETWORK;
  }

  @Override
  public void encode(ByteBuf out) {
    networkMask.write(out);
    for (Ipv4Address router : attachedRouters) {
      router.write(out);
    }
  }

  @Override
  public int encodedLength() {
    return 4 + 4 * attachedRouters.size();
  }
}
