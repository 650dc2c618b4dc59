package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.CertificateEncoding;
import dev.zuido.ike.message.CertificateRequest;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.Signature;
import dev.zuido.wire.ByteString;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** RSA signatures and certificates in one phase 1 (RFC 2409 section 5.1). */
final class SignatureProofs {
  /** So many authorities are named; a peer that knows none of them sends what it has. */
  private static final int MAX_REQUESTS = 4;

  /** So many messages are looked at that prove nothing. */
  private static final int MAX_REFUSED = 4;

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Set<ByteString> refused = new HashSet<>();
  private boolean asked;
  private boolean told;

  SignatureProofs(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
  }

  /** The CERT REQ payloads: the authorities whose certificates we believe. */
  List<Payload> requests() {
    List<Payload> payloads = new ArrayList<>();
    for (X509Certificate anchor : sa.peer().config().rsaKey().trust().anchors()) {
      if (payloads.size() < MAX_REQUESTS) {
        payloads.add(
            new CertificateRequest(
                CertificateEncoding.X509_SIGNATURE,
                ByteString.of(anchor.getSubjectX500Principal().getEncoded())));
      }
    }
    return payloads;
  }

  /** Takes the CERT REQ payloads of a message. */
  void learnRequests(PayloadChain chain) {
    asked |=
        chain.payloads(CertificateRequest.class).stream()
            .anyMatch(request -> request.encoding() == CertificateEncoding.X509_SIGNATURE);
  }

  /** Whether the peer has asked for certificates. */
  boolean isAsked() {
    return asked;
  }

  /** The CERT payloads: our certificate, then the authorities between it and a root. */
  List<Payload> certificates() {
    List<Payload> payloads = new ArrayList<>();
    for (X509Certificate certificate : sa.peer().config().rsaKey().chain()) {
      boolean root =
          !payloads.isEmpty()
              && certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
      if (!root) {
        payloads.add(
            new Certificate(
                CertificateEncoding.X509_SIGNATURE, ByteString.of(encoded(certificate))));
      }
    }
    return payloads;
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("our certificate has no encoding", e);
    }
  }

  /**
   * Has a hash signed.
   *
   * @param waiter takes the Signature payload
   * @param failed is told why there is none
   */
  long sign(byte[] hash, ObjLongConsumer<Payload> waiter, ObjLongConsumer<String> failed) {
    return SignatureWork.sign(
        context,
        sa.peer().config().rsaKey(),
        ByteString.of(hash),
        (signed, now) ->
            signed
                .signature()
                .ifPresentOrElse(
                    signature -> waiter.accept(signature, now),
                    () -> failed.accept("our private key made no signature", now)));
  }

  /** Whether a message is worth looking at: a copy of what has proved nothing is not. */
  boolean mayVerify(Received message) {
    boolean copy = refused.contains(message.digest());
    if (copy || refused.size() >= MAX_REFUSED) {
      context.outbox.drop(
          copy ? DropReason.DUPLICATE : DropReason.LIMIT,
          message.remote(),
          "no more signatures are verified in this exchange");
      return false;
    }
    return true;
  }

  /**
   * Has the peer's signature and certificates verified.
   *
   * @param config whose certificates are believed
   * @param id what the hash covers, and the certificate has to name
   * @param hash HASH_I or HASH_R
   */
  long verify(
      PeerConfig config,
      Received message,
      Identification id,
      byte[] hash,
      ObjLongConsumer<SignatureWork.Verdict> waiter) {
    SignatureWork.Claim claim =
        new SignatureWork.Claim(
            id.identity(),
            message.chain().payloads(Certificate.class),
            message.chain().payload(Signature.class).orElseThrow().data(),
            ByteString.of(hash));
    return SignatureWork.verify(context, config.rsaKey().trust(), claim, waiter);
  }

  /**
   * A message has proved nothing: it is dropped and the exchange stays as it was, since nobody
   * knows who sent it. A person and the peer are told once.
   */
  void refuse(Received message, SignatureWork.Verdict verdict) {
    refused.add(message.digest());
    String error = String.valueOf(verdict.error());
    context.outbox.drop(verdict.reason(), message.remote(), error);
    if (!told) {
      told = true;
      context.outbox.add(
          new IkeOutput.Notice(
              sa.peerName(),
              "the peer does not prove itself in " + sa.exchangeName() + ": " + error));
      int type =
          verdict.reason() == DropReason.BAD_SIGNATURE
              ? NotifyType.INVALID_SIGNATURE
              : NotifyType.INVALID_CERTIFICATE;
      sa.exchanges()
          .sendInformationalInClear(List.of(PhaseOnePayloads.error(sa, type)), message.path());
    }
  }
}
