package dev.zuido.router;

import dev.zuido.ike.CertificateTrust;
import dev.zuido.ike.Credential;
import dev.zuido.router.config.Trustpoint;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials of a configuration's trustpoints, each read once. */
final class Trustpoints {
  private final CertificateFiles files;
  private final Map<String, Credential.RsaKey> read = new HashMap<>();

  Trustpoints(CertificateFiles files) {
    this.files = files;
  }

  /**
   * The key, certificates and authorities of a trustpoint.
   *
   * @throws UnsupportedConfigurationException if a file cannot be read or they do not fit together
   */
  Credential.RsaKey credential(Trustpoint point) {
    Credential.RsaKey held = read.get(point.name());
    if (held == null) {
      held = load(point);
      read.put(point.name(), held);
    }
    return held;
  }

  private Credential.RsaKey load(Trustpoint point) {
    List<X509Certificate> chain =
        part(point, "certificate file", point.certificateFile(), PemFile::certificates);
    PrivateKey key = part(point, "key file", point.keyFile(), PemFile::rsaKey);
    List<X509Certificate> authorities =
        part(point, "ca file", point.caFile(), PemFile::certificates);
    try {
      return new Credential.RsaKey(
          key, withoutRoot(chain), CertificateTrust.of(authorities, files.clock()));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigurationException(point.section(), String.valueOf(e.getMessage()));
    }
  }

  /** A peer has the root, or does not believe it. */
  private static List<X509Certificate> withoutRoot(List<X509Certificate> chain) {
    List<X509Certificate> sent = new ArrayList<>(chain.subList(0, Math.min(1, chain.size())));
    chain.stream()
        .skip(1)
        .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
        .forEach(sent::add);
    return sent;
  }

  /** What is made of a file. */
  private interface Part<T> {
    T of(byte[] file) throws PemFile.Malformed;
  }

  private <T> T part(Trustpoint point, String line, @Nullable String path, Part<T> made) {
    if (path == null) {
      throw new UnsupportedConfigurationException(point.section(), "it has no '" + line + "'");
    }
    byte[] bytes = {};
    try {
      bytes = files.read(path);
      return made.of(bytes);
    } catch (IOException | PemFile.Malformed e) {
      throw new UnsupportedConfigurationException(
          point.section(), line + " " + path + ": " + e.getMessage());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
