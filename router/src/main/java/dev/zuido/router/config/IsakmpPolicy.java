package dev.zuido.router.config;

/**
 * One proposal for phase 1 ({@code crypto isakmp policy}).
 *
 * @param number its place: 1 is offered first, 10000 last
 * @param encryption the cipher
 * @param hash the hash and PRF
 * @param authentication the method of authentication
 * @param group the Diffie-Hellman group, one of {@link DhGroups#NUMBERS}
 * @param lifetimeSeconds the lifetime of the ISAKMP SA, 60 to 86400 s
 */
public record IsakmpPolicy(
    int number,
    IkeEncryption encryption,
    IkeHash hash,
    IkeAuthentication authentication,
    int group,
    int lifetimeSeconds) {
  /** The lifetime where none is given. */
  public static final int DEFAULT_LIFETIME_SECONDS = 86_400;

  /** Checks the numbers. */
  public IsakmpPolicy {
    Checks.range("a policy number", number, 1, 10_000);
    Checks.range("a phase 1 lifetime", lifetimeSeconds, 60, 86_400);
    if (!DhGroups.NUMBERS.contains(group)) {
      throw new IllegalArgumentException("group " + group + " is not known");
    }
  }

  /** The section of a configuration text, {@code crypto isakmp policy 1}. */
  public String section() {
    return "crypto isakmp policy " + number;
  }

  /** Where a policy is gathered; it starts with the values of IOS for what is not given. */
  public static final class Builder {
    private final int number;
    private IkeEncryption encryption = IkeEncryption.DES;
    private IkeHash hash = IkeHash.SHA1;
    private IkeAuthentication authentication = IkeAuthentication.RSA_SIGNATURES;
    private int group = 1;
    private int lifetimeSeconds = DEFAULT_LIFETIME_SECONDS;

    /** A policy of DES, SHA-1, RSA signatures and group 1. */
    public Builder(int number) {
      this.number = number;
    }

    /** Sets {@link IsakmpPolicy#encryption()}. */
    public Builder encryption(IkeEncryption value) {
      encryption = value;
      return this;
    }

    /** Sets {@link IsakmpPolicy#hash()}. */
    public Builder hash(IkeHash value) {
      hash = value;
      return this;
    }

    /** Sets {@link IsakmpPolicy#authentication()}. */
    public Builder authentication(IkeAuthentication value) {
      authentication = value;
      return this;
    }

    /** Sets {@link IsakmpPolicy#group()}. */
    public Builder group(int value) {
      group = value;
      return this;
    }

    /** Sets {@link IsakmpPolicy#lifetimeSeconds()}. */
    public Builder lifetimeSeconds(int value) {
      lifetimeSeconds = value;
      return this;
    }

    /** The immutable policy. */
    public IsakmpPolicy build() {
      return new IsakmpPolicy(number, encryption, hash, authentication, group, lifetimeSeconds);
    }
  }
}
