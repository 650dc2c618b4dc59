package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The peer proves itself by CHAP (RFC 1994): we are the authenticator. */
final class ChapVerifier implements Authentication.Direction {
  private static final ByteString WELCOME = text("Welcome");
  private static final ByteString REFUSED = text("Authentication failed");

  /** What the hash of an unknown name is compared with, so that it takes as long. */
  private static final ByteString NOBODY = text("nobody's secret");

  private final Core core;
  private final Authentication.Results results;
  private ByteString challenge = ByteString.EMPTY;
  private int identifier;
  private int sent;
  private boolean waiting;
  private @Nullable String name;
  private @Nullable ControlPacket reply;
  private long deadline = PppLink.NO_DEADLINE;

  ChapVerifier(Core core, Authentication.Results results) {
    this.core = core;
    this.results = results;
  }

  @Override
  public void start(long now) {
    identifier = core.secrets.nextInt(256);
    challenge(now);
  }

  /** Identifier and value "MUST be changed each time a Challenge is sent". */
  private void challenge(long now) {
    identifier = identifier + 1 & 0xff;
    byte[] value = new byte[ChapPacket.MD5_LENGTH];
    core.secrets.nextBytes(value);
    challenge = ByteString.of(value);
    reply = null;
    waiting = true;
    sent++;
    deadline = now + core.config.timers().restartNanos();
    ByteString ourName = text(core.config.authenticatorName());
    core.send(
        PppProtocol.CHAP,
        new ChapPacket.Challenge(identifier, challenge, ourName).toControlPacket());
  }

  /** Whether a challenge's value is the one that we have asked with. */
  boolean isOurs(ByteString value) {
    return value.equals(challenge);
  }

  @Override
  public void handle(ControlPacket packet, long now) throws MalformedPacketException {
    if (!(ChapPacket.of(packet) instanceof ChapPacket.Response response)) {
      throw new IllegalArgumentException("not for the authenticator");
    }
    if (response.identifier() != identifier) {
      core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
      return;
    }
    ControlPacket before = reply;
    if (before != null) {
      // "MUST return the same reply Code", whatever is in it: nobody may try several secrets.
      core.send(PppProtocol.CHAP, before);
      return;
    }
    waiting = false;
    deadline = PppLink.NO_DEADLINE;
    String claimed = new String(response.name().toArray(), StandardCharsets.UTF_8);
    boolean good = verify(claimed, response.value()) && (name == null || name.equals(claimed));
    ControlPacket answer =
        good
            ? new ChapPacket.Success(identifier, WELCOME).toControlPacket()
            : new ChapPacket.Failure(identifier, REFUSED).toControlPacket();
    reply = answer;
    core.send(PppProtocol.CHAP, answer);
    if (!good) {
      results.peerRefused("no valid proof from \"" + PacketText.printable(claimed) + "\"", now);
      return;
    }
    sent = 0;
    if (core.config.chapIntervalNanos() > 0) {
      deadline = now + core.config.chapIntervalNanos();
    }
    if (name == null) {
      name = claimed;
      results.peerAuthenticated(claimed, now);
    }
  }

  private boolean verify(String claimed, ByteString value) {
    ByteString secret = core.secretOf(claimed);
    ByteString expected =
        ChapPacket.response(identifier, secret == null ? NOBODY : secret, challenge);
    boolean equal = MessageDigest.isEqual(expected.toArray(), value.toArray());
    return equal && secret != null;
  }

  @Override
  public void timeout(long now) {
    if (waiting && sent >= core.config.timers().maxConfigure()) {
      deadline = PppLink.NO_DEADLINE;
      results.peerRefused("no answer to " + sent + " challenges", now);
      return;
    }
    challenge(now);
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public boolean isDone() {
    return name != null;
  }

  private static ByteString text(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
