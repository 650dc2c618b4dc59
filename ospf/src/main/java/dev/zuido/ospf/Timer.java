package dev.zuido.ospf;

/** A deadline in a {@link DeadlineHeap} and what is done when it passes. */
final class Timer {
  static final int NOT_SCHEDULED = -1;

  private final Task task;
  long deadline;
  long order;
  int heapIndex = NOT_SCHEDULED;

  /** What is done. */
  @FunctionalInterface
  interface Task {
    void run(long now);
  }

  Timer(Task task) {
    this.task = task;
  }

  boolean isScheduled() {
    return heapIndex != NOT_SCHEDULED;
  }

  void fire(long now) {
    task.run(now);
  }
}
