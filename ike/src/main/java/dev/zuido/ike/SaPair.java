package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pair of IPsec SAs, one for each direction, from one quick mode. */
final class SaPair {
  /** How long the initiator goes on sending on the old SA after its last message. */
  private static final long SWITCH_DELAY = 2 * EngineContext.SECOND;

  /** Where the outbound SA stands. */
  enum Outbound {
    /** It waits for the quick mode's end, or for the change from the old SA. */
    WAITING,
    /** It is installed, or being installed. */
    IN_USE,
    /** It was removed, or is never to be used. */
    RETIRED
  }

  private enum Timer {
    SWITCH,
    REKEY,
    EXPIRE
  }

  private final EngineContext context;
  private final Child child;
  private final boolean initiator;
  private final NatFinding nat;
  private final @Nullable Identity remoteIdentity;
  private SaParameters inbound;
  private SaParameters outbound;
  private final ByteString initiatorNonce;
  private final long startedNanos;
  private final Timers<Timer> timers;
  private Outbound outboundState = Outbound.WAITING;
  private long establishedNanos = -1;
  private boolean superseded;

  private SaPair(
      EngineContext context,
      Child child,
      boolean initiator,
      IsakmpSa sa,
      SaParameters inbound,
      SaParameters outbound,
      ByteString initiatorNonce,
      long startedNanos) {
    this.context = context;
    this.child = child;
    this.initiator = initiator;
    this.nat = sa.nat();
    this.remoteIdentity = sa.remoteIdentity();
    this.inbound = inbound;
    this.outbound = outbound;
    this.initiatorNonce = initiatorNonce;
    this.startedNanos = startedNanos;
    this.timers = new Timers<>(context.heap, Timer.class, this::expired);
  }

  /**
   * What a quick mode has agreed on.
   *
   * @param child whose SAs they are
   * @param initiator whether we initiated the quick mode
   * @param agreed the suite and the lifetimes
   * @param ownSpi the SPI that we receive with
   * @param initiatorNonce Ni_b
   * @param responderNonce Nr_b
   * @param local our selector
   * @param remote the peer's selector
   * @param original the addresses of the peer's packets before translation, or null
   * @param startedNanos when the quick mode began
   */
  record Negotiated(
      Child child,
      boolean initiator,
      PhaseTwoOffer.Agreed agreed,
      int ownSpi,
      ByteString initiatorNonce,
      ByteString responderNonce,
      TrafficSelector local,
      TrafficSelector remote,
      SaParameters.@Nullable OriginalAddresses original,
      long startedNanos) {}

  /** Makes the pair's keys and parameters; nothing is installed yet. */
  static SaPair derive(
      EngineContext context, IsakmpSa sa, Negotiated negotiated, @Nullable Secret quickModeSecret) {
    SaParameters in = parameters(context, sa, negotiated, quickModeSecret, Direction.INBOUND);
    SaParameters out = parameters(context, sa, negotiated, quickModeSecret, Direction.OUTBOUND);
    return new SaPair(
        context,
        negotiated.child,
        negotiated.initiator,
        sa,
        in,
        out,
        negotiated.initiatorNonce,
        negotiated.startedNanos);
  }

  private static SaParameters parameters(
      EngineContext context,
      IsakmpSa sa,
      Negotiated negotiated,
      @Nullable Secret quickModeSecret,
      Direction direction) {
    PhaseTwoOffer.Agreed agreed = negotiated.agreed;
    Peer peer = negotiated.child.peer();
    Endpoint source = direction == Direction.INBOUND ? sa.remote() : sa.local();
    Endpoint destination = direction == Direction.INBOUND ? sa.local() : sa.remote();
    boolean in = direction == Direction.INBOUND;
    int spi = in ? negotiated.ownSpi : agreed.peerSpi();
    return new SaParameters(
        context.newSaId(),
        direction,
        peer.name(),
        peer.config().name(),
        negotiated.child.config().name(),
        spi,
        source.address(),
        destination.address(),
        negotiated.child.config().mode(),
        agreed.suite(),
        agreed.extendedSequenceNumbers(),
        negotiated.local,
        negotiated.remote,
        sa.nat().encapsulates()
            ? new SaParameters.UdpEncapsulation(source.port(), destination.port())
            : null,
        in ? negotiated.original : null,
        agreed.lifetimeSeconds(),
        agreed.lifetimeKilobytes(),
        keysOf(sa.keys(), negotiated, spi, quickModeSecret));
  }

  private static SaKeys keysOf(
      PhaseOneKeys keys, Negotiated negotiated, int spi, @Nullable Secret quickModeSecret) {
    return SaKeys.derive(
        keys,
        negotiated.agreed.suite(),
        spi,
        negotiated.initiatorNonce,
        negotiated.responderNonce,
        quickModeSecret);
  }

  /** Whether it sends ESP in UDP along a path. */
  boolean isAt(UdpPath path) {
    return inbound.udpEncapsulation() != null && path.equals(path());
  }

  private UdpPath path() {
    SaParameters.UdpEncapsulation ports = inbound.udpEncapsulation();
    return new UdpPath(
        new Endpoint(inbound.destination(), ports == null ? 0 : ports.destinationPort()),
        new Endpoint(inbound.source(), ports == null ? 0 : ports.sourcePort()));
  }

  /** An authenticated ESP packet came from an endpoint. */
  void seenAt(Endpoint remote) {
    UdpPath from = path();
    boolean believed =
        nat.isPeerMovable() && child.peer().config().remote().contains(remote.address());
    if (believed && !remote.equals(from.remote())) {
      child.peer().moved(from, new UdpPath(from.local(), remote));
    }
  }

  /** The peer has other ends than before. */
  void moveTo(UdpPath path) {
    inbound = inbound.movedTo(path.remote(), path.local());
    outbound = outbound.movedTo(path.local(), path.remote());
    move(inbound);
    if (outboundState == Outbound.IN_USE) {
      move(outbound);
    }
  }

  private void move(SaParameters sa) {
    SaParameters.UdpEncapsulation ports = sa.udpEncapsulation();
    if (ports != null) {
      context.outbox.add(
          new IkeOutput.MoveSa(
              sa.id(), sa.spi(), sa.direction(), sa.source(), sa.destination(), ports));
    }
  }

  Child child() {
    return child;
  }

  SaParameters inbound() {
    return inbound;
  }

  SaParameters outbound() {
    return outbound;
  }

  /** Who had proved itself in the ISAKMP SA that it was negotiated under. */
  @Nullable Identity remoteIdentity() {
    return remoteIdentity;
  }

  boolean isEstablished() {
    return establishedNanos >= 0;
  }

  boolean isSuperseded() {
    return superseded;
  }

  boolean isSending() {
    return outboundState == Outbound.IN_USE;
  }

  long establishedNanos() {
    return establishedNanos;
  }

  /** Installs the inbound SA; the quick mode waits for the answer. */
  void installInbound(EngineContext.InstallWaiter waiter) {
    context.install(inbound, waiter);
  }

  /** The quick mode is complete: the lifetimes run. */
  void establish(long nowNanos) {
    establishedNanos = nowNanos;
    context.pairs.put(inbound.id(), this);
    context.pairs.put(outbound.id(), this);
    long lifetime = inbound.lifetimeSeconds() * EngineContext.SECOND;
    timers.set(
        Timer.REKEY, nowNanos + child.peer().config().rekey().softNanos(lifetime, context.jitter));
    timers.set(Timer.EXPIRE, nowNanos + lifetime);
  }

  /** Sends on this pair at once. */
  void installOutbound() {
    if (outboundState == Outbound.WAITING) {
      outboundState = Outbound.IN_USE;
      timers.clear(Timer.SWITCH);
      context.install(outbound, this::outboundAnswered);
    }
  }

  private void outboundAnswered(@Nullable String refusal, long nowNanos) {
    if (refusal != null) {
      child.refused(this, refusal, nowNanos);
    }
  }

  /** Sends on this pair when the peer does, or in two seconds. */
  void installOutboundSoon(long nowNanos) {
    timers.set(Timer.SWITCH, nowNanos + SWITCH_DELAY);
  }

  /** The peer has used the inbound SA. */
  void used() {
    if (timers.isSet(Timer.SWITCH)) {
      timers.clear(Timer.SWITCH);
      child.sendOn(this);
    }
  }

  /** Another pair takes this one's place: it only receives until its end. */
  void supersede() {
    superseded = true;
    timers.clear(Timer.REKEY);
    timers.clear(Timer.SWITCH);
  }

  /** Sends no more on this pair. */
  void retireOutbound() {
    if (outboundState == Outbound.IN_USE) {
      context.outbox.add(
          new IkeOutput.RemoveSa(
              outbound.id(), outbound.spi(), Direction.OUTBOUND, EndReason.REPLACED));
    }
    outboundState = Outbound.RETIRED;
    context.cancelInstall(outbound);
  }

  /**
   * Whether this pair wins against another that was negotiated at the same time. Both sides compare
   * the initiators' nonces, so both come to the same answer.
   */
  boolean winsAgainst(SaPair other) {
    boolean crossing = other.establishedNanos >= startedNanos;
    return !crossing
        || Arrays.compareUnsigned(initiatorNonce.toArray(), other.initiatorNonce.toArray()) >= 0;
  }

  /** The rekeying failed; it is tried again while there is time. */
  void retryRekey(long nowNanos) {
    if (isEstablished() && !superseded) {
      timers.set(Timer.REKEY, nowNanos + 10 * EngineContext.SECOND);
    }
  }

  /** Takes both SAs back. */
  void remove(EndReason reason) {
    timers.clearAll();
    context.pairs.remove(inbound.id());
    context.pairs.remove(outbound.id());
    context.outbox.add(
        new IkeOutput.RemoveSa(inbound.id(), inbound.spi(), Direction.INBOUND, reason));
    if (outboundState == Outbound.IN_USE) {
      context.outbox.add(
          new IkeOutput.RemoveSa(outbound.id(), outbound.spi(), Direction.OUTBOUND, reason));
    }
    outboundState = Outbound.RETIRED;
    context.cancelInstall(inbound);
    context.cancelInstall(outbound);
    context.spis.release(inbound.spi());
  }

  private void expired(Timer timer, long nowNanos) {
    switch (timer) {
      case SWITCH -> child.sendOn(this);
      case REKEY -> child.rekey(nowNanos);
      case EXPIRE -> child.remove(this, EndReason.EXPIRED, nowNanos);
    }
  }

  IkeSnapshot.ChildSaView view(boolean current) {
    return new IkeSnapshot.ChildSaView(
        child.peer().name(),
        child.config().name(),
        inbound.id(),
        outbound.id(),
        inbound.spi(),
        outbound.spi(),
        inbound.suite(),
        inbound.mode(),
        inbound.local(),
        inbound.remote(),
        path().local(),
        path().remote(),
        initiator,
        Math.max(establishedNanos, 0),
        inbound.lifetimeSeconds(),
        inbound.lifetimeKilobytes(),
        current);
  }
}
