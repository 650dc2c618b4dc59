package dev.zuido.router;

import dev.zuido.ike.ComputeResult;
import dev.zuido.ike.ComputeTask;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Who does the slow work of the key exchange (Diffie-Hellman). */
public interface Computations {
  /**
   * Begins a task, here or on another thread. Where it is another one, {@link Router#process} has
   * to be called after its end.
   */
  void begin(ComputeTask task);

  /**
   * A result that was not taken yet, or null; on the thread that runs the router. Each task has
   * one, and they come in the order in which the tasks were begun.
   */
  @Nullable ComputeResult poll();

  /** Computes at once, while everything else waits: for a simulation, which has to stay in step. */
  static Computations onTheSpot() {
    Queue<ComputeResult> done = new ArrayDeque<>();
    return new Computations() {
      @Override
      public void begin(ComputeTask task) {
        done.add(task.run());
      }

      @Override
      public @Nullable ComputeResult poll() {
        return done.poll();
      }
    };
  }
}
