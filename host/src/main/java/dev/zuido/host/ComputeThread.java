package dev.zuido.host;

import dev.zuido.ike.ComputeResult;
import dev.zuido.ike.ComputeTask;
import dev.zuido.router.Computations;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the slow work of the key exchange beside the router's thread, so that packets do not wait
 * for it, and wakes that thread up after each task.
 *
 * <p>One thread suffices: what comes meanwhile waits, and the engine bounds how much that is.
 */
final class ComputeThread implements Computations, AutoCloseable {
  private final Runnable wakeUp;
  private final Queue<ComputeResult> done = new ConcurrentLinkedQueue<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread made = new Thread(task, "zuido-key-exchange");
            made.setDaemon(true);
            return made;
          },
          // Of what comes when the router ends nobody waits for the result.
          new ThreadPoolExecutor.DiscardPolicy());

  /** Makes the thread; {@code wakeUp} is called on it. */
  ComputeThread(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void begin(ComputeTask task) {
    thread.execute(
        () -> {
          done.add(task.run());
          wakeUp.run();
        });
  }

  @Override
  public @Nullable ComputeResult poll() {
    return done.poll();
  }

  /** Begins nothing more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
