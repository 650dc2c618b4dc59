package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phases of a link (RFC 1661 section 3), and which packets each of them takes. */
final class LinkPhases implements ControlProtocol.Layer, Authentication.Results {
  private final Core core;
  private final LcpNegotiator negotiator;
  private final ControlProtocol lcp;
  private final LinkMaintenance maintenance;
  private final Authentication authentication;
  private final Networks networks;

  private PppPhase phase = PppPhase.DEAD;

  /** Whether a link is being made or is there, so that its end has to be told. */
  private boolean running;

  private @Nullable Disagreement ending;
  private String lastWords = "";
  private long authenticationDeadline = PppLink.NO_DEADLINE;

  LinkPhases(Core core) {
    this.core = core;
    this.negotiator = new LcpNegotiator(core);
    this.lcp = new ControlProtocol(core, PppProtocol.LCP, negotiator, this);
    this.maintenance = new LinkMaintenance(core, negotiator);
    this.authentication = new Authentication(core, this);
    this.networks = new Networks(core);
  }

  PppPhase phase() {
    return phase;
  }

  boolean isUp(int protocol) {
    return networks.isUp(protocol);
  }

  void open(long now) {
    lcp.fire(AutomatonEvent.OPEN, now);
  }

  void close(long now) {
    if (running && ending == null) {
      ending = new Disagreement(PppEnd.CLOSED, "");
    }
    lcp.fire(AutomatonEvent.CLOSE, now);
  }

  void lowerUp(long now) {
    lcp.fire(AutomatonEvent.UP, now);
  }

  void lowerDown(long now) {
    lcp.fire(AutomatonEvent.DOWN, now);
    if (running) {
      end(ending == null ? new Disagreement(PppEnd.LOWER_DOWN, lastWords) : ending);
    }
  }

  // ---- packets

  void handle(ByteBuf packet, long now) {
    int protocol = packet.readUnsignedShort();
    switch (protocol) {
      case PppProtocol.LCP -> control(lcp, protocol, packet, now);
      case PppProtocol.CHAP, PppProtocol.PAP -> handleProof(protocol, packet, now);
      default -> {
        NetworkProtocol network = networks.find(protocol);
        if (phase != PppPhase.NETWORK) {
          core.drop(PppDropReason.WRONG_PHASE);
        } else if (network != null) {
          control(network.control(), protocol, packet, now);
          watchNetworks(now);
        } else if (networks.isDatagram(protocol)) {
          core.drop(PppDropReason.WRONG_PHASE);
        } else {
          core.drop(PppDropReason.UNKNOWN_PROTOCOL);
          maintenance.rejectProtocol(protocol, packet, lcp.nextIdentifier());
        }
      }
    }
  }

  private void control(ControlProtocol to, int protocol, ByteBuf packet, long now) {
    ControlPacket decoded = decode(protocol, packet);
    if (decoded != null) {
      to.handle(decoded, now);
    }
  }

  private void handleProof(int protocol, ByteBuf packet, long now) {
    if (phase != PppPhase.AUTHENTICATE && phase != PppPhase.NETWORK) {
      core.drop(PppDropReason.WRONG_PHASE);
      return;
    }
    ControlPacket decoded = decode(protocol, packet);
    if (decoded == null) {
      return;
    }
    try {
      authentication.handle(protocol, decoded, now);
    } catch (MalformedPacketException malformed) {
      core.drop(PppDropReason.MALFORMED);
    }
  }

  private @Nullable ControlPacket decode(int protocol, ByteBuf packet) {
    try {
      ControlPacket decoded = ControlPacket.decode(packet);
      core.trace(false, protocol, decoded);
      return decoded;
    } catch (MalformedPacketException malformed) {
      core.drop(PppDropReason.MALFORMED);
      return null;
    }
  }

  // ---- LCP's layer

  @Override
  public void entered(AutomatonState state, long now) {
    switch (state) {
      case INITIAL, STARTING, CLOSED, STOPPED -> setPhase(PppPhase.DEAD);
      case CLOSING, STOPPING -> setPhase(PppPhase.TERMINATE);
      case REQ_SENT, ACK_RCVD, ACK_SENT -> {
        if (!running) {
          running = true;
          ending = null;
          lastWords = "";
        }
        setPhase(PppPhase.ESTABLISH);
      }
      case OPENED -> {}
    }
  }

  @Override
  public void up(long now) {
    core.peerMru = negotiator.peerMru();
    core.output(
        new PppOutput.LinkUp(
            negotiator.localMru(),
            negotiator.peerMru(),
            negotiator.weProve(),
            negotiator.peerProves()));
    lastWords = "";
    maintenance.start(now);
    boolean nothingToProve = negotiator.weProve() == null && negotiator.peerProves() == null;
    if (!nothingToProve) {
      setPhase(PppPhase.AUTHENTICATE);
      authenticationDeadline = now + core.config.timers().authenticationNanos();
    }
    authentication.start(negotiator.weProve(), negotiator.peerProves(), now);
    if (nothingToProve) {
      startNetworks(now);
    }
  }

  @Override
  public void down(long now) {
    authentication.stop();
    maintenance.stop();
    networks.stop(now);
    authenticationDeadline = PppLink.NO_DEADLINE;
    core.peerMru = Core.DEFAULT_MRU;
    core.provenName = null;
    core.challengeName = null;
  }

  @Override
  public void finished(long now) {
    if (running) {
      Disagreement silence =
          new Disagreement(
              PppEnd.NO_ANSWER,
              lastWords.isEmpty() ? "no answer to Configure-Requests" : lastWords);
      Disagreement why = negotiator.isProofLacking() ? negotiator.proofImpossible() : silence;
      end(ending == null ? why : ending);
    }
  }

  @Override
  public void disagreed(Disagreement why, long now) {
    fail(why, now);
  }

  @Override
  public void terminating(ByteString message) {
    String text = PacketText.printable(message);
    if (lcp.isOpened()) {
      if (ending == null) {
        // A Failure may be lost: the end of the link says the same (RFC 1994 section 4.1).
        ending =
            phase == PppPhase.AUTHENTICATE && authentication.isProofPending()
                ? new Disagreement(PppEnd.PROOF_REFUSED, text)
                : new Disagreement(PppEnd.PEER_CLOSED, text);
      }
    } else if (!text.isEmpty()) {
      lastWords = "the peer said: " + text;
    }
  }

  @Override
  public void rejectsCode(int code) {
    if (running && ending == null) {
      ending = new Disagreement(PppEnd.NO_AGREEMENT, "the peer rejects code " + code + " of LCP");
    }
  }

  @Override
  public void stopSending(int code) {
    maintenance.stopSending(code);
  }

  @Override
  public boolean handle(ControlPacket packet, long now) {
    switch (packet.code()) {
      case ControlCode.PROTOCOL_REJECT -> protocolReject(packet, now);
      case ControlCode.ECHO_REQUEST, ControlCode.ECHO_REPLY, ControlCode.DISCARD_REQUEST ->
          echo(packet, now);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void echo(ControlPacket packet, long now) {
    if (packet.data().length() < Integer.BYTES) {
      core.drop(PppDropReason.MALFORMED);
    } else if (!lcp.isOpened()) {
      core.drop(PppDropReason.WRONG_PHASE);
    } else if (maintenance.handle(packet)) {
      lcp.fire(AutomatonEvent.ECHO, maintenance.reply(packet), now);
    }
  }

  private void protocolReject(ControlPacket packet, long now) {
    if (packet.data().length() < 2) {
      core.drop(PppDropReason.MALFORMED);
      return;
    }
    if (!lcp.isOpened()) {
      core.drop(PppDropReason.WRONG_PHASE);
      return;
    }
    int rejected = (int) ConfigurationOption.number(packet.data(), 0, 2);
    if (rejected == PppProtocol.LCP) {
      if (ending == null) {
        ending = new Disagreement(PppEnd.NO_AGREEMENT, "the peer rejects LCP");
      }
      lcp.fire(AutomatonEvent.REJECT_CATASTROPHIC, now);
      return;
    }
    lcp.fire(AutomatonEvent.REJECT_PERMITTED, now);
    if (rejected == PppProtocol.CHAP || rejected == PppProtocol.PAP) {
      authentication.protocolRejected(rejected, now);
      return;
    }
    if (phase == PppPhase.NETWORK) {
      networks.rejected(rejected, now);
      watchNetworks(now);
    }
  }

  // ---- authentication's results

  @Override
  public void proofAccepted(String message, long now) {
    core.output(new PppOutput.ProofAccepted(message));
    authenticated(now);
  }

  @Override
  public void proofRefused(String message, long now) {
    fail(new Disagreement(PppEnd.PROOF_REFUSED, message), now);
  }

  @Override
  public void peerAuthenticated(String name, long now) {
    core.provenName = name;
    core.output(new PppOutput.PeerAuthenticated(name));
    authenticated(now);
  }

  @Override
  public void peerRefused(String detail, long now) {
    fail(new Disagreement(PppEnd.PEER_NOT_AUTHENTICATED, detail), now);
  }

  private void authenticated(long now) {
    if (phase == PppPhase.AUTHENTICATE && authentication.isDone()) {
      authenticationDeadline = PppLink.NO_DEADLINE;
      startNetworks(now);
    }
  }

  // ---- network protocols

  private void startNetworks(long now) {
    setPhase(PppPhase.NETWORK);
    networks.start(now);
  }

  private void watchNetworks(long now) {
    Disagreement why = phase == PppPhase.NETWORK ? networks.hopelessness(now) : null;
    if (why != null) {
      fail(why, now);
    }
  }

  /** Gives the peer an address, or refuses IPv4. */
  void assignPeerAddress(@Nullable Ipv4Address address, long now) {
    networks.assign(address, phase == PppPhase.NETWORK, now);
    watchNetworks(now);
  }

  // ---- ends

  private void setPhase(PppPhase next) {
    if (phase != next) {
      phase = next;
      core.output(new PppOutput.PhaseChanged(next));
    }
  }

  /**
   * Ends the link of our own accord: a Close "immediately followed by an Open" (RFC 1661 section
   * 4.3, Close), so that it terminates in order and is still wanted.
   */
  private void fail(Disagreement why, long now) {
    if (lcp.state().compareTo(AutomatonState.REQ_SENT) < 0) {
      return;
    }
    if (ending == null) {
      ending = why;
    }
    lcp.fire(AutomatonEvent.CLOSE, now);
    lcp.fire(AutomatonEvent.OPEN, now);
  }

  private void end(Disagreement why) {
    running = false;
    ending = null;
    negotiator.forget();
    core.output(new PppOutput.Ended(why.reason(), why.detail()));
  }

  // ---- time

  long deadline() {
    long earliest =
        Math.min(lcp.deadline(), Math.min(maintenance.deadline(), authentication.deadline()));
    return Math.min(earliest, Math.min(authenticationDeadline, networks.deadline()));
  }

  void timeout(long now) {
    lcp.timeout(now);
    if (authenticationDeadline <= now) {
      fail(new Disagreement(PppEnd.AUTHENTICATION_TIMEOUT, "the proofs have taken too long"), now);
    }
    authentication.timeout(now);
    if (!maintenance.timeout(now)) {
      fail(maintenance.silence(), now);
    }
    networks.timeout(now);
    watchNetworks(now);
  }

  PppSnapshot snapshot() {
    IpcpNegotiator addresses = networks.addresses();
    return new PppSnapshot(
        phase,
        lcp.state(),
        networks.state(PppProtocol.IPCP),
        networks.state(PppProtocol.IPV6CP),
        negotiator.localMru(),
        negotiator.peerMru(),
        negotiator.localMagic(),
        negotiator.peerMagic(),
        negotiator.weProve(),
        negotiator.peerProves(),
        core.provenName == null ? core.challengeName : core.provenName,
        addresses == null ? null : addresses.local(),
        addresses == null ? null : addresses.peer(),
        addresses == null ? List.of() : addresses.nameServers(),
        networks.upSince(),
        maintenance.sent(),
        maintenance.answered(),
        maintenance.taken());
  }
}
