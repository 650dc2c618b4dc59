package dev.zuido.ike;

/** What a {@link ComputeTask} has found. It holds secrets and shows none. */
public final class ComputeResult {
  private final long taskId;
  private final ComputeTask.Product product;

  ComputeResult(long taskId, ComputeTask.Product product) {
    this.taskId = taskId;
    this.product = product;
  }

  long taskId() {
    return taskId;
  }

  ComputeTask.Product product() {
    return product;
  }

  @Override
  public String toString() {
    return "ComputeResult[" + taskId + ", masked]";
  }
}
