package dev.zuido.ike;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/**
 * Whose certificates are believed, and when.
 *
 * <p>A peer's certificate is good if the JDK's PKIX validation (RFC 5280) finds a path from it to a
 * trust anchor at the clock's time, if its key usage lets it sign, and if it names the peer: an
 * address, host name or user name in its subject alternative names, or a distinguished name that is
 * its subject. Common names do not count, and neither do wildcards. Extended key usage is not
 * looked at. The network is never asked: neither for certificates nor for their revocation, unless
 * the process has told the JDK so by its own properties ({@code com.sun.security.enableCRLDP},
 * {@code ocsp.enable}).
 *
 * @param anchors the authorities that are believed, 1 to {@link #MAX_ANCHORS}; their own validity
 *     is not checked
 * @param known certificates that peers may leave out: their own, or authorities between them and an
 *     anchor; at most {@link #MAX_ANCHORS}
 * @param revocationLists with any, every certificate of a path (but the anchor) needs a list of its
 *     issuer that is in force and does not name it; without any, nothing is checked
 * @param clock gives the date at which certificates have to be valid: the engine has no wall clock
 */
public record CertificateTrust(
    List<X509Certificate> anchors,
    List<X509Certificate> known,
    List<X509CRL> revocationLists,
    InstantSource clock) {
  /** The most anchors. */
  public static final int MAX_ANCHORS = 64;

  /** The most certificates that one message of a peer may carry. */
  public static final int MAX_CERTIFICATES = 8;

  /** Copies the lists and checks that there is an anchor. */
  public CertificateTrust {
    anchors = List.copyOf(anchors);
    known = List.copyOf(known);
    revocationLists = List.copyOf(revocationLists);
    if (anchors.isEmpty() || anchors.size() > MAX_ANCHORS || known.size() > MAX_ANCHORS) {
      throw new IllegalArgumentException("1 to 64 trust anchors, and at most 64 certificates more");
    }
  }

  /** Authorities, without revocation lists. */
  public static CertificateTrust of(List<X509Certificate> anchors, InstantSource clock) {
    return new CertificateTrust(anchors, List.of(), List.of(), clock);
  }

  /** The same with certificates that peers may leave out. */
  public CertificateTrust withKnown(List<X509Certificate> certificates) {
    return new CertificateTrust(anchors, certificates, revocationLists, clock);
  }

  /** The same with revocation lists. */
  public CertificateTrust withRevocationLists(List<X509CRL> lists) {
    return new CertificateTrust(anchors, known, lists, clock);
  }
}
