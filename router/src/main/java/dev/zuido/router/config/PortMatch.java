package dev.zuido.router.config;

/**
 * Ports of TCP or UDP.
 *
 * @param operator how they compare
 * @param first the port, or the first of the range
 * @param last the last port of {@link Operator#RANGE}, otherwise equal to the first
 */
public record PortMatch(Operator operator, int first, int last) {
  /** Every port, and packets without ports too. */
  public static final PortMatch ANY = new PortMatch(Operator.ANY, 0, 0);

  /** How a port compares. */
  public enum Operator {
    /** Not compared. */
    ANY,
    /** Equal. */
    EQ,
    /** Not equal. */
    NEQ,
    /** Less. */
    LT,
    /** Greater. */
    GT,
    /** From the first to the last, both included. */
    RANGE
  }

  /** Checks the ports. */
  public PortMatch {
    Checks.range("a port", first, 0, 65535);
    Checks.range("a port", last, first, 65535);
    if (operator != Operator.RANGE && first != last) {
      throw new IllegalArgumentException("only a range has two ports");
    }
  }

  /** One port compared by an operator. */
  public static PortMatch of(Operator operator, int port) {
    return new PortMatch(operator, port, port);
  }

  /** Whether a port matches. */
  public boolean matches(int port) {
    return switch (operator) {
      case ANY -> true;
      case EQ -> port == first;
      case NEQ -> port != first;
      case LT -> port < first;
      case GT -> port > first;
      case RANGE -> port >= first && port <= last;
    };
  }

  /** As an access list has it, in numbers: {@code eq 500}; empty for any. */
  @Override
  public String toString() {
    return switch (operator) {
      case ANY -> "";
      case EQ -> "eq " + first;
      case NEQ -> "neq " + first;
      case LT -> "lt " + first;
      case GT -> "gt " + first;
      case RANGE -> "range " + first + " " + last;
    };
  }
}
