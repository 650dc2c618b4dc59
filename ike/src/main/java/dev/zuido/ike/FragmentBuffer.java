package dev.zuido.ike;

import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the peer's messages under one ISAKMP SA together that came in fragments. It belongs to an
 * ISAKMP SA that both sides have named: a first message is never taken in fragments, since nobody
 * has announced then that it may be cut, and everybody could fill the memory.
 *
 * <p>What a fragment costs is linear in its bytes. A piece is copied when it comes, and when its
 * message seems to be complete; then all pieces are forgotten, but for the newest if they make no
 * message.
 */
final class FragmentBuffer {
  private final EngineContext context;
  private final IsakmpSa sa;
  private final FragmentLimits limits;
  private final List<Waiting> waiting = new ArrayList<>(1);

  FragmentBuffer(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.limits = context.config.limits().fragments();
  }

  /** A message that was put together. */
  record Whole(ByteBuf message, ByteString digest) {}

  /** Takes a message that is a fragment; gives the message that is complete by it, or null. */
  @Nullable Whole add(IsakmpHeader header, ByteBuf body, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    context.counters.fragments++;
    PayloadChain chain = PayloadChain.decode(PayloadType.CISCO_FRAGMENT, body);
    Fragment fragment = chain.payload(Fragment.class).orElseThrow();
    @Nullable String error = error(header, chain, fragment);
    if (error != null) {
      drop(path, error);
      return null;
    }
    Waiting message = find(header.messageId(), fragment.id(), nowNanos);
    int before = message.weight();
    message.assembly.add(fragment);
    @Nullable Whole whole = null;
    if (message.assembly.bytes() > limits.messageBytes()) {
      startAnew(message, fragment, path, "they are longer than a message may be", nowNanos);
    } else if (message.assembly.isComplete()) {
      whole = join(message, header);
      if (whole == null) {
        startAnew(message, fragment, path, "together they are no message", nowNanos);
      }
    }
    context.fragments.weighed(message, message.weight() - before);
    if (whole != null) {
      message.forget();
    }
    return whole;
  }

  private @Nullable String error(IsakmpHeader header, PayloadChain chain, Fragment fragment) {
    if (sa.peer().config().options().fragmentation() == Fragmentation.OFF) {
      return "fragmentation is off for " + sa.peerName();
    }
    if (header.responderCookie().isZero()) {
      return "a first message does not come in fragments";
    }
    if (chain.payloads().size() != 1 || !chain.padding().isEmpty()) {
      return "something follows it";
    }
    if (fragment.number() == 0 || fragment.number() > limits.pieces()) {
      return "its number is " + fragment.number() + ", not 1 to " + limits.pieces();
    }
    return fragment.data().isEmpty() ? "it is empty" : null;
  }

  private void drop(UdpPath path, String detail) {
    context.outbox.drop(DropReason.BAD_FRAGMENT, path.remote(), detail);
  }

  /** The fragments before this one were of another message, or forged. */
  private void startAnew(
      Waiting message, Fragment fragment, UdpPath path, String why, long nowNanos) {
    drop(path, message.assembly.count() + " fragments are forgotten: " + why);
    message.assembly.keepOnly(fragment);
    message.awaitOthers(nowNanos);
  }

  private Waiting find(int messageId, int fragmentId, long nowNanos) {
    for (Waiting each : waiting) {
      if (each.assembly.isOf(messageId, fragmentId)) {
        return each;
      }
    }
    if (waiting.size() >= limits.perIsakmpSa()) {
      waiting.get(0).giveWay();
    }
    Waiting fresh = new Waiting(new FragmentAssembly(messageId, fragmentId, limits.pieces()));
    waiting.add(fresh);
    context.fragments.enter(fresh, sa.isEstablished());
    fresh.awaitOthers(nowNanos);
    return fresh;
  }

  /** The message, or null if the fragments are none of this ISAKMP SA. */
  private @Nullable Whole join(Waiting message, IsakmpHeader outer) {
    ByteBuf whole = message.assembly.join();
    context.fragments.copied(whole.readableBytes());
    try {
      IsakmpHeader header = IsakmpHeader.decode(whole.duplicate());
      if (!header.initiatorCookie().equals(outer.initiatorCookie())
          || !header.responderCookie().equals(outer.responderCookie())
          || header.nextPayload() == PayloadType.CISCO_FRAGMENT) {
        return null;
      }
    } catch (MalformedPacketException e) {
      return null;
    }
    ByteString digest = ExchangeManager.digestOf(whole);
    context.fragments.completed(digest, message.assembly.count());
    context.counters.reassembled++;
    return new Whole(whole, digest);
  }

  /** Forgets every fragment. */
  void close() {
    for (Waiting each : List.copyOf(waiting)) {
      each.forget();
    }
  }

  private enum Timer {
    EXPIRE
  }

  /** A message that waits for fragments. */
  final class Waiting {
    private final FragmentAssembly assembly;
    private final Timers<Timer> timers =
        new Timers<>(context.heap, Timer.class, (timer, now) -> expired());

    private Waiting(FragmentAssembly assembly) {
      this.assembly = assembly;
    }

    /** Bytes in memory, about. */
    int weight() {
      return assembly.weight();
    }

    private void awaitOthers(long nowNanos) {
      timers.set(Timer.EXPIRE, nowNanos + limits.seconds() * EngineContext.SECOND);
    }

    private void expired() {
      context.outbox.drop(
          DropReason.FRAGMENTS_MISSING,
          sa.remote(),
          assembly.count() + " fragments came, the others did not");
      forget();
    }

    /** Makes room for another one. */
    void giveWay() {
      context.outbox.drop(
          DropReason.LIMIT, sa.remote(), assembly.count() + " fragments of a message");
      forget();
    }

    private void forget() {
      timers.clearAll();
      waiting.remove(this);
      context.fragments.leave(this);
    }
  }
}
