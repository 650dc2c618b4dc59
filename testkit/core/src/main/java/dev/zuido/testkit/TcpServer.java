package dev.zuido.testkit;

import java.util.ArrayList;
import java.util.List;

/** A TCP port of a host that takes in whatever is sent: see {@link VirtualHost#serve}. */
public final class TcpServer {
  /** Contents that are kept at most; further ones are only counted. */
  public static final int MAX_KEPT = 256;

  private final int port;
  private final List<ReceivedContent> received = new ArrayList<>();
  private long count;

  TcpServer(int port) {
    this.port = port;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** What was received to its end, the first {@value #MAX_KEPT}. */
  public List<ReceivedContent> received() {
    return List.copyOf(received);
  }

  /** How many contents were received to their end. */
  public long count() {
    return count;
  }

  void add(ReceivedContent content) {
    count++;
    if (received.size() < MAX_KEPT) {
      received.add(content);
    }
  }
}
