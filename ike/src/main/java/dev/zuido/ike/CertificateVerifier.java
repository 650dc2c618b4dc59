package dev.zuido.ike;

import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.CertificateEncoding;
import dev.zuido.ike.message.Identity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the peer's certificate and judges it. Slow: it runs in a {@link ComputeTask}. */
final class CertificateVerifier {
  private static final int MAX_INTERMEDIATES = 5;
  private static final int MAX_TEXT = 128;
  private static final int MAX_CAUSES = 8;
  private static final String NO_PATH = "no path leads from it to a trust anchor";

  private CertificateVerifier() {}

  /** What is wrong with the peer's certificates, as a clause for a person. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * The X.509 certificates of CERT payloads, in their order. Revocation lists are ignored: ours are
   * those of the configuration.
   *
   * @throws Refused if there are more than {@link CertificateTrust#MAX_CERTIFICATES}, or one is in
   *     another encoding or malformed
   */
  static List<X509Certificate> parse(List<Certificate> payloads) throws Refused {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate payload : payloads) {
      switch (payload.encoding()) {
        case CertificateEncoding.X509_SIGNATURE -> certificates.add(parse(payload));
        case CertificateEncoding.CRL, CertificateEncoding.ARL -> {}
        default ->
            throw new Refused(
                "the peer sends a certificate as "
                    + CertificateEncoding.nameOf(payload.encoding())
                    + ", taken is "
                    + CertificateEncoding.nameOf(CertificateEncoding.X509_SIGNATURE));
      }
      if (certificates.size() > CertificateTrust.MAX_CERTIFICATES) {
        throw new Refused("the peer sends more than 8 certificates");
      }
    }
    return certificates;
  }

  private static X509Certificate parse(Certificate payload) throws Refused {
    byte[] der = payload.data().toArray();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      // The factory would also take PEM, and bytes behind the certificate.
      if (der.length > 0
          && der[0] == 0x30
          && factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate c
          && Arrays.equals(c.getEncoded(), der)) {
        return c;
      }
    } catch (CertificateException | RuntimeException e) {
      // The bytes are a stranger's: whatever a parser of the JDK makes of them, they are malformed.
    }
    throw new Refused("a certificate of the peer is malformed");
  }

  /**
   * The certificate that the peer speaks with: the first that it sends (RFC 4945 section 3.3.7), or
   * without any the known one that names its identity.
   */
  static X509Certificate endEntity(
      List<X509Certificate> sent, CertificateTrust trust, Identity identity) throws Refused {
    if (!sent.isEmpty()) {
      return sent.get(0);
    }
    for (X509Certificate known : trust.known()) {
      if (CertificateIdentity.names(known, identity)) {
        return known;
      }
    }
    throw new Refused("the peer sends no certificate, and none that names it is known here");
  }

  /**
   * Judges a certificate whose key has made the signature.
   *
   * @throws Refused if no path leads to an anchor at that date, or it may not sign, or does not
   *     name the peer
   */
  static void judge(
      X509Certificate certificate,
      List<X509Certificate> sent,
      CertificateTrust trust,
      Identity identity,
      Date date)
      throws Refused {
    if (!CertificateIdentity.names(certificate, identity)) {
      throw new Refused(
          "the certificate of "
              + subject(certificate)
              + " does not name "
              + SelectorPayloads.describe(identity)
              + (CertificateIdentity.canBeNamed(identity)
                  ? ""
                  : ": no certificate can name an identity of this type"));
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[0] && !usage[1]) {
      throw new Refused("the certificate of " + subject(certificate) + " is not for signatures");
    }
    @Nullable String error = pathError(certificate, sent, trust, date);
    if (error != null) {
      throw new Refused("the certificate of " + subject(certificate) + " is not good: " + error);
    }
  }

  private static @Nullable String pathError(
      X509Certificate certificate, List<X509Certificate> sent, CertificateTrust trust, Date date) {
    try {
      certificate.checkValidity(date);
    } catch (CertificateException e) {
      return "it is valid from "
          + certificate.getNotBefore().toInstant()
          + " to "
          + certificate.getNotAfter().toInstant()
          + ", and now is "
          + date.toInstant();
    }
    Collection<Object> store = new ArrayList<>(sent);
    store.addAll(trust.known());
    store.addAll(trust.revocationLists());
    store.add(certificate);
    @Nullable String error = null;
    // One by one, so that the error told does not hang on the order of a set in the JDK.
    for (X509Certificate anchor : trust.anchors()) {
      String another = pathError(certificate, anchor, store, trust, date);
      if (another == null) {
        return null;
      }
      error = error == null || error.equals(NO_PATH) ? another : error;
    }
    boolean listed = NO_PATH.equals(error) && !trust.revocationLists().isEmpty();
    return listed ? NO_PATH + " with a revocation list in force at each step" : error;
  }

  private static @Nullable String pathError(
      X509Certificate certificate,
      X509Certificate anchor,
      Collection<Object> store,
      CertificateTrust trust,
      Date date) {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(certificate);
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), target);
      parameters.setDate(date);
      parameters.setMaxPathLength(MAX_INTERMEDIATES);
      parameters.setRevocationEnabled(!trust.revocationLists().isEmpty());
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return null;
    } catch (CertPathBuilderException e) {
      return causeOf(e);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A stranger's certificate has led the JDK to something that it did not foresee.
      return "its path cannot be checked";
    }
  }

  /** The JDK's own words change with its version and the machine's time zone. */
  private static String causeOf(CertPathBuilderException error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof CertPathValidatorException invalid) {
        Object reason = invalid.getReason();
        if (reason == BasicReason.REVOKED) {
          return "it is revoked, or an authority above it is";
        }
        if (reason == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
          return "no revocation list in force covers it and the authorities above it";
        }
        if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
          return "an authority above it is not valid at this time";
        }
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
          return "it or an authority above it has an algorithm or a key that the JDK forbids";
        }
      }
      cause = cause.getCause();
    }
    return NO_PATH;
  }

  /** The subject, of which nothing is proved yet. */
  static String subject(X509Certificate certificate) {
    return printable(certificate.getSubjectX500Principal().getName());
  }

  private static String printable(String text) {
    String visible = text.replaceAll("[^ -~]", "?");
    return visible.length() > MAX_TEXT ? visible.substring(0, MAX_TEXT) + "..." : visible;
  }
}
