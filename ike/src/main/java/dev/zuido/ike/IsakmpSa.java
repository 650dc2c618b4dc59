package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ISAKMP SA from its first message to its end. */
final class IsakmpSa {
  /** After a rekeying that failed, the next try. */
  private static final long REKEY_RETRY = 30 * EngineContext.SECOND;

  private enum Timer {
    HALF_OPEN,
    REKEY,
    EXPIRE
  }

  /** What holds at a time of an ISAKMP SA's life. */
  private sealed interface Phase {}

  /** Main mode is going on. */
  private record Negotiating(MainMode mainMode) implements Phase {}

  /** Both sides have proved themselves. */
  private record Established(
      PhaseOneKeys keys, PhaseOneOffer.Agreed agreed, boolean deadPeerDetection, long sinceNanos)
      implements Phase {}

  /** Nothing is left of it. */
  private record Closed() implements Phase {}

  private final EngineContext context;
  private Peer peer;
  private final boolean initiator;
  private final Cookie initiatorCookie;
  private final UdpPath firstPath;
  private final long startedNanos;
  private final ExchangeManager exchanges;
  private final CommitBit commitBit = new CommitBit();
  private final Timers<Timer> timers;
  private UdpPath path;
  private NatFinding nat = NatFinding.NONE;
  private @Nullable Identity remoteIdentity;
  private Cookie responderCookie;
  private long lastPeerSequence = -1;
  private boolean outgrown;
  private Phase phase = new Closed();

  IsakmpSa(
      EngineContext context,
      Peer peer,
      boolean initiator,
      Cookie initiatorCookie,
      Cookie responderCookie,
      UdpPath path,
      long nowNanos) {
    this.context = context;
    this.peer = peer;
    this.initiator = initiator;
    this.initiatorCookie = initiatorCookie;
    this.responderCookie = responderCookie;
    this.firstPath = path;
    this.path = path;
    this.startedNanos = nowNanos;
    this.exchanges = new ExchangeManager(context, this);
    this.timers = new Timers<>(context.heap, Timer.class, this::expired);
  }

  /** Begins as initiator. */
  static IsakmpSa initiate(EngineContext context, Peer peer, long nowNanos) {
    IsakmpSa sa =
        new IsakmpSa(context, peer, true, context.newCookie(), Cookie.ZERO, peer.path(), nowNanos);
    peer.registry().add(sa);
    MainModeInitiator mainMode = new MainModeInitiator(context, sa);
    sa.phase = new Negotiating(mainMode);
    mainMode.start(nowNanos);
    return sa;
  }

  /** Begins as responder; the first message follows through the exchange manager. */
  static IsakmpSa respond(
      EngineContext context, Peer peer, Cookie initiatorCookie, UdpPath path, long nowNanos) {
    IsakmpSa sa =
        new IsakmpSa(context, peer, false, initiatorCookie, context.newCookie(), path, nowNanos);
    sa.phase = new Negotiating(new MainModeResponder(context, sa));
    sa.timers.set(
        Timer.HALF_OPEN,
        nowNanos + context.config.limits().halfOpenSeconds() * EngineContext.SECOND);
    return sa;
  }

  Peer peer() {
    return peer;
  }

  /** The peer has proved who it is. */
  void belongsTo(Peer proved) {
    peer = proved;
  }

  /** Who the peer has proved to be, or null before that. */
  @Nullable Identity remoteIdentity() {
    return remoteIdentity;
  }

  /** The peer has proved who it is. */
  void learnIdentity(Identity identity) {
    remoteIdentity = identity;
  }

  String peerName() {
    return peer.name();
  }

  boolean isInitiator() {
    return initiator;
  }

  Cookie initiatorCookie() {
    return initiatorCookie;
  }

  Cookie responderCookie() {
    return responderCookie;
  }

  Endpoint local() {
    return path.local();
  }

  Endpoint remote() {
    return path.remote();
  }

  /** Where messages of this SA go. */
  UdpPath path() {
    return path;
  }

  /** The path of its first message. */
  UdpPath firstPath() {
    return firstPath;
  }

  /** What main mode has found out about translators. */
  NatFinding nat() {
    return nat;
  }

  /** The NAT-D payloads were compared. */
  void foundNat(NatFinding finding) {
    nat = finding;
  }

  /** Further messages go along another path: after the change of ports in main mode. */
  void moveTo(UdpPath newPath) {
    path = newPath;
    exchanges.pathChanged();
  }

  /**
   * What is wrong with the path that a message for this SA came along, or null. The port of the
   * peer is nothing to rely on; ours is. The peer's address may be new if a translator stands
   * before it, and if it is a template's.
   */
  @Nullable String pathError(UdpPath from) {
    boolean sameAddress = from.remote().address().equals(path.remote().address());
    boolean mayMove =
        nat.isPeerMovable() && peer.config().remote().contains(from.remote().address());
    if (!from.local().address().equals(path.local().address()) || !(sameAddress || mayMove)) {
      return "the cookies belong to an ISAKMP SA between other addresses";
    }
    boolean mayFloat =
        from.isFloated() && !initiator && nat.encapsulates() && phase instanceof Negotiating;
    return from.local().port() == path.local().port() || mayFloat
        ? null
        : "the ISAKMP SA uses our port " + path.local().port();
  }

  /** An authenticated message came that cannot be an old one: it shows where the peer is. */
  void heardAfresh(Received message, long nowNanos) {
    seenAt(message.remote());
    peer.heard(nowNanos);
  }

  /** The peer has proved that it is at an endpoint now. */
  void seenAt(Endpoint remote) {
    if (nat.isPeerMovable() && !remote.equals(path.remote())) {
      peer.moved(path, new UdpPath(path.local(), remote));
    }
  }

  CommitBit commitBit() {
    return commitBit;
  }

  long startedNanos() {
    return startedNanos;
  }

  ExchangeManager exchanges() {
    return exchanges;
  }

  boolean isEstablished() {
    return phase instanceof Established;
  }

  boolean isClosed() {
    return phase instanceof Closed;
  }

  /** When it was established; only of an established SA. */
  long establishedNanos() {
    return established().sinceNanos;
  }

  /** The keys; only of an established SA. */
  PhaseOneKeys keys() {
    return established().keys;
  }

  /** Takes a sequence number of the peer's probes; false if it is not greater than the last. */
  boolean advancePeerSequence(long sequence) {
    if (sequence <= lastPeerSequence) {
      return false;
    }
    lastPeerSequence = sequence;
    return true;
  }

  /** Whether the peer announced dead peer detection; only of an established SA. */
  boolean hasDeadPeerDetection() {
    return established().deadPeerDetection;
  }

  private Established established() {
    if (phase instanceof Established present) {
      return present;
    }
    throw new AssertionError("the ISAKMP SA is not established");
  }

  /** Both cookies: the SPI of an ISAKMP SA (RFC 2408 section 2.4). */
  ByteString spi() {
    byte[] bytes = new byte[2 * Cookie.LENGTH];
    BigEndian.putLong(bytes, 0, initiatorCookie.value());
    BigEndian.putLong(bytes, Cookie.LENGTH, responderCookie.value());
    return ByteString.of(bytes);
  }

  /** The responder has answered with its cookie. */
  void learnResponderCookie(Cookie cookie) {
    responderCookie = cookie;
    peer.registry().learned(this);
  }

  /** Main mode is complete. */
  void establish(
      PhaseOneKeys keys,
      PhaseOneOffer.Agreed agreed,
      boolean deadPeerDetection,
      boolean initialContact,
      long nowNanos) {
    exchanges.startPhaseTwo();
    phase = new Established(keys, agreed, deadPeerDetection, nowNanos);
    timers.clear(Timer.HALF_OPEN);
    live(nowNanos, agreed.lifetimeSeconds(), true);
    peer.registry().established(this);
    peer.phaseOneEstablished(this, initialContact, nowNanos);
  }

  /**
   * The responder has told that it keeps this SA for a shorter time; true if it is shorter.
   *
   * @param seconds the whole lifetime, 0 for none
   */
  boolean shortenLifetime(long seconds) {
    if (seconds == 0
        || !initiator
        || !(phase instanceof Established present)
        || seconds >= present.agreed.lifetimeSeconds()) {
      return false;
    }
    phase =
        new Established(
            present.keys,
            present.agreed.shortenedTo(seconds),
            present.deadPeerDetection,
            present.sinceNanos);
    live(present.sinceNanos, seconds, timers.isSet(Timer.REKEY));
    return true;
  }

  private void live(long sinceNanos, long lifetimeSeconds, boolean rekeyed) {
    long lifetime = lifetimeSeconds * EngineContext.SECOND;
    if (rekeyed) {
      timers.set(
          Timer.REKEY, sinceNanos + peer.config().rekey().softNanos(lifetime, context.jitter));
    }
    timers.set(Timer.EXPIRE, sinceNanos + lifetime);
  }

  /** Main mode has failed. */
  void fail(String reason, long nowNanos) {
    close();
    peer.phaseOneFailed(this, reason, nowNanos);
  }

  /** Enters the table of half-open SAs if the first message was accepted; else nothing is left. */
  void enterIfAnswered() {
    if (mainMode() instanceof MainModeResponder responder) {
      if (responder.isUntouched()) {
        close();
      } else {
        peer.registry().add(this);
      }
    }
  }

  /** It has carried nearly as many exchanges as it can: a successor is due, once. */
  void outgrown() {
    if (!outgrown && isEstablished()) {
      outgrown = true;
      timers.set(Timer.REKEY, context.nowNanos());
    }
  }

  /** A newer SA is the one to use: this one is not rekeyed any more. */
  void retire() {
    timers.clear(Timer.REKEY);
  }

  /** Tries the rekeying again a little later. */
  void retryRekey(long nowNanos) {
    if (isEstablished()) {
      timers.set(Timer.REKEY, nowNanos + REKEY_RETRY);
    }
  }

  /** Tells the peer that this SA is no more. */
  void sendDelete() {
    exchanges.sendInformational(
        List.of(
            new Delete(
                SecurityAssociation.DOI_IPSEC,
                ProtocolId.ISAKMP,
                2 * Cookie.LENGTH,
                List.of(spi()))));
  }

  /** Sends payloads in an informational message of its own. */
  void inform(Payload... payloads) {
    exchanges.sendInformational(List.of(payloads));
  }

  /** Wipes the keys and forgets every exchange. */
  void close() {
    Phase last = phase;
    phase = new Closed();
    timers.clearAll();
    exchanges.close();
    peer.registry().remove(this);
    if (last instanceof Established present) {
      present.keys.close();
    } else if (last instanceof Negotiating negotiating) {
      negotiating.mainMode.close();
    }
  }

  private void expired(Timer timer, long nowNanos) {
    switch (timer) {
      case HALF_OPEN -> {
        @Nullable String reason =
            phase instanceof Negotiating negotiating ? negotiating.mainMode.hint() : null;
        fail(reason == null ? "the peer did not complete main mode in time" : reason, nowNanos);
      }
      case REKEY -> peer.rekeyPhaseOne(this, nowNanos);
      case EXPIRE -> {
        sendDelete();
        peer.removePhaseOne(this, EndReason.EXPIRED, nowNanos);
      }
    }
  }

  IkeSnapshot.IsakmpSaView view(boolean current) {
    Established present = phase instanceof Established e ? e : null;
    return new IkeSnapshot.IsakmpSaView(
        peerName(),
        path.local(),
        path.remote(),
        nat.localBehindNat(),
        nat.remoteBehindNat(),
        initiatorCookie,
        responderCookie,
        initiator,
        phase instanceof Negotiating negotiating ? negotiating.mainMode.stateName() : "QM_IDLE",
        present == null ? "" : present.agreed.proposal().toString(),
        present == null ? 0 : present.sinceNanos,
        present == null ? 0 : present.agreed.lifetimeSeconds(),
        current);
  }

  /** The main mode, while it goes on. */
  @Nullable MainMode mainMode() {
    return phase instanceof Negotiating negotiating ? negotiating.mainMode : null;
  }
}
