package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ISAKMP SA from its first message to its end. */
final class IsakmpSa {
  /** What holds at a time of an ISAKMP SA's life. */
  private sealed interface Phase {}

  /** Main mode or aggressive mode is going on. */
  private record Negotiating(PhaseOne phaseOne) implements Phase {}

  /** Both sides have proved themselves. */
  private record Established(
      PhaseOneKeys keys, PhaseOneOffer.Agreed agreed, boolean deadPeerDetection, long sinceNanos)
      implements Phase {}

  /** Nothing is left of it. */
  private record Closed() implements Phase {}

  private final EngineContext context;
  private Peer peer;
  private final boolean initiator;
  private final boolean aggressive;
  private final Cookie initiatorCookie;
  private final IsakmpPath path;
  private final long startedNanos;
  private final long startedAt;
  private long establishedAt;
  private final ExchangeManager exchanges;
  private final IsakmpLifetime lifetime;
  private @Nullable Identity remoteIdentity;
  private Cookie responderCookie;
  private long lastPeerSequence = -1;
  private Phase phase;
  private final EarlyMessages early;

  private IsakmpSa(
      EngineContext context,
      Peer peer,
      boolean initiator,
      boolean aggressive,
      Cookie initiatorCookie,
      Cookie responderCookie,
      UdpPath path,
      long nowNanos) {
    this.context = context;
    this.peer = peer;
    this.initiator = initiator;
    this.aggressive = aggressive;
    this.initiatorCookie = initiatorCookie;
    this.responderCookie = responderCookie;
    this.path = new IsakmpPath(path);
    this.startedNanos = nowNanos;
    this.startedAt = context.nextMoment();
    this.early = new EarlyMessages(context);
    this.exchanges = new ExchangeManager(context, this);
    this.lifetime = new IsakmpLifetime(context, this);
    this.phase = new Negotiating(PhaseOne.of(context, this));
  }

  /** Begins as initiator. */
  static IsakmpSa initiate(EngineContext context, Peer peer, long nowNanos) {
    boolean aggressive = peer.config().options().aggressiveMode() == AggressiveMode.INITIATE;
    IsakmpSa sa =
        new IsakmpSa(
            context,
            peer,
            true,
            aggressive,
            context.newCookie(),
            Cookie.ZERO,
            peer.path(),
            nowNanos);
    peer.registry().add(sa);
    PhaseOne phaseOne = sa.phaseOne();
    if (phaseOne != null) {
      phaseOne.start(nowNanos);
    }
    return sa;
  }

  /** Begins as responder; the first message follows through the exchange manager. */
  static IsakmpSa respond(
      EngineContext context,
      Peer peer,
      boolean aggressive,
      Cookie initiatorCookie,
      UdpPath path,
      long nowNanos) {
    IsakmpSa sa =
        new IsakmpSa(
            context, peer, false, aggressive, initiatorCookie, context.newCookie(), path, nowNanos);
    sa.lifetime.startHalfOpen(nowNanos);
    return sa;
  }

  /** The exchange that makes it. */
  ExchangeName exchangeName() {
    return aggressive ? ExchangeName.AGGRESSIVE_MODE : ExchangeName.MAIN_MODE;
  }

  /** Whether it is made by aggressive mode, whose last message is the initiator's. */
  boolean isAggressive() {
    return aggressive;
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
    return path.current().local();
  }

  Endpoint remote() {
    return path.current().remote();
  }

  /** Where messages of this SA go. */
  UdpPath path() {
    return path.current();
  }

  /** The path of its first message. */
  UdpPath firstPath() {
    return path.first();
  }

  /** What phase 1 has found out about translators. */
  NatFinding nat() {
    return path.nat();
  }

  /** The NAT-D payloads were compared. */
  void foundNat(NatFinding finding) {
    path.found(finding);
  }

  /** Further messages go along another path: after the change of ports in phase 1. */
  void moveTo(UdpPath newPath) {
    path.moveTo(newPath);
    exchanges.pathChanged();
  }

  /** What is wrong with the path that a message for this SA came along, or null. */
  @Nullable String pathError(UdpPath from) {
    PhaseOne negotiating = phaseOne();
    return path.error(from, peer.config(), negotiating != null && negotiating.mayFloat());
  }

  /** An authenticated message came that cannot be an old one: it shows where the peer is. */
  void heardAfresh(Received message, long nowNanos) {
    seenAt(message.remote());
    heardUnder(nowNanos);
    peer.heard(nowNanos);
  }

  /** The peer has proved that it is at an endpoint now. */
  void seenAt(Endpoint remote) {
    if (nat().isPeerMovable() && !remote.equals(remote())) {
      peer.moved(path(), new UdpPath(local(), remote));
    }
  }

  /** The moment at which its phase 1 began. */
  long startedAt() {
    return startedAt;
  }

  /** The moment at which it was established. */
  long establishedAt() {
    return establishedAt;
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

  /** Phase 1 is complete. */
  void establish(
      PhaseOneKeys keys,
      PhaseOneOffer.Agreed agreed,
      boolean deadPeerDetection,
      boolean initialContact,
      long nowNanos) {
    exchanges.startPhaseTwo();
    establishedAt = context.nextMoment();
    phase = new Established(keys, agreed, deadPeerDetection, nowNanos);
    lifetime.start(agreed.lifetimeSeconds(), nowNanos);
    peer.registry().established(this);
    peer.phaseOneEstablished(this, initialContact, nowNanos);
    early.release();
  }

  /** Keeps a message that came before phase 1 was complete here; false if it is not kept. */
  boolean keep(EarlyMessage message) {
    return early.keep(message, phaseOne());
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
    lifetime.shorten(seconds, present.sinceNanos);
    return true;
  }

  /** Phase 1 has failed. */
  void fail(String reason, long nowNanos) {
    close();
    peer.phaseOneFailed(this, reason, nowNanos);
  }

  /** Enters the table of half-open SAs if the first message was accepted; else nothing is left. */
  void enterIfAnswered() {
    PhaseOne negotiating = phaseOne();
    if (negotiating != null && negotiating.isUntouched()) {
      close();
    } else if (negotiating != null) {
      peer.registry().add(this);
    }
  }

  /** It has carried nearly as many exchanges as it can: a successor is due, once. */
  void outgrown() {
    if (isEstablished()) {
      lifetime.outgrown();
    }
  }

  /** When it gets a successor, and when it ends. */
  IsakmpLifetime lifetime() {
    return lifetime;
  }

  /** Whether we began it and the peer has not answered yet. */
  boolean isUnanswered() {
    return initiator && responderCookie.isZero();
  }

  /**
   * Whether this one is used rather than another that was negotiated at the same time: both sides
   * compare the initiators' cookies, so both come to the same answer.
   */
  boolean winsAgainst(IsakmpSa other) {
    return Arrays.compareUnsigned(initiatorCookie.toBytes(), other.initiatorCookie.toBytes()) > 0;
  }

  /** A message came under it that only who has completed phase 1 can send. */
  void heardUnder(long nowNanos) {
    if (isEstablished()) {
      lifetime.heard(nowNanos);
    }
  }

  /** Tells the peer that this SA is no more. */
  void sendDelete() {
    inform(delete());
  }

  /** What tells the peer that this SA is no more. */
  Delete delete() {
    return new Delete(
        SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, 2 * Cookie.LENGTH, List.of(spi()));
  }

  /** Sends payloads in an informational message of its own. */
  void inform(Payload... payloads) {
    exchanges.sendInformational(List.of(payloads));
  }

  /** Wipes the keys and forgets every exchange. */
  void close() {
    Phase last = phase;
    phase = new Closed();
    early.drop();
    lifetime.stop();
    exchanges.close();
    peer.registry().remove(this);
    if (last instanceof Established present) {
      present.keys.close();
    } else if (last instanceof Negotiating negotiating) {
      negotiating.phaseOne.close();
    }
  }

  IkeSnapshot.IsakmpSaView view(boolean current) {
    return SnapshotViews.of(this, current);
  }

  /** What was agreed on, or null before. */
  PhaseOneOffer.@Nullable Agreed agreed() {
    return phase instanceof Established present ? present.agreed : null;
  }

  /** Its phase 1, while that goes on. */
  @Nullable PhaseOne phaseOne() {
    return phase instanceof Negotiating negotiating ? negotiating.phaseOne : null;
  }
}
