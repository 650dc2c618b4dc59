package dev.zuido.tun;

/** The operating system refused something: what it was, why, and what can be done about it. */
public final class OperatingSystemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String operation;
  private final int number;
  private final Errno error;
  private final String advice;

  /**
   * Describes a refused operation with the advice that fits the error wherever it comes from.
   *
   * @param operation what was tried, for example {@code open /dev/net/tun}
   * @param number the error number
   */
  public OperatingSystemException(String operation, int number) {
    this(operation, number, adviceFor(Errno.of(number)));
  }

  /**
   * Describes a refused operation.
   *
   * @param operation what was tried, for example {@code open /dev/net/tun}
   * @param number the error number
   * @param advice what the user can do; may be empty
   */
  public OperatingSystemException(String operation, int number, String advice) {
    super(message(operation, number, advice));
    this.operation = operation;
    this.number = number;
    this.error = Errno.of(number);
    this.advice = advice;
  }

  private static String message(String operation, int number, String advice) {
    Errno error = Errno.of(number);
    String name = error == Errno.OTHER ? "errno " + number : error.name();
    String cause = operation + ": " + name + " (" + error.text() + ")";
    return advice.isEmpty() ? cause : cause + ". " + advice;
  }

  private static String adviceFor(Errno error) {
    return switch (error) {
      case EPERM ->
          "The process lacks a capability: run as root, or give it CAP_NET_ADMIN and CAP_NET_RAW.";
      case EACCES -> "The process lacks a permission: run as root.";
      case ENODEV -> "There is no interface of this name or number in this network namespace.";
      case EMFILE, ENFILE -> "Raise the limit of open files (ulimit -n).";
      case ENOMEM, ENOBUFS -> "The kernel has no memory for it: free some, or ask for less.";
      case ENOSYS, ENOPROTOOPT, EOPNOTSUPP, EPROTONOSUPPORT, EAFNOSUPPORT ->
          "This kernel lacks the feature: a newer one, or one built with it, is needed.";
      default -> "";
    };
  }

  /** What was tried, for example {@code open /dev/net/tun}. */
  public String operation() {
    return operation;
  }

  /** The error number of the operating system. */
  public int number() {
    return number;
  }

  /** The error, {@link Errno#OTHER} if the number has no name here. */
  public Errno error() {
    return error;
  }

  /** What the user can do about it, in a sentence; empty where nothing is known. */
  public String advice() {
    return advice;
  }
}
