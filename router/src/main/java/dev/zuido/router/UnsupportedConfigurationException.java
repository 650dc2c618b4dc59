package dev.zuido.router;

/**
 * A configuration that is right in itself, but asks for something that this router cannot do.
 *
 * <p>The message names the section and what about it cannot be done.
 */
public final class UnsupportedConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param section the section of the configuration, such as {@code crypto map M 1}
   * @param reason what cannot be done, in words
   */
  public UnsupportedConfigurationException(String section, String reason) {
    super(section + ": " + reason);
  }
}
