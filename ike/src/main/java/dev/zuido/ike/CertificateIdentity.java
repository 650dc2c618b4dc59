package dev.zuido.ike;

import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Whether a certificate names an identity (RFC 4945 section 3.1). */
final class CertificateIdentity {
  private static final int RFC822_NAME = 1;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateIdentity() {}

  /**
   * Whether a certificate names an identity: an address, host name or user name as one of its
   * subject alternative names, a distinguished name as its subject. No other identity is ever named
   * by a certificate.
   */
  static boolean names(X509Certificate certificate, Identity identity) {
    if (identity instanceof Identity.Ipv4 v4) {
      return hasName(certificate, IP_ADDRESS, name -> isAddress(name, v4.address()));
    }
    if (identity instanceof Identity.Ipv6 v6) {
      return hasName(certificate, IP_ADDRESS, name -> isAddress(name, v6.address()));
    }
    if (identity instanceof Identity.Fqdn fqdn) {
      return hasName(certificate, DNS_NAME, fqdn.name()::equalsIgnoreCase);
    }
    if (identity instanceof Identity.UserFqdn user) {
      return hasName(certificate, RFC822_NAME, name -> isSameMailbox(name, user.name()));
    }
    return identity instanceof Identity.DistinguishedName dn && isSubject(certificate, dn);
  }

  /** Whether certificates can name an identity of this kind at all. */
  static boolean canBeNamed(Identity identity) {
    return identity instanceof Identity.Ipv4
        || identity instanceof Identity.Ipv6
        || identity instanceof Identity.Fqdn
        || identity instanceof Identity.UserFqdn
        || identity instanceof Identity.DistinguishedName;
  }

  private static boolean hasName(X509Certificate certificate, int type, Predicate<String> matches) {
    @Nullable Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return false;
    }
    if (names == null) {
      return false;
    }
    for (List<?> name : names) {
      if (name.get(0).equals(type) && name.get(1) instanceof String text && matches.test(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAddress(String name, IpAddress address) {
    try {
      return IpAddress.parse(name).equals(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The part before the at sign is the mail system's own matter, its case too. */
  private static boolean isSameMailbox(String a, String b) {
    int at = a.lastIndexOf('@');
    return at > 0
        && at == b.lastIndexOf('@')
        && a.substring(0, at).equals(b.substring(0, at))
        && a.substring(at)
            .toLowerCase(Locale.ROOT)
            .equals(b.substring(at).toLowerCase(Locale.ROOT));
  }

  private static boolean isSubject(X509Certificate certificate, Identity.DistinguishedName dn) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return !subject.getName().isEmpty() && subject.equals(nameOf(dn));
  }

  /**
   * The name of a distinguished name. Two of them are equal whatever types of strings they are
   * written in (RFC 5280 section 7.1). Null if it is malformed.
   */
  static @Nullable X500Principal nameOf(Identity.DistinguishedName dn) {
    try {
      X500Principal name = new X500Principal(dn.data().toArray());
      // Bytes behind the name would be hashed, but not compared.
      return name.getEncoded().length == dn.data().length() ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
