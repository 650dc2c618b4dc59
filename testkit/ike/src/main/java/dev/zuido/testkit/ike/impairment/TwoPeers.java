package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.AggressiveMode;
import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.IkeSnapshot;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine with two peers in virtual time: one follows scripts, the other is established and must
 * not notice. {@link #difference} tells what the scripts have left behind.
 */
public final class TwoPeers {
  /** A second. */
  public static final long SECOND = 1_000_000_000L;

  /** The engine's address. */
  public static final Ipv4Address GATEWAY = Ipv4Address.of(200, 1, 1, 1);

  /** The address of the peer that follows scripts. */
  public static final Ipv4Address PEER = Ipv4Address.of(100, 1, 1, 1);

  /** The address of the other peer. */
  public static final Ipv4Address OTHER = Ipv4Address.of(100, 2, 2, 2);

  private static final Ipv4Address STRANGER = Ipv4Address.of(9, 9, 9, 9);
  private static final long LONG = Integer.MAX_VALUE;

  private final EngineGateway gateway;
  private final ScriptedPeer peer;
  private final IkeSnapshot before;
  private final Map<Long, SaParameters> installedBefore;
  private final int spisBefore;

  /**
   * An engine that has an ISAKMP SA and a pair of IPsec SAs with the other peer.
   *
   * @param seed where all randomness comes from
   * @param group phase 1's group
   * @param pfsGroup quick mode's group, or null
   * @param change what is different about the peer's configuration at the engine
   */
  public TwoPeers(
      long seed, DhGroup group, @Nullable DhGroup pfsGroup, UnaryOperator<PeerConfig> change) {
    gateway =
        new EngineGateway(
            IkeConfig.of(
                List.of(
                    change.apply(config("peer", PEER, group, pfsGroup)),
                    config("other", OTHER, group, pfsGroup))),
            seed);
    peer = scripted(seed, PEER, script(PEER, group, pfsGroup));
    ScriptedPeer other = scripted(seed + 1, OTHER, lasting(script(OTHER, group, pfsGroup)));
    if (!other.establish()) {
      throw new IllegalStateException("the other peer does not get through");
    }
    settle();
    before = gateway.engine().snapshot();
    installedBefore = gateway.installed();
    spisBefore = gateway.spisInUse();
  }

  /** The engine and its driver. */
  public EngineGateway gateway() {
    return gateway;
  }

  /** The peer that follows scripts, in main mode. */
  public ScriptedPeer peer() {
    return peer;
  }

  private ScriptedPeer scripted(long seed, Ipv4Address address, ScriptConfig config) {
    return new ScriptedPeer(config, path(address), new SeededRandom(seed, "peer " + address));
  }

  /** Has the engine accept aggressive mode from the peer, and begin with it. */
  public static PeerConfig aggressive(PeerConfig config) {
    return config.withOptions(config.options().withAggressiveMode(AggressiveMode.INITIATE));
  }

  /** Another script at the peer's address. */
  public ScriptedPeer scripted(long seed, ScriptConfig config) {
    return scripted(seed, PEER, config);
  }

  /** The way between the engine and an address. */
  public DatagramPath path(Ipv4Address address) {
    return gateway.path(
        Endpoint.isakmp(GATEWAY), Endpoint.isakmp(address), Endpoint.isakmp(STRANGER));
  }

  /** A copy of the key that all have. */
  public static Secret key() {
    return Secret.owning("a key of the kit".getBytes(StandardCharsets.US_ASCII));
  }

  private static PeerConfig config(
      String name, Ipv4Address address, DhGroup group, @Nullable DhGroup pfs) {
    IkeProposal proposal =
        new IkeProposal(
            IkeCipher.AES_128_CBC,
            IkeHash.SHA2_256,
            AuthenticationMethod.PRE_SHARED_KEY,
            group,
            LONG);
    ChildConfig child =
        new ChildConfig(
            "gre",
            TrafficSelector.host(GATEWAY, IpProtocol.GRE),
            TrafficSelector.host(address, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96)),
            pfs,
            LONG,
            0);
    return PeerConfig.siteToSite(
        name, GATEWAY, address, key(), List.of(proposal), DpdConfig.OFF, List.of(child));
  }

  /** What a peer at an address has to speak so that the engine goes along. */
  public static ScriptConfig script(
      Ipv4Address address, DhGroup group, @Nullable DhGroup pfsGroup) {
    return new ScriptConfig(
        key(),
        new Identity.Ipv4(address),
        IkeCipher.AES_128_CBC,
        IkeHash.SHA2_256,
        group,
        false,
        ScriptedChild.of(
            TransformId.Esp.AES_CBC,
            128,
            IpsecAttribute.Authentication.HMAC_SHA,
            IpsecAttribute.EncapsulationMode.TRANSPORT,
            pfsGroup,
            Identification.of(address, IpProtocol.GRE, 0),
            Identification.of(GATEWAY, IpProtocol.GRE, 0)),
        2 * SECOND,
        2);
  }

  /** What the other peer has does not run out. */
  private static ScriptConfig lasting(ScriptConfig config) {
    ScriptedChild child = config.child();
    List<DataAttribute> attributes = new ArrayList<>(child.transform().attributes());
    attributes.replaceAll(
        each ->
            each.type() == IpsecAttribute.SA_LIFE_DURATION
                ? DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, LONG)
                : each);
    Transform transform = new Transform(1, child.transform().id(), attributes);
    return config.withChild(
        new ScriptedChild(transform, child.local(), child.remote(), child.pfsGroup()));
  }

  /** The gateway wants the peer. */
  public void initiate() {
    gateway.command(new IkeCommand.Initiate("peer", "gre"));
  }

  /** Lets everything that waits for something give up. */
  public void settle() {
    gateway.run(400 * SECOND);
  }

  /** What has changed since the beginning, or an empty text. */
  public String difference() {
    settle();
    IkeSnapshot now = gateway.engine().snapshot();
    if (!now.equals(before)) {
      return "it holds " + now + " instead of " + before;
    }
    if (!gateway.installed().equals(installedBefore)) {
      return "installed is " + gateway.installed();
    }
    return gateway.spisInUse() == spisBefore
        ? ""
        : gateway.spisInUse() + " SPIs instead of " + spisBefore;
  }
}
