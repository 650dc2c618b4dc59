package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;

/** The certificates and keys that {@code certificates/make.sh} among the resources has made. */
final class TestCertificates {
  static final InstantSource CLOCK = () -> Instant.parse("2030-06-01T00:00:00Z");
  static final IkeProposal SIGNED =
      new IkeProposal(
          IkeCipher.AES_128_CBC,
          IkeHash.SHA1,
          AuthenticationMethod.RSA_SIGNATURES,
          DhGroup.MODP_1024,
          86_400);

  private TestCertificates() {}

  static X509Certificate certificate(String name) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(resource(name)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name, e);
    }
  }

  static X509CRL revocations(String name) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(resource(name)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name, e);
    }
  }

  static PrivateKey privateKey(String name) {
    String base64 =
        new String(resource(name + "-key"), StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----", "")
            .replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static byte[] resource(String name) {
    String path = "certificates/" + name + ".pem";
    try (InputStream in = TestCertificates.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new NoSuchElementException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CertificateTrust trust() {
    return CertificateTrust.of(List.of(certificate("root")), CLOCK);
  }

  /** Site A's key, whose certificate is an intermediate authority's. */
  static Credential.RsaKey siteA() {
    return new Credential.RsaKey(
        privateKey("a"), List.of(certificate("a"), certificate("middle")), trust());
  }

  static Credential.RsaKey siteB() {
    return siteB("b", "b");
  }

  static Credential.RsaKey siteB(String certificate, String key) {
    return new Credential.RsaKey(privateKey(key), List.of(certificate(certificate)), trust());
  }

  /** A peer that proves itself, and is proved to, by signatures. */
  static PeerConfig signed(PeerConfig peer, Credential.RsaKey key) {
    return peer.with(peer.localIdentity(), peer.remoteIdentity(), List.of(key), List.of(SIGNED));
  }

  /** The same with both sides' identities. */
  static PeerConfig signed(PeerConfig peer, boolean atA) {
    return signed(peer, atA ? siteA() : siteB());
  }
}
