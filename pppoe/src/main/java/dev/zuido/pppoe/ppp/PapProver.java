package dev.zuido.pppoe.ppp;

import dev.zuido.wire.MalformedPacketException;

/** We prove ourselves by PAP (RFC 1334 section 2). */
final class PapProver implements Authentication.Direction {
  private final Core core;
  private final Credential credential;
  private final Authentication.Results results;
  private int identifier;
  private int sent;
  private boolean done;
  private long deadline = PppLink.NO_DEADLINE;

  PapProver(Core core, Credential credential, Authentication.Results results) {
    this.core = core;
    this.credential = credential;
    this.results = results;
  }

  @Override
  public void start(long now) {
    identifier = core.secrets.nextInt(256);
    send(now);
  }

  /** The identifier "MUST be changed each time an Authenticate-Request packet is issued". */
  private void send(long now) {
    identifier = identifier + 1 & 0xff;
    sent++;
    deadline = now + core.config.timers().restartNanos();
    core.send(
        PppProtocol.PAP,
        new PapPacket.AuthenticateRequest(identifier, credential.nameBytes(), credential.secret())
            .toControlPacket());
  }

  @Override
  public void handle(ControlPacket packet, long now) throws MalformedPacketException {
    PapPacket pap = PapPacket.of(packet);
    // All requests say the same, so that a late answer to an earlier one is as good.
    if (done || (identifier - pap.identifier() & 0xff) >= sent) {
      core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
      return;
    }
    deadline = PppLink.NO_DEADLINE;
    if (pap instanceof PapPacket.AuthenticateAck ack) {
      done = true;
      results.proofAccepted(PacketText.printable(ack.message()), now);
    } else if (pap instanceof PapPacket.AuthenticateNak nak) {
      results.proofRefused(PacketText.printable(nak.message()), now);
    }
  }

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
