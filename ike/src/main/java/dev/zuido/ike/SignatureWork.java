package dev.zuido.ike;

import dev.zuido.ike.CertificateVerifier.Refused;
import dev.zuido.ike.crypto.RsaSignature;
import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.Signature;
import dev.zuido.wire.ByteString;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** RSA signatures as tasks for the driver. */
final class SignatureWork {
  private SignatureWork() {}

  /**
   * Our signature.
   *
   * @param signature the payload, or empty if the key's provider has failed
   */
  record Signed(Optional<Signature> signature) implements ComputeTask.Product {
    @Override
    public void wipe() {}
  }

  /**
   * What came of a peer's signature and certificates.
   *
   * @param reason what to count it as if it is bad
   * @param error what is wrong, or null if the peer has proved itself
   */
  record Verdict(DropReason reason, @Nullable String error) implements ComputeTask.Product {
    @Override
    public void wipe() {}
  }

  /**
   * What a peer has sent to prove itself.
   *
   * @param identity who it says it is
   * @param certificates its CERT payloads
   * @param signature its SIG payload's data
   * @param hash the HASH_I or HASH_R that it has to have signed
   */
  record Claim(
      Identity identity, List<Certificate> certificates, ByteString signature, ByteString hash) {}

  /** Signs a hash. */
  static long sign(
      EngineContext context,
      Credential.RsaKey key,
      ByteString hash,
      ObjLongConsumer<Signed> waiter) {
    return context.compute("RSA signature", Signed.class, () -> sign(key, hash), waiter);
  }

  private static Signed sign(Credential.RsaKey key, ByteString hash) {
    try {
      byte[] signature = RsaSignature.sign(key.privateKey(), hash.toArray());
      return new Signed(Optional.of(new Signature(ByteString.of(signature))));
    } catch (GeneralSecurityException | RuntimeException e) {
      // A key in a device may fail in ways of its provider's own.
      return new Signed(Optional.empty());
    }
  }

  /** Verifies a peer's signature, then its certificate at the date of now. */
  static long verify(
      EngineContext context, CertificateTrust trust, Claim claim, ObjLongConsumer<Verdict> waiter) {
    Date date = Date.from(trust.clock().instant());
    return context.compute(
        "RSA signature and certificates of a peer",
        Verdict.class,
        () -> verify(trust, claim, date),
        waiter);
  }

  static Verdict verify(CertificateTrust trust, Claim claim, Date date) {
    try {
      List<X509Certificate> sent = CertificateVerifier.parse(claim.certificates);
      X509Certificate certificate = CertificateVerifier.endEntity(sent, trust, claim.identity);
      if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
          || !RsaSignature.isUsable(key)) {
        return new Verdict(
            DropReason.BAD_CERTIFICATE, "the peer's certificate is not for a usable RSA key");
      }
      // First the signature: building paths is for those who have at least the key.
      if (!RsaSignature.verify(key, claim.hash.toArray(), claim.signature.toArray())) {
        return new Verdict(
            DropReason.BAD_SIGNATURE,
            "the signature is not by the key of "
                + CertificateVerifier.subject(certificate)
                + " over what was said");
      }
      CertificateVerifier.judge(certificate, sent, trust, claim.identity, date);
      return new Verdict(DropReason.BAD_CERTIFICATE, null);
    } catch (Refused e) {
      return new Verdict(DropReason.BAD_CERTIFICATE, e.text());
    } catch (RuntimeException e) {
      // The JDK reads some parts of a certificate only when asked for them.
      return new Verdict(DropReason.BAD_CERTIFICATE, "a certificate of the peer is malformed");
    }
  }
}
