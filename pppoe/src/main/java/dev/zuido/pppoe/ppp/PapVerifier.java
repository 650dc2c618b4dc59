package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The peer proves itself by PAP (RFC 1334 section 2): we are the authenticator. */
final class PapVerifier implements Authentication.Direction {
  private final Core core;
  private final Authentication.Results results;
  private @Nullable Boolean verdict;

  PapVerifier(Core core, Authentication.Results results) {
    this.core = core;
    this.results = results;
  }

  @Override
  public void start(long now) {}

  @Override
  public void handle(ControlPacket packet, long now) throws MalformedPacketException {
    if (!(PapPacket.of(packet) instanceof PapPacket.AuthenticateRequest request)) {
      throw new IllegalArgumentException("not for the authenticator");
    }
    Boolean before = verdict;
    if (before != null) {
      // "MUST return the same reply Code": nobody may try several passwords.
      reply(request.identifier(), before);
      return;
    }
    String claimed = new String(request.peerId().toArray(), StandardCharsets.UTF_8);
    ByteString secret = core.secretOf(claimed);
    ByteString compared = secret == null ? request.peerId() : secret;
    boolean equal = MessageDigest.isEqual(compared.toArray(), request.password().toArray());
    boolean good = equal && secret != null;
    verdict = good;
    reply(request.identifier(), good);
    if (good) {
      results.peerAuthenticated(claimed, now);
    } else {
      results.peerRefused("no valid proof from \"" + PacketText.printable(claimed) + "\"", now);
    }
  }

  private void reply(int identifier, boolean good) {
    ByteString message =
        ByteString.of(
            (good ? "Welcome" : "Authentication failed").getBytes(StandardCharsets.UTF_8));
    core.send(
        PppProtocol.PAP,
        good
            ? new PapPacket.AuthenticateAck(identifier, message).toControlPacket()
            : new PapPacket.AuthenticateNak(identifier, message).toControlPacket());
  }

  @Override
  public void timeout(long now) {}

  /** The link's own limit of the phase is the only one. */
  @Override
  public long deadline() {
    return PppLink.NO_DEADLINE;
  }

  @Override
  public boolean isDone() {
    return verdict != null && verdict;
  }
}
