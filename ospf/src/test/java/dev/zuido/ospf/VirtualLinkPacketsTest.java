package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.VirtualLinkNets.area1;
import static dev.zuido.ospf.VirtualLinkNets.far;
import static dev.zuido.ospf.VirtualLinkNets.link;
import static dev.zuido.ospf.VirtualLinkNets.linkTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The packets of virtual links: sections 8.1, 8.2, 10.8, 13.3 and appendix D. */
final class VirtualLinkPacketsTest {
  private static List<OspfPacket> sentOver(AreaNet net) throws MalformedPacketException {
    List<OspfPacket> packets = new ArrayList<>();
    for (SimulatedNet.Sent each : net.net.sentVirtually) {
      packets.add(OspfPacket.decode(Unpooled.wrappedBuffer(each.packet())));
    }
    return packets;
  }

  @Test
  void packetsGoFromEndToEndAndDescribeNoMtu() throws MalformedPacketException {
    AreaNet far = far().converge();
    List<OspfOutput.TransmitVirtual> sent = far.node(2).log(OspfOutput.TransmitVirtual.class);
    for (OspfOutput.TransmitVirtual each : sent.subList(sent.size() - 5, sent.size())) {
      assertEquals(ip("10.1.2.1"), each.source());
      assertEquals(ip("10.1.3.2"), each.destination());
    }
    Set<Class<?>> seen = new HashSet<>();
    for (SimulatedNet.Sent each : far.net.sentVirtually) {
      assertTrue(each.packet().length <= 576 - 20);
      OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(each.packet()));
      seen.add(packet.getClass());
      assertEquals(area(0), packet.header().areaId());
      if (packet instanceof HelloPacket hello) {
        assertEquals(ip("0.0.0.0"), hello.networkMask());
      } else if (packet instanceof DatabaseDescriptionPacket description) {
        assertEquals(0, description.interfaceMtu());
      }
    }
    assertEquals(5, seen.size());
    Set<DropReason> forbidden =
        EnumSet.of(
            DropReason.AREA_MISMATCH,
            DropReason.WRONG_DESTINATION,
            DropReason.UNKNOWN_NEIGHBOR,
            DropReason.MTU_MISMATCH,
            DropReason.MALFORMED);
    for (int router = 1; router <= 5; router++) {
      assertTrue(
          Collections.disjoint(forbidden, far.node(router).engine.dropped().keySet()),
          "router " + router);
    }
  }

  @Test
  void section82APacketOfAStrangerIsNotTakenForTheLinks() {
    AreaNet far = far().areasOf(3, linkTo(9)).converge();
    assertEquals(InterfaceState.POINT_TO_POINT, link(far, 2).state());
    assertFalse(link(far, 2).fullyAdjacent());
    assertTrue(far.node(3).engine.dropped().get(DropReason.AREA_MISMATCH) > 3);
    far.command(3, new OspfCommand.ConfigureArea(linkTo(2)));
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
    assertEquals(1, far.node(3).engine.virtualLinks().size());
  }

  @Test
  void theLinksAuthenticationIsItsOwn() {
    VirtualLinkConfig plain = VirtualLinkConfig.to(routerId(3));
    OspfAuthentication secret =
        new OspfAuthentication.Simple(ByteString.of("virtual".getBytes(StandardCharsets.US_ASCII)));
    VirtualLinkConfig safe = new VirtualLinkConfig(routerId(3), plain.timers(), secret);
    VirtualLinkConfig back = new VirtualLinkConfig(routerId(2), plain.timers(), secret);
    AreaNet far = far().areasOf(3, area1(back)).converge();
    assertFalse(link(far, 2).fullyAdjacent());
    assertTrue(far.node(3).engine.dropped().get(DropReason.AUTHENTICATION) > 3);
    far.command(2, new OspfCommand.ConfigureArea(area1(safe)));
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
  }

  @Test
  void packetsAreSignedWithTheAddressOfTheLinkAsTheirSource() {
    OspfAuthentication chain =
        OspfAuthentication.KeyChain.extended(
            new OspfAuthentication.Key(
                70_000,
                CryptographicKey.Algorithm.HMAC_SHA_256,
                ByteString.of("virtual".getBytes(StandardCharsets.US_ASCII)),
                OspfAuthentication.Lifetime.ALWAYS,
                OspfAuthentication.Lifetime.ALWAYS));
    OspfInterfaceTimers timers = OspfInterfaceTimers.DEFAULT;
    AreaNet far =
        far()
            .areasOf(2, area1(new VirtualLinkConfig(routerId(3), timers, chain)))
            .areasOf(3, area1(new VirtualLinkConfig(routerId(2), timers, chain)))
            .converge();
    assertTrue(link(far, 2).fullyAdjacent());
    far.set(3, false);
    far.quiet();
    assertEquals(ip("10.1.4.1"), link(far, 2).address());
    assertTrue(link(far, 2).fullyAdjacent());
    assertFalse(far.node(3).engine.dropped().containsKey(DropReason.AUTHENTICATION));
  }

  @Test
  void theIntervalsAreConfiguredAndChecked() {
    OspfInterfaceTimers slow = new OspfInterfaceTimers(20, 80, 9, 3);
    VirtualLinkConfig other = new VirtualLinkConfig(routerId(2), slow, OspfAuthentication.NONE);
    AreaNet far = far().areasOf(3, area1(other)).converge();
    assertFalse(link(far, 2).fullyAdjacent());
    InterfaceSnapshot at2 = far.node(2).engine.interfaces(far.net.now).get(0);
    assertEquals(new Mismatch.HelloInterval(10, 20), at2.explanations().get(0).mismatch());
    far.command(3, new OspfCommand.ConfigureArea(linkTo(2)));
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
  }

  @Test
  void section82TheReceivingInterfaceMustAttachToTheTransitArea() {
    AreaNet far = far().converge();
    byte[] hello = far.net.sentVirtually.get(0).packet();
    OspfEngine engine = far.node(3).engine;
    engine.handle(5, Unpooled.wrappedBuffer(hello), ip("10.1.2.1"), ip("10.1.5.1"), far.net.now);
    assertEquals(1, engine.dropped().get(DropReason.AREA_MISMATCH));
    engine.handle(3, Unpooled.wrappedBuffer(hello), ip("10.1.2.1"), ip("10.9.9.9"), far.net.now);
    assertEquals(1, engine.dropped().get(DropReason.WRONG_DESTINATION));
  }

  @Test
  void section133AsExternalLsasAreNeverFloodedOverVirtualAdjacencies()
      throws MalformedPacketException {
    AreaNet far = far().start();
    far.command(
        1,
        new OspfCommand.AnnounceExternal(
            ExternalDestination.of(prefix("172.16.0.0/16"), 5, false)));
    far.quiet();
    far.command(
        1,
        new OspfCommand.AnnounceExternal(
            ExternalDestination.of(prefix("172.17.0.0/16"), 5, false)));
    far.quiet();
    assertEquals("EXTERNAL_TYPE_1 45", far.way(4, prefix("172.16.0.0/16")));
    assertEquals("EXTERNAL_TYPE_1 45", far.way(4, prefix("172.17.0.0/16")));
    for (OspfPacket packet : sentOver(far)) {
      List<LsaHeader> headers = new ArrayList<>();
      if (packet instanceof LinkStateUpdatePacket update) {
        update.lsas().forEach(lsa -> headers.add(lsa.header()));
      } else if (packet instanceof DatabaseDescriptionPacket description) {
        headers.addAll(description.lsaHeaders());
      }
      assertTrue(headers.stream().noneMatch(each -> each.type() == LsaType.AS_EXTERNAL));
    }
  }

  @Test
  void theAgeOfLsasGrowsByInfTransDelay() throws MalformedPacketException {
    OspfInterfaceTimers timers = new OspfInterfaceTimers(10, 40, 5, 7);
    VirtualLinkConfig there = new VirtualLinkConfig(routerId(3), timers, OspfAuthentication.NONE);
    VirtualLinkConfig back = new VirtualLinkConfig(routerId(2), timers, OspfAuthentication.NONE);
    AreaNet far = far().areasOf(2, area1(there)).areasOf(3, area1(back)).converge();
    int updates = 0;
    for (OspfPacket packet : sentOver(far)) {
      if (packet instanceof LinkStateUpdatePacket update) {
        updates++;
        for (Lsa lsa : update.lsas()) {
          assertTrue(lsa.header().age() >= 7);
        }
      }
    }
    assertTrue(updates > 2);
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
  }
}
