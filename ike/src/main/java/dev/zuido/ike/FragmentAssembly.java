package dev.zuido.ike;

import dev.zuido.ike.message.Fragment;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of one message that have come. Nothing authenticates a fragment, so where two
 * contradict each other the newer one is believed: then a message that is sent again is complete
 * whatever came before it.
 */
final class FragmentAssembly {
  /** Bytes of a fragment's bookkeeping, about, so that many small ones cost what they cost. */
  private static final int OVERHEAD = 64;

  private final int messageId;
  private final int fragmentId;
  private final @Nullable ByteString[] pieces;
  private int count;
  private int bytes;

  /** The number of the last fragment, or 0 if it has not come. */
  private int last;

  FragmentAssembly(int messageId, int fragmentId, int maxPieces) {
    this.messageId = messageId;
    this.fragmentId = fragmentId;
    this.pieces = new ByteString[maxPieces];
  }

  boolean isOf(int otherMessageId, int otherFragmentId) {
    return messageId == otherMessageId && fragmentId == otherFragmentId;
  }

  /** How many fragments are there. */
  int count() {
    return count;
  }

  /** Bytes of the fragments' data. */
  int bytes() {
    return bytes;
  }

  /** Bytes that it holds in memory, about. */
  int weight() {
    return bytes + count * OVERHEAD;
  }

  /** Whether every fragment up to the last is there. */
  boolean isComplete() {
    return last > 0 && count == last;
  }

  /** Takes a fragment whose number is in range. */
  void add(Fragment fragment) {
    int number = fragment.number();
    if (fragment.isLast()) {
      last = number;
      for (int i = pieces.length; i > number; i--) {
        remove(i);
      }
    } else if (last > 0 && number >= last) {
      remove(last);
      last = 0;
    }
    remove(number);
    pieces[number - 1] = fragment.data();
    count++;
    bytes += fragment.data().length();
  }

  private void remove(int number) {
    ByteString piece = pieces[number - 1];
    if (piece != null) {
      pieces[number - 1] = null;
      count--;
      bytes -= piece.length();
    }
  }

  /** Forgets everything but one fragment: the others are of another message, or forged. */
  void keepOnly(Fragment fragment) {
    for (int i = 1; i <= pieces.length; i++) {
      remove(i);
    }
    last = 0;
    add(fragment);
  }

  /** The data of all fragments of a complete message. */
  ByteBuf join() {
    ByteBuf whole = Unpooled.buffer(bytes);
    for (ByteString piece : pieces) {
      if (piece != null) {
        piece.write(whole);
      }
    }
    return whole;
  }
}
