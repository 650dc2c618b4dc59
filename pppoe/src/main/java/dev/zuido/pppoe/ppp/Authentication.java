package dev.zuido.pppoe.ppp;

import dev.zuido.wire.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/** Who proves what to whom on a link that LCP has opened (RFC 1661 section 3.5). */
final class Authentication {
  /** What the link has to know of it. Each is called when the packet is answered. */
  interface Results {
    /** The peer takes our proof. */
    void proofAccepted(String message, long now);

    /** The peer does not take our proof. */
    void proofRefused(String message, long now);

    /** The peer has proved who it is. */
    void peerAuthenticated(String name, long now);

    /** The peer has not proved who it is. */
    void peerRefused(String detail, long now);
  }

  /** One direction of it. */
  sealed interface Direction permits ChapProver, ChapVerifier, PapProver, PapVerifier {
    void start(long now);

    /** Takes a packet that belongs to this direction. */
    void handle(ControlPacket packet, long now) throws MalformedPacketException;

    void timeout(long now);

    long deadline();

    /** Whether the proof was given and taken. */
    boolean isDone();
  }

  private final Core core;
  private final Results results;
  private @Nullable Direction ours;
  private @Nullable Direction peers;

  Authentication(Core core, Results results) {
    this.core = core;
    this.results = results;
  }

  /**
   * LCP has opened.
   *
   * @param weProve how we prove ourselves, or null
   * @param peerProves how the peer does, or null
   */
  void start(
      @Nullable AuthenticationProtocol weProve,
      @Nullable AuthenticationProtocol peerProves,
      long now) {
    ChapVerifier chapVerifier = null;
    peers = null;
    if (peerProves == AuthenticationProtocol.CHAP_MD5) {
      chapVerifier = new ChapVerifier(core, results);
      peers = chapVerifier;
    } else if (peerProves == AuthenticationProtocol.PAP) {
      peers = new PapVerifier(core, results);
    }
    Credential credential = core.config.credential();
    ours = null;
    if (weProve != null && credential != null) {
      ours =
          switch (weProve) {
            case CHAP_MD5 -> new ChapProver(core, credential, chapVerifier, results);
            case PAP -> new PapProver(core, credential, results);
          };
    }
    Direction first = peers;
    if (first != null) {
      first.start(now);
    }
    Direction second = ours;
    if (second != null) {
      second.start(now);
    }
  }

  /** LCP is open no more. */
  void stop() {
    ours = null;
    peers = null;
  }

  boolean isDone() {
    return (ours == null || ours.isDone()) && (peers == null || peers.isDone());
  }

  /** Whether a proof of ours waits for its answer. */
  boolean isProofPending() {
    return ours != null && !ours.isDone();
  }

  void handle(int protocol, ControlPacket packet, long now) throws MalformedPacketException {
    Direction direction =
        protocol == PppProtocol.CHAP ? forChap(packet.code()) : forPap(packet.code());
    if (direction == null) {
      core.drop(PppDropReason.WRONG_PHASE);
    } else {
      direction.handle(packet, now);
    }
  }

  private @Nullable Direction forChap(int code) {
    if (code == ChapPacket.RESPONSE) {
      return peers instanceof ChapVerifier ? peers : null;
    }
    return ours instanceof ChapProver ? ours : null;
  }

  private @Nullable Direction forPap(int code) {
    if (code == PapPacket.AUTHENTICATE_REQUEST) {
      return peers instanceof PapVerifier ? peers : null;
    }
    return ours instanceof PapProver ? ours : null;
  }

  /** The peer rejects the protocol of a proof. */
  void protocolRejected(int protocol, long now) {
    boolean chap = protocol == PppProtocol.CHAP;
    if (chap ? peers instanceof ChapVerifier : peers instanceof PapVerifier) {
      results.peerRefused("the peer rejects the protocol of its proof", now);
    } else if (chap ? ours instanceof ChapProver : ours instanceof PapProver) {
      results.proofRefused("the peer rejects the protocol of our proof", now);
    }
  }

  long deadline() {
    return Math.min(
        ours == null ? PppLink.NO_DEADLINE : ours.deadline(),
        peers == null ? PppLink.NO_DEADLINE : peers.deadline());
  }

  void timeout(long now) {
    Direction first = peers;
    if (first != null && first.deadline() <= now) {
      first.timeout(now);
    }
    Direction second = ours;
    if (second != null && second.deadline() <= now) {
      second.timeout(now);
    }
  }
}
