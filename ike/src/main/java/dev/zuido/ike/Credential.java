package dev.zuido.ike;

import dev.zuido.ike.crypto.RsaSignature;
import dev.zuido.ike.crypto.Secret;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** What we prove ourselves with in phase 1, and what the peer has to prove itself with. */
public sealed interface Credential {
  /** The method that it belongs to. */
  AuthenticationMethod method();

  /**
   * A secret that both sides know (RFC 2409 section 5.4).
   *
   * <p>In main mode it is chosen by the peer's address, since it is needed before the peer has said
   * who it is; in aggressive mode by the identity of the first message. A key that can be guessed
   * is none: {@link PreSharedKeyStrength} tells.
   *
   * @param key the key; the engine never wipes it, its owner does
   */
  record PreSharedKey(Secret key) implements Credential {
    @Override
    public AuthenticationMethod method() {
      return AuthenticationMethod.PRE_SHARED_KEY;
    }
  }

  /**
   * An RSA key with its certificate, and whose certificates are believed (RFC 2409 section 5.1).
   *
   * @param privateKey our private key; it may be one that never leaves a device, if the JCE can
   *     make a raw PKCS #1 signature with it
   * @param chain our certificate, then those of the authorities above it that the peer may lack, 1
   *     to {@link CertificateTrust#MAX_CERTIFICATES}; the self-signed root is not sent
   * @param trust whose certificates are believed
   */
  record RsaKey(PrivateKey privateKey, List<X509Certificate> chain, CertificateTrust trust)
      implements Credential {
    /** Checks that the first certificate is for this key. */
    public RsaKey {
      chain = List.copyOf(chain);
      if (chain.isEmpty() || chain.size() > CertificateTrust.MAX_CERTIFICATES) {
        throw new IllegalArgumentException("a chain has 1 to 8 certificates, not " + chain.size());
      }
      if (!"RSA".equals(privateKey.getAlgorithm())
          || !(chain.get(0).getPublicKey() instanceof RSAPublicKey publicKey)) {
        throw new IllegalArgumentException("RSA signatures need an RSA key and its certificate");
      }
      if (!RsaSignature.isUsable(publicKey)) {
        throw new IllegalArgumentException(
            "an RSA key of "
                + publicKey.getModulus().bitLength()
                + " bits is not allowed: at least 1024, at most 8192");
      }
      if (!RsaSignature.belongTogether(privateKey, publicKey)) {
        throw new IllegalArgumentException("the first certificate is not that of the private key");
      }
    }

    @Override
    public AuthenticationMethod method() {
      return AuthenticationMethod.RSA_SIGNATURES;
    }

    /** Our own certificate. */
    X509Certificate certificate() {
      return chain.get(0);
    }

    @Override
    public String toString() {
      return "RsaKey[" + certificate().getSubjectX500Principal() + "]";
    }
  }
}
