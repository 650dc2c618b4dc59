package dev.zuido.router;

import dev.zuido.ike.CertificateTrust;
import dev.zuido.ike.Credential;
import dev.zuido.router.config.ConfigProblem;
import dev.zuido.router.config.Trustpoint;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials of a configuration's trustpoints, each read once. */
final class Trustpoints {
  private static final String CERTIFICATE_FILE = "certificate file";
  private static final String KEY_FILE = "key file";
  private static final String CA_FILE = "ca file";

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
    try {
      return credentialOf(new Contents(certificates(point), key(point), authorities(point)), files);
    } catch (Unusable e) {
      throw new UnsupportedConfigurationException(point.section(), String.valueOf(e.getMessage()));
    }
  }

  /** What the files of a trustpoint hold. */
  private record Contents(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {}

  private static Credential.RsaKey credentialOf(Contents contents, CertificateFiles files)
      throws Unusable {
    try {
      return new Credential.RsaKey(
          contents.key,
          withoutRoot(contents.chain),
          CertificateTrust.of(contents.authorities, files.clock()));
    } catch (IllegalArgumentException e) {
      throw new Unusable(KEY_FILE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is wrong with the files of a trustpoint that has all three, at the lines that name them:
   * one that cannot be read or used is an error, a certificate that is not valid at the moment a
   * warning.
   *
   * @param severity how bad the errors are
   */
  List<ConfigProblem> problems(Trustpoint point, ConfigProblem.Severity severity) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<X509Certificate> chain = tried(() -> certificates(point), point, severity, problems);
    PrivateKey key = tried(() -> key(point), point, severity, problems);
    List<X509Certificate> authorities = tried(() -> authorities(point), point, severity, problems);
    if (chain != null && key != null && authorities != null) {
      Contents contents = new Contents(chain, key, authorities);
      tried(() -> credentialOf(contents, files), point, severity, problems);
    }
    expired(point, CERTIFICATE_FILE, chain, problems);
    expired(point, CA_FILE, authorities, problems);
    return problems;
  }

  /** Something that a trustpoint's files have to give. */
  private interface Attempt<T> {
    T get() throws Unusable;
  }

  private static <T> @Nullable T tried(
      Attempt<T> attempt,
      Trustpoint point,
      ConfigProblem.Severity severity,
      List<ConfigProblem> problems) {
    try {
      return attempt.get();
    } catch (Unusable e) {
      problems.add(
          new ConfigProblem(severity, point.section(), e.line, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void expired(
      Trustpoint point,
      String line,
      @Nullable List<X509Certificate> certificates,
      List<ConfigProblem> problems) {
    Instant now = files.clock().instant();
    for (X509Certificate each : certificates == null ? List.<X509Certificate>of() : certificates) {
      if (now.isBefore(each.getNotBefore().toInstant())
          || now.isAfter(each.getNotAfter().toInstant())) {
        problems.add(
            new ConfigProblem(
                ConfigProblem.Severity.WARNING,
                point.section(),
                line,
                "the certificate of "
                    + each.getSubjectX500Principal()
                    + " is valid from "
                    + each.getNotBefore().toInstant()
                    + " to "
                    + each.getNotAfter().toInstant()
                    + ", and now it is "
                    + now.truncatedTo(ChronoUnit.SECONDS)));
      }
    }
  }

  private List<X509Certificate> certificates(Trustpoint point) throws Unusable {
    return part(CERTIFICATE_FILE, point.certificateFile(), PemFile::certificates);
  }

  private PrivateKey key(Trustpoint point) throws Unusable {
    return part(KEY_FILE, point.keyFile(), PemFile::rsaKey);
  }

  private List<X509Certificate> authorities(Trustpoint point) throws Unusable {
    return part(CA_FILE, point.caFile(), PemFile::certificates);
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

  /** Why a trustpoint cannot be used, and the line to blame. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    Unusable(String line, String reason) {
      super(reason, null, false, false);
      this.line = line;
    }
  }

  private <T> T part(String line, @Nullable String path, Part<T> made) throws Unusable {
    if (path == null) {
      throw new Unusable(line, "it has no '" + line + "'");
    }
    byte[] bytes = {};
    try {
      bytes = files.read(path);
      return made.of(bytes);
    } catch (IOException | PemFile.Malformed e) {
      throw new Unusable(line, line + " " + path + ": " + e.getMessage());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
