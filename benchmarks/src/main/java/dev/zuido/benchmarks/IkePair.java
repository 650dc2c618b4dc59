package dev.zuido.benchmarks;

import dev.zuido.benchmarks.IkeSite.Datagram;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Two engines of the reference scenario and a network that delivers at once. */
final class IkePair {
  private static final String PEER = "peer";
  private static final String CHILD = "gre";

  private final IkeSite initiator;
  private final IkeSite responder;
  private final List<Datagram> toInitiator = new ArrayList<>();
  private final List<Datagram> toResponder = new ArrayList<>();

  /** Two sites that know nothing of each other yet. */
  IkePair(DhGroup group, SecureRandom initiatorsSecrets, SecureRandom respondersSecrets) {
    initiator = new IkeSite(config(group, true), initiatorsSecrets);
    responder = new IkeSite(config(group, false), respondersSecrets);
  }

  private static IkeConfig config(DhGroup group, boolean atInitiator) {
    return IkeConfig.of(
        List.of(
            atInitiator
                ? peer(PEER, Packets.SITE_A, Packets.SITE_B, group, DpdConfig.OFF)
                : peer(PEER, Packets.SITE_B, Packets.SITE_A, group, DpdConfig.OFF)));
  }

  /** A peer with one child, GRE in transport mode. */
  static PeerConfig peer(
      String name, Ipv4Address here, Ipv4Address there, DhGroup group, DpdConfig dpd) {
    ChildConfig child =
        ChildConfig.of(
            CHILD,
            TrafficSelector.host(here, IpProtocol.GRE),
            TrafficSelector.host(there, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96)));
    return PeerConfig.siteToSite(
        name,
        here,
        there,
        Secret.owning("a shared key".getBytes(StandardCharsets.UTF_8)),
        List.of(IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, group)),
        dpd,
        List.of(child));
  }

  /** The command that begins with a peer of {@link #peer}. */
  static IkeCommand initiate(String name) {
    return new IkeCommand.Initiate(name, CHILD);
  }

  /** Negotiates, and checks that each side has installed a pair of SAs. */
  void establish() {
    initiator.command(initiate(PEER), 0);
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Datagram each; (each = initiator.poll()) != null; moved = true) {
        toResponder.add(each);
        responder.receive(each, 0);
      }
      for (Datagram each; (each = responder.poll()) != null; moved = true) {
        toInitiator.add(each);
        initiator.receive(each, 0);
      }
    }
    requirePair(initiator);
    requirePair(responder);
  }

  private static void requirePair(IkeSite site) {
    if (site.installed() != 2) {
      throw new IllegalStateException("installed " + site.installed() + " SAs, not 2");
    }
  }

  /**
   * A handshake whose messages were kept, so that one side of it can be played again without the
   * other: from one seed an engine always sends the same bytes.
   *
   * @param group of main mode
   * @param seed of both sides' secrets
   * @param toInitiator the responder's messages
   * @param toResponder the initiator's messages
   */
  record Recording(
      DhGroup group, long seed, List<Datagram> toInitiator, List<Datagram> toResponder) {
    static Recording of(DhGroup group, long seed) throws GeneralSecurityException {
      IkePair pair = new IkePair(group, secrets(2 * seed), secrets(2 * seed + 1));
      pair.establish();
      return new Recording(group, seed, pair.toInitiator, pair.toResponder);
    }

    /** All that the initiator does. */
    IkeSite playInitiator() throws GeneralSecurityException {
      IkeSite site = new IkeSite(config(group, true), secrets(2 * seed));
      site.command(initiate(PEER), 0);
      return play(site, toInitiator);
    }

    /** All that the responder does. */
    IkeSite playResponder() throws GeneralSecurityException {
      return play(new IkeSite(config(group, false), secrets(2 * seed + 1)), toResponder);
    }

    private static IkeSite play(IkeSite site, List<Datagram> messages) {
      for (Datagram message : messages) {
        site.receive(message, 0);
      }
      requirePair(site);
      return site;
    }

    private static SecureRandom secrets(long seed) throws GeneralSecurityException {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      // A seed of zero would be ignored.
      random.setSeed(seed + 1);
      return random;
    }
  }
}
