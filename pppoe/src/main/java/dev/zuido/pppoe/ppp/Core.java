package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Counters;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What all parts of a link share: configuration, randomness, counters, what waits for the poll. */
final class Core {
  /** The information field that each side takes by default (RFC 1661 section 6.1), in bytes. */
  static final int DEFAULT_MRU = 1500;

  /**
   * Outputs after which nothing more is taken in: a call adds a few, so that only a caller who does
   * not poll gets there.
   */
  static final int MAX_OUTPUTS = 256;

  private record Queued(@Nullable PppOutput output, int protocol, @Nullable ControlPacket packet) {}

  final PppConfig config;
  final SecureRandom secrets;
  final Counters<PppDropReason> drops = new Counters<>(PppDropReason.class);
  private final Deque<Queued> queue = new ArrayDeque<>();

  /** Whom the peer has proved to be, or null. */
  @Nullable String provenName;

  /** The name in the peer's last challenge, or null. */
  @Nullable String challengeName;

  /** The largest information field that the peer takes. */
  int peerMru = DEFAULT_MRU;

  Core(PppConfig config, SecureRandom secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  void output(PppOutput output) {
    queue.add(new Queued(output, 0, null));
  }

  void send(int protocol, ControlPacket packet) {
    trace(true, protocol, packet);
    queue.add(new Queued(null, protocol, packet));
  }

  void trace(boolean sent, int protocol, ControlPacket packet) {
    if (config.trace()) {
      String text = PacketText.of(protocol, packet);
      if (text != null) {
        output(new PppOutput.Trace(sent, text));
      }
    }
  }

  void drop(PppDropReason reason) {
    drops.increment(reason);
    output(new PppOutput.Dropped(reason));
  }

  /** Whether a caller has not polled for so long that nothing more can be taken in. */
  boolean isFull() {
    return queue.size() >= MAX_OUTPUTS;
  }

  /**
   * The largest information field that a packet of ours has: what the peer takes, and we buffer.
   */
  int largestInformation() {
    return Math.min(peerMru, DEFAULT_MRU);
  }

  /** The secret of a peer; null if there is none, which an empty one is as well. */
  @Nullable ByteString secretOf(String name) {
    Authenticator authenticator = config.authenticator();
    ByteString secret = authenticator == null ? null : authenticator.secretOf(name);
    return secret == null || secret.isEmpty() ? null : secret;
  }

  /** A random number that is not 0. */
  int randomNumber() {
    int number;
    do {
      number = secrets.nextInt();
    } while (number == 0);
    return number;
  }

  @Nullable PppOutput poll(ByteBuf out) {
    Queued next = queue.poll();
    if (next == null) {
      return null;
    }
    ControlPacket packet = next.packet();
    if (packet == null) {
      return next.output();
    }
    int start = out.writerIndex();
    out.writeShort(next.protocol());
    packet.encode(out);
    return new PppOutput.Transmit(out.writerIndex() - start);
  }
}
