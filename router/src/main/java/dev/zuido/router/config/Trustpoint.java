package dev.zuido.router.config;

import org.jspecify.annotations.Nullable;

/**
 * A certificate of ours with its key, and whom we believe ({@code crypto pki trustpoint}). On IOS
 * they stand in the configuration or in the router's memory; here they are files in PEM, which the
 * lines {@code certificate file}, {@code key file} and {@code ca file} name.
 *
 * @param name its name
 * @param certificateFile our certificate, with the intermediate ones behind it
 * @param keyFile our private key, RSA in PKCS #8 or PKCS #1, not encrypted
 * @param caFile the certificates of those who vouch for peers
 */
public record Trustpoint(
    String name,
    @Nullable String certificateFile,
    @Nullable String keyFile,
    @Nullable String caFile) {
  /** Checks the name. */
  public Trustpoint {
    Checks.name("a trustpoint's name", name);
  }

  /** The section of a configuration text, {@code crypto pki trustpoint CA}. */
  public String section() {
    return "crypto pki trustpoint " + name;
  }

  /** Whether all three files are given. */
  public boolean isComplete() {
    return certificateFile != null && keyFile != null && caFile != null;
  }

  /** Where a trustpoint is gathered. */
  public static final class Builder {
    private Trustpoint value;

    /** A trustpoint without files. */
    public Builder(String name) {
      value = new Trustpoint(name, null, null, null);
    }

    /** Sets {@link Trustpoint#certificateFile()}. */
    public Builder certificateFile(@Nullable String path) {
      value = new Trustpoint(value.name, path, value.keyFile, value.caFile);
      return this;
    }

    /** Sets {@link Trustpoint#keyFile()}. */
    public Builder keyFile(@Nullable String path) {
      value = new Trustpoint(value.name, value.certificateFile, path, value.caFile);
      return this;
    }

    /** Sets {@link Trustpoint#caFile()}. */
    public Builder caFile(@Nullable String path) {
      value = new Trustpoint(value.name, value.certificateFile, value.keyFile, path);
      return this;
    }

    /** The immutable trustpoint. */
    public Trustpoint build() {
      return value;
    }
  }
}
