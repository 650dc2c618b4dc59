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
  private static final ByteString NAT_KEEPALIVE = ByteString.of(new byte[] {(byte) 0xff});

  private final Deque<Item> items = new ArrayDeque<>();
  private final IkeCounters.Counting counters;

  Outbox(IkeCounters.Counting counters) {
    this.counters = counters;
  }

  void add(IkeOutput output) {
    items.add(new Item(output, 0, ByteString.EMPTY));
  }

  /** Sends a message, behind a non-ESP marker where ESP shares the port (RFC 3948 section 2.2). */
  void transmit(Endpoint local, Endpoint remote, ByteString message) {
    int marker = NonEspMarker.isNeededAt(local) ? NonEspMarker.LENGTH : 0;
    counters.sent++;
    items.add(new Item(new Transmit(local, remote, marker + message.length()), marker, message));
  }

  /** Sends the one byte that keeps a translator's mapping alive (RFC 3948 section 2.3). */
  void keepalive(Endpoint local, Endpoint remote) {
    counters.sent++;
    counters.natKeepalives++;
    items.add(new Item(new Transmit(local, remote, NAT_KEEPALIVE.length()), 0, NAT_KEEPALIVE));
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
    if (item.output instanceof Transmit) {
      if (out.maxWritableBytes() < IkeEngine.MAX_DATAGRAM_LENGTH) {
        throw new IllegalArgumentException(
            "the buffer must hold " + IkeEngine.MAX_DATAGRAM_LENGTH + " bytes");
      }
      out.writeZero(item.marker);
      item.datagram.write(out);
    }
    items.remove();
    return item.output;
  }

  private record Item(IkeOutput output, int marker, ByteString datagram) {}
}
