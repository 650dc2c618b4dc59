package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.ike.AhIntegrity;
import dev.zuido.ike.AhProposal;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ESP is told of an SA that IKE has negotiated. */
final class InstalledSasTest {
  private static final Ipv4Address OURS = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address PEER = Ipv4Address.of(203, 0, 113, 7);

  private static dev.zuido.esp.SaParameters of(
      Direction direction, SaParameters.@Nullable UdpEncapsulation ports) {
    return of(direction, ports, null);
  }

  private static dev.zuido.esp.SaParameters of(
      Direction direction,
      SaParameters.@Nullable UdpEncapsulation ports,
      SaParameters.@Nullable OriginalAddresses original) {
    boolean inbound = direction == Direction.INBOUND;
    var everything = dev.zuido.ike.TrafficSelector.host(OURS, 0);
    SaParameters negotiated =
        new SaParameters(
            1,
            direction,
            "peer",
            "peer",
            "child",
            0x1234,
            inbound ? PEER : OURS,
            inbound ? OURS : PEER,
            EncapsulationMode.TUNNEL,
            new EspProposal(EspEncryption.AES_GCM_16, 256, EspIntegrity.NONE),
            false,
            everything,
            everything,
            ports,
            original,
            3_600,
            1_000,
            null);
    return InstalledSas.parameters(negotiated, TrafficSelector.ANY, 64);
  }

  @Test
  void portsAreThoseOfOurSideAndThePeers() {
    var in = of(Direction.INBOUND, new SaParameters.UdpEncapsulation(61_000, 4_500));
    var out = of(Direction.OUTBOUND, new SaParameters.UdpEncapsulation(4_500, 61_000));
    assertEquals(new UdpEncapsulation(4_500, 61_000), in.udpEncapsulation());
    assertEquals(in.udpEncapsulation(), out.udpEncapsulation());
    assertEquals(OURS, in.local());
    assertEquals(PEER, in.remote());
    assertEquals(OURS, out.local());
    assertEquals(PEER, out.remote());
  }

  /** Whatever the peer has said: an address of the other family corrects no checksum here. */
  @Test
  void originalAddressesAreThoseOfIpv4() {
    var ports = new SaParameters.UdpEncapsulation(61_000, 4_500);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    assertEquals(
        new UdpEncapsulation(4_500, 61_000, OURS, inside),
        of(Direction.INBOUND, ports, new SaParameters.OriginalAddresses(inside, OURS))
            .udpEncapsulation());
    Ipv6Address six = Ipv6Address.parse("2001:db8::1");
    assertEquals(
        new UdpEncapsulation(4_500, 61_000),
        of(Direction.INBOUND, ports, new SaParameters.OriginalAddresses(six, six))
            .udpEncapsulation());
  }

  @Test
  void sequenceNumbersAreAsWideAsWasNegotiated() {
    assertFalse(of(Direction.INBOUND, null).extendedSequenceNumbers());
    SaParameters negotiated =
        new SaParameters(
            1,
            Direction.OUTBOUND,
            "peer",
            "peer",
            "child",
            0x1234,
            OURS,
            PEER,
            EncapsulationMode.TUNNEL,
            new EspProposal(EspEncryption.AES_GCM_16, 256, EspIntegrity.NONE),
            true,
            dev.zuido.ike.TrafficSelector.host(OURS, 0),
            dev.zuido.ike.TrafficSelector.host(PEER, 0),
            null,
            null,
            3_600,
            1_000,
            null);
    assertTrue(
        InstalledSas.parameters(negotiated, TrafficSelector.ANY, 64).extendedSequenceNumbers());
  }

  @Test
  void ahIsRefusedByName() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> InstalledSas.suite(new AhProposal(AhIntegrity.HMAC_SHA1_96)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("AH is not installed here"));
  }

  @Test
  void withoutATranslatorEspIsDirectlyInIp() {
    assertNull(of(Direction.INBOUND, null).udpEncapsulation());
  }

  private static EspKeys espKeys(dev.zuido.esp.SaParameters parameters) {
    return EspKeys.ofKeyMaterial(
        parameters.suite(), new byte[parameters.suite().keyMaterialLength()]);
  }

  private static PacketBatch arrived(OutboundSa peer, int fromPort) {
    byte[] inner = new byte[60];
    Ipv4Fields.write(inner, 0, 0, 60, 1, 0, 60, IpProtocol.GRE, PEER.value(), OURS.value());
    PacketBatch batch = PacketBatch.ofOne(1_500);
    batch.add(inner, 0, inner.length);
    peer.seal(batch);
    byte[] sealed = batch.copy(0);
    BigEndian.putShort(sealed, Ipv4Fields.headerLength(sealed, 0), fromPort);
    PacketBatch arrived = PacketBatch.ofOne(1_500);
    arrived.add(sealed, 0, sealed.length);
    return arrived;
  }

  private static List<Integer> newPorts(InstalledSas sas) {
    List<Integer> ports = new ArrayList<>();
    sas.observeSources((watch, address, port) -> ports.add(port));
    return ports;
  }

  /** The peer's messages came from elsewhere, and now its packets come from where it was before. */
  @Test
  void packetsMoveBackWhatMessagesHaveMoved() {
    var in = of(Direction.INBOUND, new SaParameters.UdpEncapsulation(61_000, 4_500));
    var out =
        dev.zuido.esp.SaParameters.of(in.spi(), in.mode(), in.suite(), PEER, OURS)
            .withUdpEncapsulation(new UdpEncapsulation(4_500, 4_500));
    SecureRandom random = new SecureRandom();
    try (EspKeys keys = espKeys(in);
        OutboundSa peer = new OutboundSa(out, keys, EspCrypto.platform(), random, 0);
        InboundSa inbound = new InboundSa(in, keys, EspCrypto.platform(), 0)) {
      InstalledSas sas = new InstalledSas(random);
      sas.add(7, inbound);
      EventLog log = new EventLog(event -> {}, List.of(), null);
      var installation =
          new SaInstallation(
              List.of(),
              new SecurityAssociationDatabase(4),
              sas,
              new RouterEnvironment(random, new SplittableRandom(1), event -> {}, null),
              64,
              log,
              new IpsecAudit(log));
      inbound.open(arrived(peer, 61_000));
      assertEquals(List.of(), newPorts(sas), "as negotiated");
      inbound.open(arrived(peer, 61_001));
      assertEquals(List.of(61_001), newPorts(sas));
      assertEquals(List.of(), newPorts(sas), "it is said once");
      inbound.open(arrived(peer, 61_001));
      installation.move(
          new IkeOutput.MoveSa(
              7,
              in.spi(),
              Direction.INBOUND,
              PEER,
              OURS,
              new SaParameters.UdpEncapsulation(62_000, 4_500)));
      assertEquals(List.of(), newPorts(sas), "no packet is newer than what IKE knows");
      inbound.open(arrived(peer, 61_001));
      assertEquals(List.of(61_001), newPorts(sas));
    }
  }
}
