package dev.zuido.ike;

/**
 * Slow work (Diffie-Hellman) that the engine hands out, so that no other peer waits for it. {@link
 * #run} may be called on any thread, once; it draws no randomness, so where and when it runs does
 * not change the outcome. Its result goes back with {@link IkeEngine#handle(ComputeResult, long)}.
 */
public final class ComputeTask {
  private final long id;
  private final String description;
  private final Work work;

  ComputeTask(long id, String description, Work work) {
    this.id = id;
    this.description = description;
    this.work = work;
  }

  /** Names the task among those of its engine. */
  public long id() {
    return id;
  }

  /** What is computed, for a person: {@code "shared secret of MODP 1024"}. */
  public String description() {
    return description;
  }

  /** Does the work. */
  public ComputeResult run() {
    return new ComputeResult(id, work.compute());
  }

  @Override
  public String toString() {
    return "ComputeTask[" + id + ", " + description + "]";
  }

  /** The work itself. */
  @FunctionalInterface
  interface Work {
    Product compute();
  }

  /** What comes out of the work. */
  interface Product {
    /** Wipes what nobody waits for any more. */
    void wipe();
  }
}
