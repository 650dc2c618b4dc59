package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.NatTraversalTest.Two;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fixed peer with a certificate behind a translator: its address does not say who it is. */
class HiddenCertificateTest {
  private static final Identity NAME_OF_A = new Identity.Fqdn("a.example");

  private static Two two(AggressiveMode mode, boolean hideA, Identity aSays, Identity bExpects) {
    UnaryOperator<PeerConfig> both = p -> AggressiveModeTest.mode(p, mode);
    return new Two(
        1,
        hideA,
        false,
        EncapsulationMode.TUNNEL,
        p -> both.apply(TestCertificates.signed(p, true).withIdentities(aSays, null)),
        p ->
            both.apply(
                TestCertificates.signed(p, false).withIdentities(p.localIdentity(), bExpects)));
  }

  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void itNeedsAConfiguredIdentity(AggressiveMode mode) {
    for (Identity says : List.of(new Identity.Ipv4(Site.A), NAME_OF_A)) {
      Two unknown = two(mode, true, says, null);
      unknown.a.initiate(0);
      unknown.net.run(5 * Net.SECOND);
      assertFalse(Net.usable(unknown.a, unknown.b));
      // Aggressive mode finds nobody of that name before it comes to proofs.
      boolean named = mode == AggressiveMode.INITIATE && says.equals(NAME_OF_A);
      String said = unknown.b.lastFailure() + unknown.b.outputs(IkeOutput.Dropped.class);
      assertTrue(
          said.contains(named ? "no peer that may use aggressive" : "only a configured identity"),
          said);
      assertTrue(unknown.b.phaseOnes().isEmpty());
      two(mode, true, says, says).established();
    }
    // Without a translator the address is the identity, as with a key.
    two(mode, false, new Identity.Ipv4(Site.A), null).established();
  }

  @Test
  void anIdentityThatNoCertificateNamesIsRefusedWithTheConfiguration() {
    PeerConfig signed = TestCertificates.signed(Site.peer(true), true);
    for (Identity identity :
        List.of(
            new Identity.KeyId(ByteString.ofHex("0102")),
            new Identity.Ipv4Subnet(
                Ipv4Address.of(10, 1, 1, 0), Ipv4Address.of(255, 255, 255, 0)))) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> signed.withIdentities(signed.localIdentity(), identity));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("no certificate names"),
          refusal::getMessage);
      PeerConfig preShared = Site.peer(true);
      assertEquals(
          identity, preShared.withIdentities(preShared.localIdentity(), identity).remoteIdentity());
    }
  }
}
