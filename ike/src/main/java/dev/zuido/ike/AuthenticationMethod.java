package dev.zuido.ike;

import dev.zuido.ike.message.PhaseOneAttribute.Authentication;
import java.util.Optional;

/**
 * How the peers prove themselves in phase 1: the attribute of RFC 2409 Appendix A.
 *
 * <p>Both sides use the same method. Encryption with RSA (RFC 2409 sections 5.2 and 5.3) is not
 * there and will not be: who answers it differently for good and bad padding decrypts for whoever
 * asks often enough (Bleichenbacher 1998; "The Dangers of Key Reuse", 2018, against four vendors'
 * IKEv1), and whoever can decrypt takes the place of either side.
 */
public enum AuthenticationMethod {
  /** A pre-shared key (RFC 2409 section 5.4). */
  PRE_SHARED_KEY(Authentication.PRE_SHARED_KEY),
  /** RSA signatures with certificates (RFC 2409 section 5.1). */
  RSA_SIGNATURES(Authentication.RSA_SIGNATURES);

  private static final int EL_GAMAL_ENCRYPTION = 6;
  private static final int EL_GAMAL_REVISED_ENCRYPTION = 7;
  private static final int FIRST_HYBRID = Authentication.HYBRID_INIT_RSA;
  private static final int LAST_HYBRID = 64_230;
  private static final int FIRST_XAUTH = Authentication.XAUTH_INIT_PRE_SHARED;
  private static final int LAST_XAUTH = 65_010;

  private final int attributeValue;

  AuthenticationMethod(int attributeValue) {
    this.attributeValue = attributeValue;
  }

  /** The value of the Authentication Method attribute. */
  public int attributeValue() {
    return attributeValue;
  }

  /** The method of an Authentication Method attribute, if there is one here. */
  public static Optional<AuthenticationMethod> ofAttribute(long value) {
    for (AuthenticationMethod method : values()) {
      if (method.attributeValue == value) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /**
   * Why a method that a peer offers is refused whatever is configured, as a clause with its name;
   * empty for the methods that are here.
   *
   * @param value the value of the Authentication Method attribute
   */
  public static Optional<String> refusal(long value) {
    if (ofAttribute(value).isPresent()) {
      return Optional.empty();
    }
    int number = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, value));
    String name = Authentication.nameOf(number);
    boolean hybrid = number >= FIRST_HYBRID && number <= LAST_HYBRID;
    boolean xauth = number >= FIRST_XAUTH && number <= LAST_XAUTH;
    return Optional.of(
        switch (number) {
          case Authentication.RSA_ENCRYPTION, Authentication.RSA_REVISED_ENCRYPTION ->
              name + " is refused for good: it makes a decryption oracle of the peers' keys";
          case EL_GAMAL_ENCRYPTION, EL_GAMAL_REVISED_ENCRYPTION ->
              "encryption with ElGamal (" + number + ") is refused for good";
          case Authentication.DSS_SIGNATURES -> name + " are not offered: use RSA signatures";
          case Authentication.ECDSA_256, Authentication.ECDSA_384, Authentication.ECDSA_521 ->
              name + " is not offered: use RSA signatures";
          default ->
              hybrid
                  ? "hybrid authentication (" + name + ") is not offered"
                  : xauth
                      ? "extended authentication (XAUTH, "
                          + name
                          + ") is not offered: these are gateways, and no user logs in"
                      : "authentication method " + name + " is not known";
        });
  }
}
