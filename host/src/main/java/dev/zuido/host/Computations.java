package dev.zuido.host;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the slow work of the key exchange beside the router's thread, so that packets do not wait
 * for it, and wakes that thread up after each task.
 *
 * <p>One thread suffices: what comes meanwhile waits, and the engine bounds how much that is.
 */
final class Computations implements Executor, AutoCloseable {
  private final Runnable wakeUp;
  private final ExecutorService thread =
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
  Computations(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(
        () -> {
          task.run();
          wakeUp.run();
        });
  }

  /** Begins nothing more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
