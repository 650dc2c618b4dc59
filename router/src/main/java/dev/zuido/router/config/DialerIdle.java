package dev.zuido.router.config;

/**
 * {@code dialer idle-timeout}: when a line on demand is ended for lack of interesting traffic.
 *
 * @param seconds how long there may be none, 0 to 2147483; 0 for ever
 * @param direction which packets count, if the dialer list finds them interesting
 */
public record DialerIdle(int seconds, Direction direction) {
  /** Which packets keep a line up. */
  public enum Direction {
    /** Those that we send: IOS's default. */
    OUTBOUND(""),
    /** Those that we receive. */
    INBOUND("inbound"),
    /** Both. */
    EITHER("either");

    private final String iosName;

    Direction(String iosName) {
      this.iosName = iosName;
    }

    /** The keyword, empty for the default. */
    public String iosName() {
      return iosName;
    }

    /** Whether packets that we send count. */
    public boolean countsSent() {
      return this != INBOUND;
    }

    /** Whether packets that we receive count. */
    public boolean countsReceived() {
      return this != OUTBOUND;
    }
  }

  /** The longest time, in seconds. */
  public static final int LAST = 2_147_483;

  /** Two minutes without anything to send. */
  public static final DialerIdle IOS = new DialerIdle(120, Direction.OUTBOUND);

  /** Checks the range. */
  public DialerIdle {
    Checks.range("an idle timeout", seconds, 0, LAST);
  }

  @Override
  public String toString() {
    return (seconds + " " + direction.iosName()).strip();
  }
}
