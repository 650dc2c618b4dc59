package dev.zuido.ike.message;

/** Encodings of certificates (RFC 2408 section 3.9). */
public final class CertificateEncoding {
  /** None. */
  public static final int NONE = 0;

  /** PKCS #7 around an X.509 certificate. */
  public static final int PKCS7 = 1;

  /** PGP. */
  public static final int PGP = 2;

  /** A key signed in DNS. */
  public static final int DNS_SIGNED_KEY = 3;

  /** X.509 for signatures. */
  public static final int X509_SIGNATURE = 4;

  /** X.509 for key exchange. */
  public static final int X509_KEY_EXCHANGE = 5;

  /** Kerberos tokens. */
  public static final int KERBEROS = 6;

  /** Certificate revocation list. */
  public static final int CRL = 7;

  /** Authority revocation list. */
  public static final int ARL = 8;

  /** SPKI. */
  public static final int SPKI = 9;

  /** X.509 attributes. */
  public static final int X509_ATTRIBUTE = 10;

  private CertificateEncoding() {}

  /** The encoding's name as its RFC writes it, or its number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case NONE -> "NONE";
      case PKCS7 -> "PKCS #7 wrapped X.509 certificate";
      case PGP -> "PGP Certificate";
      case DNS_SIGNED_KEY -> "DNS Signed Key";
      case X509_SIGNATURE -> "X.509 Certificate - Signature";
      case X509_KEY_EXCHANGE -> "X.509 Certificate - Key Exchange";
      case KERBEROS -> "Kerberos Tokens";
      case CRL -> "Certificate Revocation List (CRL)";
      case ARL -> "Authority Revocation List (ARL)";
      case SPKI -> "SPKI Certificate";
      case X509_ATTRIBUTE -> "X.509 Certificate - Attribute";
      default -> Integer.toString(value);
    };
  }
}
