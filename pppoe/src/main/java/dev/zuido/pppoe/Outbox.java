package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Counters;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for {@code poll}, in order: events, and at most {@value #MAX_FRAMES} frames.
 *
 * <p>A caller that drains after each call never fills it: there are at most a few frames per frame
 * of a batch.
 *
 * @param <T> the events
 */
final class Outbox<T> {
  /** Frames that wait at most; further ones are dropped and counted. */
  static final int MAX_FRAMES = 4096;

  private record Entry<T>(@Nullable T event, ByteString frame) {}

  private final ArrayDeque<Entry<T>> queue = new ArrayDeque<>();
  private final Counters<PppoeDropReason> drops;
  private int frames;

  Outbox(Counters<PppoeDropReason> drops) {
    this.drops = drops;
  }

  void event(T event) {
    queue.add(new Entry<>(event, ByteString.EMPTY));
  }

  void frame(ByteString frame) {
    if (frames == MAX_FRAMES) {
      drops.increment(PppoeDropReason.QUEUE_FULL);
      return;
    }
    frames++;
    queue.add(new Entry<>(null, frame));
  }

  @Nullable T poll(ByteBuf out, IntFunction<T> transmit) {
    Entry<T> entry = queue.poll();
    if (entry == null) {
      return null;
    }
    if (entry.event != null) {
      return entry.event;
    }
    frames--;
    entry.frame.write(out);
    return transmit.apply(entry.frame.length());
  }
}
