package dev.zuido.ike.transcript;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Where the answers to an engine's questions come from: the world, or a transcript. */
interface Tape {
  /** Fills an array. */
  void fill(String what, byte[] bytes, Consumer<byte[]> world);

  /** A number. */
  long number(String what, LongSupplier world);

  /** The engine has told something, to which there is no answer. */
  void told(String what, Runnable world);
}
