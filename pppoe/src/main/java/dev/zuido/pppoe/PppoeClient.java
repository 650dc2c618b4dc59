package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppLink;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Counters;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A PPPoE client with one session and the PPP link on it (RFC 2516): frames, commands and time go
 * in, frames and events come out.
 *
 * <p>It has no socket, thread or clock. After each call but those of the data path the caller
 * drains {@link #poll} to null, then waits for the next frame or until {@link #nextDeadline}. Once
 * {@link #dial dialled} it dials again after each end, at growing distances, until {@link #hangUp}.
 * Not thread-safe.
 *
 * <p>The data path works on batches in place: {@link #decapsulate} and {@link #encapsulate}.
 */
public final class PppoeClient {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The capacity that {@link #poll} may need, in bytes. */
  public static final int FRAME_CAPACITY = 14 + 6 + PppLink.PACKET_CAPACITY;

  /** Bytes before a datagram: Ethernet 14, PPPoE 6, PPP 2. */
  public static final int OVERHEAD = PppoeSession.OVERHEAD;

  private final PppoeClientConfig config;
  private final SecureRandom secrets;
  private final long address;
  private final Redial redial;
  private final Counters<PppoeVerdict> counters = new Counters<>(PppoeVerdict.class);
  private final Counters<PppoeDropReason> discoveryDrops = new Counters<>(PppoeDropReason.class);
  private final Outbox<PppoeOutput> outbox = new Outbox<>(discoveryDrops);

  private PppoeState state = PppoeState.IDLE;
  private boolean wanted;
  private boolean lineUp = true;

  /** When the next attempt begins. */
  private long nextAttempt = NO_DEADLINE;

  /** Not before this time, even if the line comes back: the last proof was refused. */
  private long notBefore;

  private @Nullable Discovery discovery;

  /** How the session came about: it recognizes a second one that the same requests have made. */
  private @Nullable Discovery discovered;

  /** A session that the concentrator may still have, since the line went down under it. */
  private @Nullable PppoeSession left;

  private @Nullable PppoeSession session;
  private String concentratorName = "";
  private long sessionSince = -1;
  private long upSince = -1;
  private @Nullable PppoeEnd lastEnd;
  private long attempts;
  private long sessions;

  /**
   * A client that does nothing yet.
   *
   * @param config how it dials
   * @param secrets where Host-Uniq, magic numbers and challenges come from
   * @param jitter spreads the attempts; no secret depends on it
   */
  public PppoeClient(PppoeClientConfig config, SecureRandom secrets, RandomGenerator jitter) {
    this.config = config;
    this.secrets = secrets;
    this.address = config.address().value();
    this.redial = new Redial(config.timers(), jitter);
  }

  /** Begins to dial; of no consequence if it does already. */
  public void dial(long now) {
    if (wanted) {
      return;
    }
    wanted = true;
    if (state == PppoeState.IDLE) {
      attempt(now);
    }
  }

  /** Ends the session, with LCP's Terminate-Request and a PADT, and dials no more. */
  public void hangUp(long now) {
    if (!wanted) {
      return;
    }
    wanted = false;
    PppoeSession open = session;
    if (open == null) {
      end(new PppoeEnd.HungUp(), now);
      return;
    }
    enter(PppoeState.CLOSING);
    open.link().close(now);
    drainLink(now);
  }

  /** The Ethernet's link has gone up or down; it is up at the beginning. */
  public void lineChanged(boolean up, long now) {
    if (up == lineUp) {
      return;
    }
    lineUp = up;
    if (up) {
      if (state == PppoeState.WAITING) {
        nextAttempt = Math.max(now, notBefore);
        handleTimeout(now);
      }
    } else if (session != null) {
      loseSession(new PppoeEnd.LineDown(), now);
    } else if (state == PppoeState.WAITING) {
      nextAttempt = NO_DEADLINE;
    } else if (state != PppoeState.IDLE) {
      end(new PppoeEnd.LineDown(), now);
    }
  }

  /**
   * Takes frames from the Ethernet. IPv4 and IPv6 datagrams of the session are left in the batch
   * with the verdict {@link PppoeVerdict#DECAPSULATED} and their bounds; everything else is used up
   * or dropped. Then {@link #poll} has to be drained.
   *
   * @param frames whole Ethernet frames, without checksum
   */
  public void decapsulate(PacketBatch frames, long now) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.passes(i)) {
        PppoeVerdict verdict = decapsulate(frames, i, now);
        if (verdict != PppoeVerdict.DECAPSULATED) {
          frames.setVerdict(i, verdict);
        }
        counters.increment(verdict);
      }
    }
  }

  private PppoeVerdict decapsulate(PacketBatch frames, int index, long now) {
    byte[] slab = frames.slab();
    int at = frames.offset(index);
    int length = frames.length(index);
    if (length < EthernetFields.HEADER_LENGTH) {
      return PppoeVerdict.MALFORMED;
    }
    if (PppoeFrames.station(slab, at) != address) {
      return PppoeVerdict.NOT_FOR_US;
    }
    int type = EthernetFields.type(slab, at);
    if (type == EthernetFields.TYPE_PPPOE_DISCOVERY) {
      return discover(slab, at, length, now);
    }
    if (type != EthernetFields.TYPE_PPPOE_SESSION) {
      return PppoeVerdict.NOT_FOR_US;
    }
    if (!PppoeFrames.isSessionFrame(slab, at, length)) {
      return PppoeVerdict.MALFORMED;
    }
    PppoeSession open = session;
    if (open == null
        || PppoeFrames.sessionId(slab, at) != open.id()
        || PppoeFrames.source(slab, at) != open.peer().value()) {
      return PppoeVerdict.UNKNOWN_SESSION;
    }
    PppoeVerdict verdict = open.decapsulate(frames, index);
    if (verdict == PppoeVerdict.CONTROL) {
      open.handle(frames, index, now);
      drainLink(now);
    }
    return verdict;
  }

  private PppoeVerdict discover(byte[] slab, int at, int length, long now) {
    MacAddress from = EthernetFields.source(slab, at);
    PppoePacket packet = PppoeFrames.discoveryPacket(slab, at, length);
    if (packet == null) {
      discoveryDrops.increment(PppoeDropReason.MALFORMED);
      return PppoeVerdict.MALFORMED;
    }
    trace(false, packet);
    Discovery current = discovery;
    if (from.isGroup()) {
      discoveryDrops.increment(PppoeDropReason.WRONG_STATION);
    } else if (packet.code() == PppoeCode.PADT) {
      handleTermination(from, packet, now);
    } else if (current != null) {
      follow(current, current.handle(from, packet, now), now);
    } else if (isSecondSession(from, packet)) {
      terminate(from, packet.sessionId());
    } else {
      discoveryDrops.increment(PppoeDropReason.UNEXPECTED_CODE);
    }
    return PppoeVerdict.CONTROL;
  }

  /**
   * Whether a slow concentrator has made another session of a PADR that was repeated. Nobody would
   * ever use it, and it may have our address.
   */
  private boolean isSecondSession(MacAddress from, PppoePacket packet) {
    PppoeSession open = session;
    Discovery first = discovered;
    return open != null
        && first != null
        && packet.code() == PppoeCode.PADS
        && packet.sessionId() != open.id()
        && first.confirms(from, packet);
  }

  private void follow(Discovery current, Discovery.@Nullable Step step, long now) {
    if (step instanceof Discovery.Step.Requested) {
      enter(PppoeState.REQUESTING);
    } else if (step instanceof Discovery.Step.Failed failed) {
      end(failed.end(), now);
    } else if (step instanceof Discovery.Step.Confirmed confirmed) {
      int mtu = current.sessionMtu(confirmed.confirmation());
      begin(confirmed.offer(), confirmed.confirmation().sessionId(), mtu, now);
    }
  }

  private void begin(DiscoveryPackets.Offer offer, int id, int mtu, long now) {
    MacAddress peer = offer.concentrator();
    PppoeSession opened = new PppoeSession(id, config.address(), peer, mtu, config.ppp(), secrets);
    session = opened;
    concentratorName = offer.name();
    sessionSince = now;
    sessions++;
    discovered = discovery;
    discovery = null;
    outbox.event(new PppoeOutput.SessionStarted(id, peer, concentratorName, mtu));
    enter(PppoeState.NEGOTIATING);
    opened.link().open(now);
    opened.link().lowerUp(now);
    drainLink(now);
  }

  /** "When a PADT is received, no further PPP traffic is allowed" (RFC 2516 section 5.5). */
  private void handleTermination(MacAddress from, PppoePacket packet, long now) {
    PppoeSession open = session;
    if (open == null || packet.sessionId() != open.id()) {
      discoveryDrops.increment(PppoeDropReason.WRONG_SESSION_ID);
    } else if (!from.equals(open.peer())) {
      discoveryDrops.increment(PppoeDropReason.WRONG_STATION);
    } else {
      String text = packet.first(PppoeTag.ErrorTag.class).map(PppoeTag::text).orElse("");
      loseSession(new PppoeEnd.Terminated(text), now);
    }
  }

  /** The session is gone without a word from us. */
  private void loseSession(PppoeEnd end, long now) {
    PppoeSession lost = session;
    if (lost == null) {
      return;
    }
    lost.link().lowerDown(now);
    left = end instanceof PppoeEnd.LineDown ? lost : null;
    end(PppoeSession.end(end, lost.drain(frame -> {}, this::tell)), now);
  }

  private void drainLink(long now) {
    PppoeSession open = session;
    if (open == null) {
      return;
    }
    PppOutput.Ended ended = open.drain(outbox::frame, this::tell);
    if (ended != null) {
      terminate(open.peer(), open.id());
      end(PppoeSession.end(ended), now);
      return;
    }
    if (state != PppoeState.CLOSING) {
      boolean up = open.isUp();
      if (up && upSince < 0) {
        upSince = now;
      }
      enter(up ? PppoeState.UP : PppoeState.NEGOTIATING);
    }
  }

  private void tell(PppOutput news) {
    outbox.event(new PppoeOutput.Ppp(news));
  }

  private void attempt(long now) {
    nextAttempt = NO_DEADLINE;
    if (!lineUp) {
      enter(PppoeState.WAITING);
      return;
    }
    attempts++;
    PppoeSession stale = left;
    if (stale != null) {
      left = null;
      terminate(stale.peer(), stale.id());
    }
    byte[] uniq = new byte[DiscoveryPackets.HOST_UNIQ_LENGTH];
    secrets.nextBytes(uniq);
    DiscoveryPackets packets = new DiscoveryPackets(config, ByteString.of(uniq), discoveryDrops);
    Discovery begun = new Discovery(config.timers(), packets, discoveryDrops, this::send);
    discovery = begun;
    enter(PppoeState.DISCOVERING);
    begun.initiate(now);
  }

  private void terminate(MacAddress concentrator, int sessionId) {
    send(concentrator, new PppoePacket(PppoeCode.PADT, sessionId, List.of()));
  }

  private void send(MacAddress destination, PppoePacket packet) {
    trace(true, packet);
    outbox.frame(PppoeFrames.discovery(destination, config.address(), packet));
  }

  private void trace(boolean sent, PppoePacket packet) {
    if (config.ppp().trace()) {
      outbox.event(new PppoeOutput.Trace(sent, packet.describe()));
    }
  }

  private void end(PppoeEnd end, long now) {
    if (upSince >= 0 && now - upSince >= config.timers().stableNanos()) {
      redial.stable();
    }
    session = null;
    discovery = null;
    discovered = null;
    concentratorName = "";
    sessionSince = -1;
    upSince = -1;
    lastEnd = end;
    nextAttempt = NO_DEADLINE;
    long wait = -1;
    if (wanted && lineUp) {
      boolean refused = PppoeSession.isProofFailure(end);
      wait = redial.next(refused);
      nextAttempt = now + wait;
      notBefore = refused ? nextAttempt : 0;
    }
    outbox.event(new PppoeOutput.Ended(end, wait));
    enter(wanted ? PppoeState.WAITING : PppoeState.IDLE);
  }

  private void enter(PppoeState next) {
    if (state != next) {
      state = next;
      outbox.event(new PppoeOutput.StateChanged(next));
    }
  }

  /**
   * Makes frames of the datagrams that pass, in place; those that cannot be sent get the verdict
   * that says why.
   *
   * @param datagrams IPv4 or IPv6 datagrams with {@link #OVERHEAD} bytes of headroom
   */
  public void encapsulate(PacketBatch datagrams) {
    PppoeSession open = session;
    for (int i = 0; i < datagrams.size(); i++) {
      if (datagrams.passes(i)) {
        PppoeVerdict verdict =
            open == null ? PppoeVerdict.NOT_CONNECTED : open.encapsulate(datagrams, i);
        if (verdict != PppoeVerdict.ENCAPSULATED) {
          datagrams.setVerdict(i, verdict);
        }
        counters.increment(verdict);
      }
    }
  }

  /** Runs what is due. */
  public void handleTimeout(long now) {
    PppoeSession open = session;
    if (open != null) {
      if (now >= open.link().nextDeadline()) {
        open.link().handleTimeout(now);
        drainLink(now);
      }
      return;
    }
    Discovery current = discovery;
    if (current != null) {
      follow(current, current.handleTimeout(now), now);
    } else if (now >= nextAttempt) {
      attempt(now);
    }
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    PppoeSession open = session;
    Discovery current = discovery;
    return open != null
        ? open.link().nextDeadline()
        : current != null ? current.deadline() : nextAttempt;
  }

  /**
   * What is to be done or known next; null if there is nothing more.
   *
   * @param out where the bytes of a {@link PppoeOutput.Transmit} are written, from its writer index
   */
  public @Nullable PppoeOutput poll(ByteBuf out) {
    return outbox.poll(out, PppoeOutput.Transmit::new);
  }

  /** Whether IPv4 datagrams may be sent. */
  public boolean isIpv4Up() {
    PppoeSession open = session;
    return open != null && open.isIpv4Up();
  }

  /**
   * The largest datagram that may be sent, in bytes: what the peer takes and the session carries.
   */
  public int mtu() {
    PppoeSession open = session;
    return open == null ? PppoeSession.mtu(config.linkMtu(), 0) : open.sendMtu();
  }

  /** What happened to frames and datagrams. */
  public Counters<PppoeVerdict> counters() {
    return counters;
  }

  /** What happened to discovery packets that changed nothing. */
  public Counters<PppoeDropReason> discoveryDrops() {
    return discoveryDrops;
  }

  /** All there is to know, for displays. */
  public PppoeSnapshot snapshot(long now) {
    PppoeSession open = session;
    return new PppoeSnapshot(
        state,
        open == null ? 0 : open.id(),
        open == null ? null : open.peer(),
        concentratorName,
        open == null ? 0 : open.mtu(),
        sessionSince,
        open == null ? null : open.link().snapshot(now),
        lastEnd,
        nextAttempt == NO_DEADLINE ? -1 : nextAttempt,
        attempts,
        sessions);
  }
}
