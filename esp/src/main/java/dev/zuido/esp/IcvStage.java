package dev.zuido.esp;

/** The integrity half of a transform with separate algorithms: an ICV over one packet at a time. */
interface IcvStage {
  /** Starts over an area. */
  void begin(byte[] bytes, int offset, int length);

  /** Adds a 32-bit word. */
  void update(int word);

  /** Ends, and writes the truncated result. */
  void finish(byte[] bytes, int offset);

  /** Ends, and compares the truncated result in constant time. */
  boolean verify(byte[] bytes, int offset);

  /** Wipes the key as far as the algorithm's objects allow. */
  void close();
}
