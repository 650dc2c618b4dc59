package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** Certificates and the names in them for a person. */
final class CertificateText {
  private CertificateText() {}

  static String of(Certificate certificate) {
    int encoding = certificate.encoding();
    boolean x509 =
        encoding == CertificateEncoding.X509_SIGNATURE
            || encoding == CertificateEncoding.X509_KEY_EXCHANGE;
    return CertificateEncoding.nameOf(encoding)
        + ", "
        + SafeText.count(certificate.data().length(), "byte")
        + (x509 ? ", " + names(certificate.data()) : "");
  }

  static String of(CertificateRequest request) {
    return CertificateEncoding.nameOf(request.encoding())
        + " of "
        + (request.authority().isEmpty()
            ? "any authority"
            : distinguishedName(request.authority()));
  }

  // The JDK's parser is not ours, and what it throws at hostile bytes is not all documented.
  private static String names(ByteString data) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      java.security.cert.Certificate parsed =
          factory.generateCertificate(new ByteArrayInputStream(data.toArray()));
      if (parsed instanceof X509Certificate x509) {
        return "subject "
            + SafeText.plain(x509.getSubjectX500Principal().getName())
            + ", issuer "
            + SafeText.plain(x509.getIssuerX500Principal().getName());
      }
      return "not X.509";
    } catch (CertificateException | RuntimeException e) {
      return "which cannot be read";
    }
  }

  /** An X.500 name in DER by RFC 2253; what is none appears in hexadecimal. */
  static String distinguishedName(ByteString der) {
    try {
      return SafeText.plain(new X500Principal(der.toArray()).getName());
    } catch (IllegalArgumentException e) {
      return "no distinguished name: " + SafeText.hex(der);
    }
  }
}
