package dev.zuido.router;

import java.util.function.Consumer;

/**
 * Writes a router's events to {@link System.Logger}: give it to {@link RouterEnvironment} as the
 * listener. Log messages keep their severity; IKE messages and changes of routes are debugging.
 */
public final class SystemLog implements Consumer<RouterEvent> {
  private static final int WARNING = 4;
  private static final int INFORMATIONAL = 6;

  private final System.Logger logger;

  /** Writes to a logger. */
  public SystemLog(System.Logger logger) {
    this.logger = logger;
  }

  @Override
  public void accept(RouterEvent event) {
    System.Logger.Level level = System.Logger.Level.DEBUG;
    if (event instanceof RouterEvent.Log log) {
      level =
          log.severity() < WARNING
              ? System.Logger.Level.ERROR
              : log.severity() == WARNING
                  ? System.Logger.Level.WARNING
                  : log.severity() <= INFORMATIONAL
                      ? System.Logger.Level.INFO
                      : System.Logger.Level.DEBUG;
    }
    logger.log(level, event::text);
    for (String line : event.detail()) {
      logger.log(level, () -> "  " + line);
    }
  }
}
