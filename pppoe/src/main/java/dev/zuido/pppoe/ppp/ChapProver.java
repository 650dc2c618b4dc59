package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/** We prove ourselves by CHAP (RFC 1994), also when asked again on the open link. */
final class ChapProver implements Authentication.Direction {
  private final Core core;
  private final Credential credential;
  private final @Nullable ChapVerifier verifier;
  private final Authentication.Results results;
  private @Nullable ControlPacket response;
  private int sent;
  private boolean done;
  private long deadline = PppLink.NO_DEADLINE;

  ChapProver(
      Core core,
      Credential credential,
      @Nullable ChapVerifier verifier,
      Authentication.Results results) {
    this.core = core;
    this.credential = credential;
    this.verifier = verifier;
    this.results = results;
  }

  @Override
  public void start(long now) {}

  @Override
  public void handle(ControlPacket packet, long now) throws MalformedPacketException {
    ChapPacket chap = ChapPacket.of(packet);
    if (chap instanceof ChapPacket.Challenge challenge) {
      answer(challenge, now);
      return;
    }
    ControlPacket waiting = response;
    if (waiting == null || waiting.identifier() != chap.identifier()) {
      core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
      return;
    }
    response = null;
    deadline = PppLink.NO_DEADLINE;
    if (chap instanceof ChapPacket.Success success) {
      if (!done) {
        done = true;
        results.proofAccepted(PacketText.printable(success.message()), now);
      }
    } else if (chap instanceof ChapPacket.Failure failure) {
      results.proofRefused(PacketText.printable(failure.message()), now);
    }
  }

  private void answer(ChapPacket.Challenge challenge, long now) {
    if (verifier != null && verifier.isOurs(challenge.value())) {
      // Answering it would give the peer what it needs to answer us.
      core.drop(PppDropReason.REFLECTED);
      return;
    }
    core.challengeName = PacketText.printable(challenge.name());
    ByteString hash =
        ChapPacket.response(challenge.identifier(), credential.secret(), challenge.value());
    response =
        new ChapPacket.Response(challenge.identifier(), hash, credential.nameBytes())
            .toControlPacket();
    sent = 0;
    send(now);
  }

  private void send(long now) {
    ControlPacket packet = response;
    if (packet != null) {
      sent++;
      deadline = now + core.config.timers().restartNanos();
      core.send(PppProtocol.CHAP, packet);
    }
  }

  /** The Success may be lost: the authenticator has to answer a repeated response. */
  @Override
  public void timeout(long now) {
    if (sent < core.config.timers().maxConfigure()) {
      send(now);
    } else {
      deadline = PppLink.NO_DEADLINE;
    }
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public boolean isDone() {
    return done;
  }
}
