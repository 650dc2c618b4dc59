package dev.zuido.wire;

/**
 * What a step of the data path decided about one packet of a {@link PacketBatch}.
 *
 * <p>Each step has an enum of its own that implements this interface; {@link #PASS} is the verdict
 * of a packet that nothing has refused yet. A step leaves packets alone that an earlier step
 * refused.
 */
public interface Verdict {
  /** The packet goes on. */
  Verdict PASS = Basic.PASS;

  /** The verdict's name, as counters and logs show it. */
  String name();

  /** Whether the packet goes on to the next step. */
  boolean passes();

  /** The verdicts that belong to no step. */
  enum Basic implements Verdict {
    /** The packet goes on. */
    PASS(true),
    /** A step took the packet out of the batch and needs it no longer. */
    CONSUMED(false);

    private final boolean passes;

    Basic(boolean passes) {
      this.passes = passes;
    }

    @Override
    public boolean passes() {
      return passes;
    }
  }
}
