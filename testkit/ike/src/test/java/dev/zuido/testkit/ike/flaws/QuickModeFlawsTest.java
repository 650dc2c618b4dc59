package dev.zuido.testkit.ike.flaws;

import static dev.zuido.testkit.ike.flaws.Tampering.FAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.message.IdType;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.TransformId;
import dev.zuido.testkit.ike.impairment.ScriptConfig;
import dev.zuido.testkit.ike.impairment.ScriptedChild;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in quick mode (feature-anchors 3.1). */
class QuickModeFlawsTest {
  private static final ScriptConfig CONFIG = TwoPeers.script(TwoPeers.PEER, FAST, null);

  private static ScriptConfig with(Identification local, Identification remote) {
    ScriptedChild child = CONFIG.child();
    return CONFIG.withChild(new ScriptedChild(child.transform(), local, remote, null));
  }

  /** Identities of every type, of lengths that fit it and that do not, on either side. */
  @Test
  void cve202338711IdentitiesOfUnexpectedTypes() {
    Identification own = CONFIG.child().local();
    Identification gateways = CONFIG.child().remote();
    for (int type = 0; type <= IdType.KEY_ID + 1; type++) {
      TwoPeers scene = Tampering.scene(21);
      for (int length : new int[] {0, 1, 4, 7, 8, 16, 32, 200}) {
        Identification odd =
            new Identification(type, IpProtocol.GRE, 0, ByteString.of(new byte[length]));
        assertFalse(scene.scripted(10 * length, with(own, odd)).handshake());
        assertFalse(scene.scripted(10 * length + 1, with(odd, gateways)).handshake());
        assertFalse(scene.scripted(10 * length + 2, with(odd, odd)).handshake());
      }
      assertTrue(scene.peer().handshake());
      assertEquals("", scene.difference());
    }
  }

  private static PeerConfig with(PeerConfig peer, EspProposal suite) {
    ChildConfig child = peer.children().get(0);
    ChildConfig other =
        new ChildConfig(
            child.name(),
            child.local(),
            child.remote(),
            child.mode(),
            List.of(suite),
            null,
            child.lifetimeSeconds(),
            child.lifetimeKilobytes());
    return peer.withChildren(other);
  }

  /** Every transform with every length of key, against GMAC and against CBC with a HMAC. */
  @Test
  void cve20243652TransformsWithoutKeyMaterial() {
    for (EspProposal suite :
        List.of(
            new EspProposal(EspEncryption.AES_GMAC, 256, EspIntegrity.NONE),
            new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96))) {
      int made = 0;
      long seed = 100;
      for (int transform = 0; transform < 256; transform++) {
        if (transform > 30 && transform % 25 != 0 && !Tampering.WHOLE) {
          continue;
        }
        TwoPeers scene = Tampering.scene(22, peer -> with(peer, suite));
        for (int keyBits : new int[] {0, 1, 8, 64, 127, 128, 192, 256, 512, 0xffff}) {
          for (int authentication : new int[] {0, IpsecAttribute.Authentication.HMAC_SHA, 0xffff}) {
            ScriptedChild child =
                ScriptedChild.of(
                    transform,
                    keyBits,
                    authentication,
                    IpsecAttribute.EncapsulationMode.TRANSPORT,
                    null,
                    CONFIG.child().local(),
                    CONFIG.child().remote());
            boolean offered =
                transform == suite.encryption().transformId()
                    && keyBits == suite.keyBits()
                    && authentication == suite.integrity().attributeValue();
            boolean accepted = scene.scripted(seed++, CONFIG.withChild(child)).establish();
            assertEquals(offered, accepted, transform + " with " + keyBits + " bits");
            made += accepted ? 1 : 0;
          }
        }
        for (SaParameters sa : scene.gateway().installed().values()) {
          assertFalse(sa.keys().encryption().length == 0, sa::toString);
        }
      }
      assertEquals(1, made, suite::toString);
    }
    assertEquals(23, TransformId.Esp.NULL_AUTH_AES_GMAC);
  }
}
