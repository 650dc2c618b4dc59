package dev.zuido.pppoe;

import dev.zuido.pppoe.SessionTable.Served;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Counters;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access concentrator: many sessions of many stations on one Ethernet, each with its PPP link.
 *
 * <p>It keeps nothing of who only asks: the AC-Cookie proves that a station has seen the offer (RFC
 * 2516 section 9). A frame of a session that it does not know is dropped without an answer. Driven
 * as {@link PppoeClient} is.
 */
public final class AccessConcentrator {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The capacity that {@link #poll} may need, in bytes. */
  public static final int FRAME_CAPACITY = PppoeClient.FRAME_CAPACITY;

  private final AccessConcentratorConfig config;
  private final SecureRandom secrets;
  private final long address;
  private final ConcentratorAnswers answers;
  private final SessionTable table;
  private final Counters<PppoeVerdict> counters = new Counters<>(PppoeVerdict.class);
  private final Counters<PppoeDropReason> discoveryDrops = new Counters<>(PppoeDropReason.class);
  private final Outbox<ConcentratorOutput> outbox = new Outbox<>(discoveryDrops);

  /**
   * A concentrator without sessions.
   *
   * @param config how it serves
   * @param secrets where the key of its cookies, magic numbers and challenges come from
   */
  public AccessConcentrator(AccessConcentratorConfig config, SecureRandom secrets) {
    this.config = config;
    this.secrets = secrets;
    this.address = config.address().value();
    this.answers = new ConcentratorAnswers(config, new AcCookie(secrets));
    this.table = new SessionTable(config.maxSessions(), secrets.nextInt());
  }

  /** Takes frames from the Ethernet: as {@link PppoeClient#decapsulate}. */
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
    long destination = PppoeFrames.station(slab, at);
    int type = EthernetFields.type(slab, at);
    if (type == EthernetFields.TYPE_PPPOE_DISCOVERY) {
      return destination == address || destination == MacAddress.BROADCAST.value()
          ? discover(slab, at, length, now)
          : PppoeVerdict.NOT_FOR_US;
    }
    if (type != EthernetFields.TYPE_PPPOE_SESSION || destination != address) {
      return PppoeVerdict.NOT_FOR_US;
    }
    if (!PppoeFrames.isSessionFrame(slab, at, length)) {
      return PppoeVerdict.MALFORMED;
    }
    Served served = table.get(PppoeFrames.sessionId(slab, at));
    if (served == null || PppoeFrames.source(slab, at) != served.session().peer().value()) {
      return PppoeVerdict.UNKNOWN_SESSION;
    }
    served.setHeard();
    PppoeVerdict verdict = served.session().decapsulate(frames, index);
    if (verdict == PppoeVerdict.CONTROL) {
      served.session().handle(frames, index, now);
      drain(served, now);
    }
    return verdict;
  }

  private PppoeVerdict discover(byte[] slab, int at, int length, long now) {
    MacAddress station = EthernetFields.source(slab, at);
    boolean broadcast = PppoeFrames.station(slab, at) != address;
    PppoePacket packet = PppoeFrames.discoveryPacket(slab, at, length);
    if (packet == null) {
      discoveryDrops.increment(PppoeDropReason.MALFORMED);
      return PppoeVerdict.MALFORMED;
    }
    PppoeDropReason dropped;
    if (station.isGroup()) {
      dropped = PppoeDropReason.WRONG_STATION;
    } else if (packet.code() == PppoeCode.PADI) {
      dropped = handleInitiation(station, packet);
    } else if (packet.code() == PppoeCode.PADR && !broadcast) {
      dropped = handleRequest(station, packet, now);
    } else if (packet.code() == PppoeCode.PADT && !broadcast) {
      dropped = handleTermination(station, packet, now);
    } else {
      dropped = PppoeDropReason.UNEXPECTED_CODE;
    }
    if (dropped != null) {
      discoveryDrops.increment(dropped);
    }
    return PppoeVerdict.CONTROL;
  }

  /** "If the Access Concentrator can not serve the PADI it MUST NOT respond" (section 5.2). */
  private @Nullable PppoeDropReason handleInitiation(MacAddress station, PppoePacket packet) {
    PppoeDropReason objection = answers.objectionToInitiation(packet);
    if (objection != null) {
      return objection;
    }
    if (refusal(station) != null) {
      return PppoeDropReason.FULL;
    }
    return send(station, answers.offer(station, packet));
  }

  private @Nullable PppoeDropReason handleRequest(
      MacAddress station, PppoePacket packet, long now) {
    PppoeDropReason objection = answers.objectionToRequest(station, packet);
    if (objection != null) {
      return objection;
    }
    ByteString uniq =
        packet.first(PppoeTag.HostUniq.class).map(PppoeTag.HostUniq::value).orElse(null);
    Served repeated = table.unheard(station, uniq);
    if (repeated != null) {
      // The PADS was lost: the same request has the same session.
      return send(station, repeated.confirmation());
    }
    if (!answers.hasService(packet)) {
      return send(station, answers.serviceRefused(packet));
    }
    String refusal = refusal(station);
    if (refusal != null) {
      return send(station, answers.systemError(packet, refusal));
    }
    replaceUnused(station, now);
    return open(station, packet, now);
  }

  /** Why there is no session for a station now, or null. */
  private @Nullable String refusal(MacAddress station) {
    int own = table.of(station).size();
    if (own >= config.maxSessionsPerStation()) {
      // A session on which the station has said nothing gives way to its next one.
      return unused(station) == null ? "too many sessions of this station" : null;
    }
    return table.size() >= config.maxSessions() ? "all sessions are in use" : null;
  }

  private @Nullable Served unused(MacAddress station) {
    for (Served served : table.of(station)) {
      if (!served.isHeard()) {
        return served;
      }
    }
    return null;
  }

  private void replaceUnused(MacAddress station, long now) {
    Served unused = unused(station);
    if (unused != null && table.of(station).size() >= config.maxSessionsPerStation()) {
      lose(unused, new PppoeEnd.Terminated("replaced by the station's next session"), now);
    }
  }

  private @Nullable PppoeDropReason open(MacAddress station, PppoePacket request, long now) {
    int id = table.freeId();
    PppoePacket confirmation = answers.confirmation(id, request);
    PppoeDropReason tooLong = send(station, confirmation);
    if (tooLong != null) {
      return tooLong;
    }
    PppoeSession session =
        new PppoeSession(
            id, config.address(), station, answers.sessionMtu(request), config.ppp(), secrets);
    Served served = new Served(session, confirmation);
    table.add(served);
    outbox.event(new ConcentratorOutput.SessionStarted(id, station));
    if (config.ppp().demanded().isEmpty()) {
      session.link().assignPeerAddress(config.addresses().apply(""), now);
    }
    session.link().open(now);
    session.link().lowerUp(now);
    drain(served, now);
    return null;
  }

  private @Nullable PppoeDropReason handleTermination(
      MacAddress station, PppoePacket packet, long now) {
    Served served = table.get(packet.sessionId());
    if (served == null) {
      return PppoeDropReason.WRONG_SESSION_ID;
    }
    if (!served.session().peer().equals(station)) {
      return PppoeDropReason.WRONG_STATION;
    }
    String text = packet.first(PppoeTag.ErrorTag.class).map(PppoeTag::text).orElse("");
    lose(served, new PppoeEnd.Terminated(text), now);
    return null;
  }

  /** The session is gone without a word from us. */
  private void lose(Served served, PppoeEnd end, long now) {
    served.session().link().lowerDown(now);
    end(
        served,
        PppoeSession.end(
            end, served.session().drain(frame -> {}, news -> tell(served, news, now))));
  }

  private void drain(Served served, long now) {
    PppOutput.Ended ended = served.session().drain(outbox::frame, news -> tell(served, news, now));
    if (ended == null) {
      table.setDeadline(served, served.session().link().nextDeadline());
      return;
    }
    send(
        served.session().peer(), new PppoePacket(PppoeCode.PADT, served.session().id(), List.of()));
    end(served, PppoeSession.end(ended));
  }

  private void end(Served served, PppoeEnd end) {
    table.remove(served);
    PppoeSession session = served.session();
    outbox.event(new ConcentratorOutput.SessionEnded(session.id(), session.peer(), end));
  }

  private void tell(Served served, PppOutput news, long now) {
    if (news instanceof PppOutput.PeerAuthenticated peer) {
      served.session().link().assignPeerAddress(config.addresses().apply(peer.name()), now);
    } else if (news instanceof PppOutput.Ipv4Up up && !up.peer().isUnspecified()) {
      table.assignAddress(served, up.peer());
    } else if (news instanceof PppOutput.Ipv4Down) {
      table.releaseAddress(served);
    }
    outbox.event(new ConcentratorOutput.Ppp(served.session().id(), news));
  }

  private @Nullable PppoeDropReason send(MacAddress station, PppoePacket packet) {
    if (packet.encodedLength() > ConcentratorAnswers.MAX_PACKET) {
      return PppoeDropReason.ANSWER_TOO_LONG;
    }
    outbox.frame(PppoeFrames.discovery(station, config.address(), packet));
    return null;
  }

  /**
   * Makes frames of IPv4 datagrams for callers, in place: the session is that whose caller has the
   * destination address.
   */
  public void encapsulate(PacketBatch datagrams) {
    byte[] slab = datagrams.slab();
    for (int i = 0; i < datagrams.size(); i++) {
      if (datagrams.passes(i)) {
        PppoeVerdict verdict = encapsulate(datagrams, i, slab);
        if (verdict != PppoeVerdict.ENCAPSULATED) {
          datagrams.setVerdict(i, verdict);
        }
        counters.increment(verdict);
      }
    }
  }

  private PppoeVerdict encapsulate(PacketBatch datagrams, int index, byte[] slab) {
    int at = datagrams.offset(index);
    if (datagrams.length(index) < Ipv4Fields.MIN_HEADER_LENGTH
        || Ipv4Fields.version(slab, at) != 4) {
      return PppoeVerdict.BAD_PAYLOAD;
    }
    Served served = table.callerWith(Ipv4Fields.destination(slab, at));
    return served == null
        ? PppoeVerdict.NOT_CONNECTED
        : served.session().encapsulate(datagrams, index);
  }

  /** The largest datagram that may be sent to a caller, in bytes; 0 if nobody has the address. */
  public int mtuTo(Ipv4Address caller) {
    Served served = table.callerWith(caller.value());
    return served == null ? 0 : served.session().sendMtu();
  }

  /** Ends a session as an operator does, with a Terminate-Request and a PADT; false if unknown. */
  public boolean terminate(int sessionId, long now) {
    Served served = table.get(sessionId);
    if (served == null) {
      return false;
    }
    served.session().link().close(now);
    drain(served, now);
    return true;
  }

  /** Forgets all sessions without a word, as a power cut does. */
  public void forgetAll() {
    table.clear();
  }

  /** Runs what is due. */
  public void handleTimeout(long now) {
    for (Served served : table.due(now)) {
      served.session().link().handleTimeout(now);
      drain(served, now);
    }
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return table.nextDeadline();
  }

  /**
   * What is to be done or known next; null if there is nothing more.
   *
   * @param out where the bytes of a {@link ConcentratorOutput.Transmit} are written, from its
   *     writer index
   */
  public @Nullable ConcentratorOutput poll(ByteBuf out) {
    return outbox.poll(out, ConcentratorOutput.Transmit::new);
  }

  /** The number of sessions. */
  public int sessions() {
    return table.size();
  }

  /** What happened to frames and datagrams. */
  public Counters<PppoeVerdict> counters() {
    return counters;
  }

  /** What happened to discovery packets that changed nothing. */
  public Counters<PppoeDropReason> discoveryDrops() {
    return discoveryDrops;
  }
}
