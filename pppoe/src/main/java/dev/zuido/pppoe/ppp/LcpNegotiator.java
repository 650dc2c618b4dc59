package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What we want of LCP's options (RFC 1661 section 6). */
final class LcpNegotiator implements OptionNegotiator {
  /** The least MRU that a peer may ask for, in bytes: less than that carries no negotiation. */
  static final int MIN_MRU = 128;

  /** Requests in a row with our own magic number after which the link is looped back. */
  static final int MAX_LOOPS = 5;

  private final Core core;
  private final PppConfig config;
  private final Set<Integer> rejected = new HashSet<>();
  private final List<AuthenticationProtocol> candidates = new ArrayList<>();
  private int mru;
  private int magic;
  private int loops;
  private boolean proofLacking;
  private @Nullable Disagreement disagreement;

  private int localMru = Core.DEFAULT_MRU;
  private int localMagic;
  private @Nullable AuthenticationProtocol peerProves;
  private int peerMru = Core.DEFAULT_MRU;
  private int peerMagic;
  private @Nullable AuthenticationProtocol weProve;

  LcpNegotiator(Core core) {
    this.core = core;
    this.config = core.config;
  }

  int localMru() {
    return localMru;
  }

  int localMagic() {
    return localMagic;
  }

  @Nullable AuthenticationProtocol peerProves() {
    return peerProves;
  }

  int peerMru() {
    return peerMru;
  }

  int peerMagic() {
    return peerMagic;
  }

  @Nullable AuthenticationProtocol weProve() {
    return weProve;
  }

  /** Whether the peer's last request demanded a proof that we do not give. */
  boolean isProofLacking() {
    return proofLacking;
  }

  @Override
  public void begin() {
    rejected.clear();
    candidates.clear();
    candidates.addAll(config.demanded());
    mru = config.mru();
    magic = core.randomNumber();
    loops = 0;
    proofLacking = false;
    disagreement = null;
    forget();
  }

  /** Nothing is negotiated any more. */
  void forget() {
    localMru = Core.DEFAULT_MRU;
    localMagic = 0;
    peerProves = null;
    peerMru = Core.DEFAULT_MRU;
    peerMagic = 0;
    weProve = null;
  }

  @Override
  public List<ConfigurationOption> request() {
    List<ConfigurationOption> options = new ArrayList<>();
    if (asksMru()) {
      options.add(new LcpOption.MaximumReceiveUnit(mru).toOption());
    }
    if (!candidates.isEmpty()) {
      options.add(LcpOption.Authentication.of(candidates.get(0)).toOption());
    }
    if (asksMagic()) {
      options.add(new LcpOption.MagicNumber(magic).toOption());
    }
    return options;
  }

  private boolean asksMru() {
    return mru != Core.DEFAULT_MRU && !rejected.contains(LcpOption.MAXIMUM_RECEIVE_UNIT);
  }

  private boolean asksMagic() {
    return !rejected.contains(LcpOption.MAGIC_NUMBER);
  }

  @Override
  public Judgement judge(ConfigurationOption option) {
    return switch (option.type()) {
      case LcpOption.MAXIMUM_RECEIVE_UNIT -> judgeMru(LcpOption.of(option));
      case LcpOption.AUTHENTICATION_PROTOCOL -> judgeAuthentication(LcpOption.of(option));
      case LcpOption.MAGIC_NUMBER -> judgeMagic(LcpOption.of(option));
      default -> Judgement.REFUSED;
    };
  }

  private Judgement judgeMru(LcpOption option) {
    int limit = config.peerMruLimit();
    int asked = option instanceof LcpOption.MaximumReceiveUnit unit ? unit.bytes() : limit;
    int good = Math.max(MIN_MRU, Math.min(asked, limit));
    return option instanceof LcpOption.MaximumReceiveUnit && good == asked
        ? Judgement.GOOD
        : new Judgement.Better(new LcpOption.MaximumReceiveUnit(good).toOption());
  }

  private Judgement judgeAuthentication(LcpOption option) {
    boolean able = config.credential() != null && !config.accepted().isEmpty();
    AuthenticationProtocol asked =
        option instanceof LcpOption.Authentication authentication ? authentication.known() : null;
    if (able && asked != null && config.accepted().contains(asked)) {
      return Judgement.GOOD;
    }
    proofLacking = true;
    return able
        ? new Judgement.Better(LcpOption.Authentication.of(config.accepted().get(0)).toOption())
        : Judgement.REFUSED;
  }

  private Judgement judgeMagic(LcpOption option) {
    if (!(option instanceof LcpOption.MagicNumber number) || number.value() == 0) {
      return new Judgement.Insist(new LcpOption.MagicNumber(otherMagic()).toOption());
    }
    if (!asksMagic() || number.value() != magic) {
      loops = 0;
      return Judgement.GOOD;
    }
    loops++;
    if (loops >= MAX_LOOPS) {
      disagreement = loopedBack();
    }
    return new Judgement.Insist(new LcpOption.MagicNumber(otherMagic()).toOption());
  }

  private static Disagreement loopedBack() {
    return new Disagreement(PppEnd.LOOPED_BACK, "our own magic numbers come back");
  }

  private int otherMagic() {
    int other;
    do {
      other = core.randomNumber();
    } while (other == magic);
    return other;
  }

  @Override
  public List<ConfigurationOption> missing(List<ConfigurationOption> request) {
    return List.of();
  }

  @Override
  public void accepted(List<ConfigurationOption> request) {
    peerMru = Core.DEFAULT_MRU;
    peerMagic = 0;
    weProve = null;
    proofLacking = false;
    for (ConfigurationOption option : request) {
      LcpOption meaning = LcpOption.of(option);
      if (meaning instanceof LcpOption.MaximumReceiveUnit unit) {
        peerMru = unit.bytes();
      } else if (meaning instanceof LcpOption.MagicNumber number) {
        peerMagic = number.value();
      } else if (meaning instanceof LcpOption.Authentication authentication) {
        weProve = authentication.known();
      }
    }
  }

  @Override
  public void acknowledged() {
    localMru = asksMru() ? mru : Core.DEFAULT_MRU;
    localMagic = asksMagic() ? magic : 0;
    peerProves = candidates.isEmpty() ? null : candidates.get(0);
  }

  @Override
  public void naked(List<ConfigurationOption> options) {
    for (ConfigurationOption option : options) {
      LcpOption meaning = LcpOption.of(option);
      if (meaning instanceof LcpOption.MaximumReceiveUnit unit) {
        // Less may be agreed on; more than what we can take in may not.
        if (unit.bytes() >= MIN_MRU && unit.bytes() < mru) {
          mru = unit.bytes();
        }
      } else if (option.type() == LcpOption.MAGIC_NUMBER) {
        magic = otherMagic();
      } else if (option.type() == LcpOption.AUTHENTICATION_PROTOCOL) {
        demandAnother(meaning);
      }
    }
  }

  /** "The implementation SHOULD attempt the next most desirable protocol" (section 6.2). */
  private void demandAnother(LcpOption proposal) {
    if (candidates.isEmpty()) {
      return;
    }
    candidates.remove(0);
    AuthenticationProtocol proposed =
        proposal instanceof LcpOption.Authentication authentication ? authentication.known() : null;
    if (proposed != null && candidates.remove(proposed)) {
      candidates.add(0, proposed);
    }
    if (candidates.isEmpty()) {
      disagreement =
          new Disagreement(
              PppEnd.PEER_NOT_AUTHENTICATED, "the peer does not prove itself as we demand");
    }
  }

  @Override
  public void rejected(List<ConfigurationOption> options) {
    for (ConfigurationOption option : options) {
      if (option.type() == LcpOption.AUTHENTICATION_PROTOCOL) {
        disagreement =
            new Disagreement(PppEnd.PEER_NOT_AUTHENTICATED, "the peer refuses to prove itself");
      }
      rejected.add(option.type());
    }
  }

  @Override
  public @Nullable Disagreement disagreement() {
    return disagreement;
  }

  @Override
  public Disagreement stalemate() {
    if (loops > 1) {
      return loopedBack();
    }
    return proofLacking ? proofImpossible() : OptionNegotiator.super.stalemate();
  }

  /** The disagreement about the proof that the peer demands. */
  Disagreement proofImpossible() {
    return new Disagreement(
        PppEnd.PROOF_IMPOSSIBLE,
        config.credential() == null
            ? "the peer demands a proof and we have no credential"
            : "the peer demands a proof by a protocol that we do not accept");
  }

  /** Our magic number as LCP's packets carry it. */
  ByteString magicField() {
    return ConfigurationOption.bytesOf(localMagic, Integer.BYTES);
  }
}
