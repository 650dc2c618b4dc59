package dev.zuido.testkit.pppoe;

import dev.zuido.wire.ByteString;

/** A frame for a receiver at a moment, whose facts are put in when they are known. */
public interface PppoeCase {
  /** What the receiver waits for. */
  PppoeMoment moment();

  /** The frame, without checksum. */
  ByteString frame(PppoeFacts facts);
}
