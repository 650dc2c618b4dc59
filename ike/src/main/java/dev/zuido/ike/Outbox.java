package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.Transmit;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The engine's one stream of outputs. It holds what one mutation has produced: the driver drains it
 * before the next.
 */
final class Outbox {
  private final Deque<Item> items = new ArrayDeque<>();
  private final IkeCounters.Counting counters;

  Outbox(IkeCounters.Counting counters) {
    this.counters = counters;
  }

  void add(IkeOutput output) {
    items.add(new Item(output, null));
  }

  void transmit(Endpoint local, Endpoint remote, ByteString datagram) {
    counters.sent++;
    items.add(new Item(new Transmit(local, remote, datagram.length()), datagram));
  }

  /** Counts and reports what changed nothing. */
  void drop(DropReason reason, @Nullable Endpoint remote, String detail) {
    counters.drop(reason);
    add(new IkeOutput.Dropped(reason, remote, detail));
  }

  @Nullable IkeOutput poll(ByteBuf out) {
    Item item = items.peek();
    if (item == null) {
      return null;
    }
    ByteString datagram = item.datagram;
    if (datagram != null) {
      if (out.maxWritableBytes() < IkeEngine.MAX_DATAGRAM_LENGTH) {
        throw new IllegalArgumentException(
            "the buffer must hold " + IkeEngine.MAX_DATAGRAM_LENGTH + " bytes");
      }
      datagram.write(out);
    }
    items.remove();
    return item.output;
  }

  private record Item(IkeOutput output, @Nullable ByteString datagram) {}
}
