package dev.zuido.router.config;

/**
 * What is wrong with a configuration as a whole, though each of its lines reads well.
 *
 * @param severity whether the configuration can be used
 * @param section the beginning of the line that opens the section to blame, {@code interface
 *     Tunnel1}; empty for lines that stand in none
 * @param command the beginning of the line to blame within it, {@code tunnel source}; empty for the
 *     opening line itself
 * @param message what is wrong
 */
public record ConfigProblem(Severity severity, String section, String command, String message) {
  /** Whether a configuration with the problem can be used. */
  public enum Severity {
    /** It cannot. */
    ERROR,
    /** It can, but probably does not do what was meant. */
    WARNING
  }

  static ConfigProblem error(String section, String command, String message) {
    return new ConfigProblem(Severity.ERROR, section, command, message);
  }

  static ConfigProblem warning(String section, String command, String message) {
    return new ConfigProblem(Severity.WARNING, section, command, message);
  }
}
