package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.BACKBONE;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Unnumbered point-to-point links: RFC 2328 sections 8.1, 9.5 and 12.4.1.1. */
final class UnnumberedTest {
  private final SimulatedNet net = new SimulatedNet(29);
  private final Node a = router(1, 11, 12);
  private final Node b = router(2, 21, 22);

  private Node router(int n, int first, int second) {
    return net.add(
        "r" + n,
        OspfConfig.of(routerId(n), unnumbered(first, n), unnumbered(second, n), stub(3, n)));
  }

  /** A link that borrows the address of the router's stub network. */
  private static OspfInterfaceConfig unnumbered(int id, int n) {
    return OspfInterfaceConfig.unnumbered(id, "tunnel" + id, BACKBONE).toBuilder()
        .borrowedAddress(Ipv4Address.of(192, 168, n, 1))
        .build();
  }

  @Test
  void severalLinksToTheSameNeighborAreToldApartByTheirIndex() {
    Segment first = net.join(a, 11, b, 21);
    net.join(a, 12, b, 22);
    first.record = true;
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(2, a.engine.neighbors(net.now).size());
    RouterLsa own = (RouterLsa) Configs.routerLsa(a.engine, routerId(1)).lsa().body();
    assertEquals(
        List.of(
            new RouterLink(RouterLink.STUB, Ipv4Address.of(192, 168, 1, 0), mask(), 10),
            new RouterLink(RouterLink.POINT_TO_POINT, routerId(2), new Ipv4Address(11), 10),
            new RouterLink(RouterLink.POINT_TO_POINT, routerId(2), new Ipv4Address(12), 10)),
        own.links());
    Ipv4Address theirs = Ipv4Address.of(192, 168, 2, 1);
    assertEquals(
        Set.of(new NextHop(11, theirs), new NextHop(12, theirs)),
        a.engine.routes().route(prefix("192.168.2.0/24")).nextHops());
    first.cut = true;
    net.run(60 * SECOND);
    assertEquals(
        Set.of(new NextHop(12, theirs)),
        a.engine.routes().route(prefix("192.168.2.0/24")).nextHops());
  }

  private static Ipv4Address mask() {
    return Ipv4Address.of(255, 255, 255, 0);
  }

  @Test
  void theMaskInHellosIsZeroAndIsNotLookedAt() throws Exception {
    Segment wire = net.join(a, 11, b, 21);
    wire.record = true;
    net.upAll();
    net.run(SECOND);
    HelloPacket hello =
        (HelloPacket) OspfPacket.decode(Unpooled.wrappedBuffer(wire.sent.get(0).packet()));
    assertEquals(Ipv4Address.UNSPECIFIED, hello.networkMask());
  }

  @Test
  void aNumberedEndAndAnUnnumberedEndBecomeAdjacent() {
    SimulatedNet mixed = new SimulatedNet(31);
    Node numbered = mixed.add("n", OspfConfig.of(routerId(1), Configs.link(1, 1, 1), stub(2, 1)));
    Node not = mixed.add("u", OspfConfig.of(routerId(2), unnumbered(1, 2), stub(2, 2)));
    mixed.join(numbered, 1, not, 1);
    mixed.upAll();
    mixed.run(60 * SECOND);
    assertTrue(numbered.isFullWith(not) && not.isFullWith(numbered));
    assertEquals(
        Set.of(new NextHop(1, Ipv4Address.of(10, 1, 1, 1))),
        not.engine.routes().route(prefix("192.168.1.0/24")).nextHops());
    assertEquals(
        Set.of(new NextHop(1, Ipv4Address.of(192, 168, 2, 1))),
        numbered.engine.routes().route(prefix("192.168.2.0/24")).nextHops());
  }

  @Test
  void aBorrowedAddressThatChangesIsFollowed() {
    net.join(a, 11, b, 21);
    net.upAll();
    net.run(30 * SECOND);
    b.log.clear();
    Ipv4Address moved = Ipv4Address.of(192, 168, 1, 99);
    // The caller sends from another address from now on.
    net.segments.get(0).ports.set(0, new SimulatedNet.Port(a, 11, moved));
    net.run(30 * SECOND);
    assertTrue(b.isFullWith(a));
    assertEquals(
        Set.of(new NextHop(21, moved)),
        b.engine.routes().route(prefix("192.168.1.0/24")).nextHops());
    assertEquals(List.of(), b.log(OspfOutput.NeighborChanged.class));
  }

  @Test
  void extendedAuthenticationNeedsToKnowTheAddress() {
    OspfAuthentication extended =
        OspfAuthentication.KeyChain.extended(
            OspfAuthentication.Key.always(
                1, CryptographicKey.Algorithm.HMAC_SHA_256, ByteString.of((byte) 1)));
    OspfInterfaceConfig nameless = OspfInterfaceConfig.unnumbered(1, "t", BACKBONE);
    assertThrows(IllegalArgumentException.class, () -> nameless.withAuthentication(extended));
    SimulatedNet signed = new SimulatedNet(37);
    Node one =
        signed.add("1", OspfConfig.of(routerId(1), unnumbered(1, 1).withAuthentication(extended)));
    Node two =
        signed.add("2", OspfConfig.of(routerId(2), unnumbered(1, 2).withAuthentication(extended)));
    signed.join(one, 1, two, 1);
    signed.upAll();
    assertTrue(signed.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 30 * SECOND));
  }
}
