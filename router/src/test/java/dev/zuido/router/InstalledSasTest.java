package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
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
  void withoutATranslatorEspIsDirectlyInIp() {
    assertNull(of(Direction.INBOUND, null).udpEncapsulation());
  }
}
