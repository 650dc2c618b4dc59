package dev.zuido.ike;

import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Whether a peer that has proved itself is the one that was meant. */
final class IdentityCheck {
  private IdentityCheck() {}

  static boolean isAddress(Identity identity) {
    return identity instanceof Identity.Ipv4 || identity instanceof Identity.Ipv6;
  }

  /**
   * What is wrong with the peer's identity, or null. Who has no other identity than the address is
   * called by it; behind a translator that is an address which cannot be known here. With a
   * pre-shared key any address will do then, since nobody else has the key. But a certificate that
   * names some address is had by others too. A template's peer with a certificate is whoever the
   * certificate says.
   *
   * @param config the peer that it is to be
   * @param method how it has proved itself
   */
  private static @Nullable String identityError(
      IsakmpSa sa, PeerConfig config, AuthenticationMethod method, Identification id) {
    Identity configured = config.remoteIdentity();
    Identity expected =
        configured == null ? PeerConfig.identityOf(sa.remote().address()) : configured;
    boolean unknown = configured == null && sa.nat().remoteBehindNat();
    boolean signed = method == AuthenticationMethod.RSA_SIGNATURES;
    boolean hidden = unknown && !signed && isAddress(id.identity());
    boolean certified = configured == null && !config.isFixed() && signed;
    if (!hidden && !certified && !isSame(id.identity(), expected)) {
      return unknown && signed
          ? "the certificate of the peer, which stands behind a translator, says that it is "
              + SelectorPayloads.describe(id.identity())
              + ": only a configured identity of the peer can tell whether that is the one that is"
              + " meant"
          : "the peer says that it is "
              + SelectorPayloads.describe(id.identity())
              + ", expected is "
              + (unknown ? "an address" : SelectorPayloads.describe(expected))
              + ": correct the configured identity of the peer or the peer's own";
    }
    boolean unbound = id.protocolId() == 0 && id.port() == 0;
    boolean isakmp =
        id.protocolId() == IpProtocol.UDP
            && (id.port() == 0
                || id.port() == Endpoint.ISAKMP_PORT
                || id.port() == Endpoint.NAT_TRAVERSAL_PORT);
    return unbound || isakmp
        ? null
        : "the peer's identity is bound to protocol " + id.protocolId() + " port " + id.port();
  }

  /**
   * A caller has proved itself: if it is who it is to be, the ISAKMP SA is that peer's from now on.
   * Else it is told so.
   *
   * @param meant the peer that it is to be
   * @param back where an error goes to
   * @return why it is not taken, or null
   */
  static @Nullable String refusalOfCaller(
      EngineContext context,
      IsakmpSa sa,
      PeerConfig meant,
      AuthenticationMethod method,
      Identification id,
      UdpPath back) {
    String error = identityError(sa, meant, method, id);
    if (error == null) {
      error = takeoverError(sa, id);
    }
    if (error != null) {
      sa.exchanges()
          .sendInformationalInClear(
              List.of(PhaseOnePayloads.error(sa, NotifyType.INVALID_ID_INFORMATION)), back);
      return error;
    }
    sa.learnIdentity(id.identity());
    if (context.dynamicPeers.belongs(sa, meant, id.identity())) {
      return null;
    }
    context.counters.drop(DropReason.LIMIT);
    return "there are as many peers of templates as the limits allow";
  }

  /** Why who has answered us, and proved itself, is not taken; null if it is, and known now. */
  static @Nullable String refusalOfResponder(
      IsakmpSa sa, AuthenticationMethod method, Identification id) {
    String error = identityError(sa, sa.peer().config(), method, id);
    if (error == null) {
      error = strangerError(sa, id);
    }
    if (error == null) {
      sa.learnIdentity(id.identity());
    }
    return error;
  }

  /**
   * Whether two identities are one: host names in any case, distinguished names by what they say
   * and not by the types of their strings, all others byte by byte.
   */
  static boolean isSame(Identity said, @Nullable Identity expected) {
    if (said instanceof Identity.Fqdn a && expected instanceof Identity.Fqdn b) {
      return a.name().equalsIgnoreCase(b.name());
    }
    if (said instanceof Identity.DistinguishedName a
        && expected instanceof Identity.DistinguishedName b) {
      X500Principal name = CertificateIdentity.nameOf(a);
      return a.equals(b) || (name != null && name.equals(CertificateIdentity.nameOf(b)));
    }
    return said.equals(expected);
  }

  /**
   * One form for all in which an identity can be written, as {@link #isSame} and certificates have
   * it: else a peer would become several by a letter's case.
   */
  static Identity normal(Identity identity) {
    if (identity instanceof Identity.Fqdn fqdn) {
      return new Identity.Fqdn(fqdn.name().toLowerCase(Locale.ROOT));
    }
    if (identity instanceof Identity.UserFqdn user) {
      int at = Math.max(user.name().lastIndexOf('@'), 0);
      return at == 0
          ? user
          : new Identity.UserFqdn(
              user.name().substring(0, at) + user.name().substring(at).toLowerCase(Locale.ROOT));
    }
    if (identity instanceof Identity.DistinguishedName dn) {
      X500Principal name = CertificateIdentity.nameOf(dn);
      return name == null
          ? dn
          : new Identity.DistinguishedName(
              ByteString.of(
                  name.getName(X500Principal.CANONICAL).getBytes(StandardCharsets.UTF_8)));
    }
    return identity;
  }

  /** Whether two peers that have proved themselves are one, or nobody is known of either. */
  static boolean isOne(@Nullable Identity a, @Nullable Identity b) {
    return Objects.equals(a == null ? null : normal(a), b == null ? null : normal(b));
  }

  /**
   * What is wrong with a caller who takes himself for a fixed peer while the peer, which its own
   * address has identified, is there: he stands behind it and knows the same key. Null if nothing
   * is. Neither address nor port says who he is (RFC 3947 section 6).
   */
  private static @Nullable String takeoverError(IsakmpSa sa, Identification id) {
    Peer peer = sa.peer();
    Identity visible = PeerConfig.identityOf(sa.remote().address());
    boolean isThere =
        peer.config().isFixed()
            && peer.config().remoteIdentity() == null
            && visible.equals(peer.identity());
    return !isThere || id.identity().equals(visible)
        ? null
        : "the peer says that it is "
            + SelectorPayloads.describe(id.identity())
            + ", but "
            + SelectorPayloads.describe(visible)
            + " itself is there: who stands behind it needs a configuration of his own";
  }

  /**
   * What is wrong with who answers where a template's peer was: another one may have its mapping
   * now, and know the same key. Null if it is the peer, or the peer is a fixed one.
   */
  private static @Nullable String strangerError(IsakmpSa sa, Identification id) {
    Identity known = sa.peer().identity();
    return sa.peer().config().isFixed() || isOne(id.identity(), known)
        ? null
        : "who answers says that it is "
            + SelectorPayloads.describe(id.identity())
            + " and not the peer that was there"
            + (known == null ? "" : ", " + SelectorPayloads.describe(known));
  }
}
