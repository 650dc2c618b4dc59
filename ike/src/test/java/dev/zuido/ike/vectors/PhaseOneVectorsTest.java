package dev.zuido.ike.vectors;

import static dev.zuido.ike.vectors.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.AggressiveMode;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.ComputeTask;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.PeerOptions;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.RsaSignature;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Signature;
import dev.zuido.ike.vectors.Vectors.Document;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** First messages of aggressive mode, and signatures, that other implementations have made. */
final class PhaseOneVectorsTest {
  private static final Ipv4Address HERE = Ipv4Address.of(192, 0, 2, 1);
  private static final Ipv4Address THERE = Ipv4Address.of(198, 51, 100, 9);
  private static final byte[] KEY = {'k', 'e', 'y'};

  /** Aggressive mode from anywhere, whatever the caller's identity, with all ciphers and hashes. */
  private static IkeEngine responder(Identity caller) {
    List<IkeProposal> proposals = new ArrayList<>();
    for (IkeCipher cipher : List.of(IkeCipher.AES_256_CBC, IkeCipher.TRIPLE_DES_CBC)) {
      for (IkeHash hash : List.of(IkeHash.SHA2_256, IkeHash.SHA1, IkeHash.MD5)) {
        for (DhGroup group : List.of(DhGroup.MODP_1024, DhGroup.MODP_1536)) {
          proposals.add(IkeProposal.preShared(cipher, hash, group));
        }
      }
    }
    proposals.add(IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.MD5, DhGroup.MODP_4096));
    PeerConfig peer =
        PeerConfig.template(
                "any",
                HERE,
                Ipv4Prefix.parse("0.0.0.0/0"),
                Secret.copyOf(KEY),
                proposals,
                DpdConfig.OFF,
                List.of(
                    ChildConfig.of(
                        "child",
                        TrafficSelector.host(HERE, IpProtocol.GRE),
                        new TrafficSelector(Ipv4Prefix.parse("0.0.0.0/0"), IpProtocol.GRE, 0),
                        EncapsulationMode.TRANSPORT,
                        List.of(
                            new EspProposal(
                                EspEncryption.TRIPLE_DES_CBC, 0, EspIntegrity.HMAC_MD5_96)))))
            .withIdentities(PeerConfig.identityOf(HERE), caller)
            .withOptions(PeerOptions.DEFAULT.withAggressiveMode(AggressiveMode.ACCEPT));
    SpiAllocator spis =
        new SpiAllocator() {
          @Override
          public int allocate() {
            return 0x1000;
          }

          @Override
          public void release(int spi) {}
        };
    return new IkeEngine(
        IkeConfig.of(List.of(peer)),
        new SecureRandom(),
        new SplittableRandom(1),
        spis,
        TrafficClock.SILENT);
  }

  private static List<byte[]> firstMessages() {
    List<byte[]> messages = new ArrayList<>();
    for (Document document : Vectors.documents("ikev1")) {
      for (Json packet : document.json().get("packets").items().toList()) {
        if (packet.has("ipHex")) {
          MessageVectorsTest.isakmpOf(hex(packet.get("ipHex"))).ifPresent(messages::add);
        }
      }
      for (Json message : document.json().get("messages").items().toList()) {
        if (message.has("messageHex")) {
          messages.add(hex(message.get("messageHex")));
        } else if (message.get("layer").text().equals("UDP")) {
          byte[] udp = hex(message.get("bytesHex"));
          messages.add(Arrays.copyOfRange(udp, 8, udp.length));
        }
      }
    }
    messages.removeIf(
        each -> each[18] != ExchangeType.AGGRESSIVE || BigEndian.getLong(each, 8) != 0);
    return messages;
  }

  private record Answered(List<ByteString> sent, List<IkeOutput> outputs) {}

  private static Answered answered(byte[] first) throws Exception {
    Identity caller =
        IsakmpMessage.decode(Unpooled.wrappedBuffer(first))
            .payload(Identification.class)
            .orElseThrow()
            .identity();
    IkeEngine engine = responder(caller);
    engine.handle(Unpooled.wrappedBuffer(first), Endpoint.isakmp(HERE), Endpoint.isakmp(THERE), 0);
    List<ByteString> sent = new ArrayList<>();
    List<IkeOutput> outputs = new ArrayList<>();
    ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
    for (IkeOutput output; (output = engine.poll(buffer.clear())) != null; ) {
      outputs.add(output);
      if (output instanceof IkeOutput.Transmit to) {
        sent.add(ByteString.read(buffer, to.length()));
      } else if (output instanceof IkeOutput.Compute compute) {
        ComputeTask task = compute.task();
        engine.handle(task.run(), 0);
      }
    }
    return new Answered(sent, outputs);
  }

  /** What was recorded wants XAUTH, which is refused by name; with a key alone it is answered. */
  @Test
  void firstMessagesOfAggressiveMode() throws Exception {
    int cases = 0;
    for (byte[] first : firstMessages()) {
      Answered refused = answered(first);
      boolean extended = HexFormat.of().formatHex(first).contains("8003fde9");
      if (extended) {
        String reason =
            refused.outputs.stream()
                .filter(IkeOutput.ExchangeFailed.class::isInstance)
                .map(each -> ((IkeOutput.ExchangeFailed) each).reason())
                .findFirst()
                .orElse("");
        assertTrue(reason.contains("XAUTHInitPreShared) is not offered"), reason);
      }
      byte[] plain =
          HexFormat.of().parseHex(HexFormat.of().formatHex(first).replace("8003fde9", "80030001"));
      Answered answered = answered(plain);
      assertEquals(1, answered.sent.size(), () -> "" + answered.outputs);
      assertTrue(
          answered.outputs.stream().noneMatch(IkeOutput.ExchangeFailed.class::isInstance),
          () -> "" + answered.outputs);
      assertProof(plain, answered.sent.get(0));
      cases++;
    }
    assertTrue(cases >= 2, "only " + cases + " first messages");
  }

  /** HASH_R needs no shared secret, so that it can be made here from what was sent. */
  private static void assertProof(byte[] first, ByteString second) throws Exception {
    IsakmpMessage offer = IsakmpMessage.decode(Unpooled.wrappedBuffer(first));
    IsakmpMessage answer = IsakmpMessage.decode(Unpooled.wrappedBuffer(second.toArray()));
    PhaseOneExchange said =
        new PhaseOneExchange(
            offer.header().initiatorCookie(),
            answer.header().responderCookie(),
            offer.payload(KeyExchange.class).orElseThrow().data(),
            answer.payload(KeyExchange.class).orElseThrow().data(),
            offer.payload(Nonce.class).orElseThrow().data(),
            answer.payload(Nonce.class).orElseThrow().data(),
            offer.payload(SecurityAssociation.class).orElseThrow().body());
    Hash proof = answer.payload(Hash.class).orElseThrow();
    IkeHash hash =
        Arrays.stream(IkeHash.values())
            .filter(each -> each.length() == proof.data().length())
            .findFirst()
            .orElseThrow();
    try (PhaseOneKeys keys =
        PhaseOneKeys.ofPresharedKey(
            hash, IkeCipher.AES_256_CBC, said, Secret.copyOf(KEY), Secret.copyOf(KEY))) {
      ByteString id = answer.payload(Identification.class).orElseThrow().body();
      assertTrue(PhaseOneKeys.matches(keys.hashR(id), proof.data()));
    }
  }

  /** A recorded signature is a block of type 1 around a bare hash, as ours are. */
  @Test
  void recordedSignatures() throws Exception {
    List<PayloadChain> signed = new ArrayList<>();
    for (Document document : Vectors.documents("ikev1")) {
      List<byte[]> messages = new ArrayList<>();
      for (Json packet : document.json().get("packets").items().toList()) {
        if (packet.has("ipHex")) {
          MessageVectorsTest.isakmpOf(hex(packet.get("ipHex"))).ifPresent(messages::add);
        }
      }
      for (Json key : document.json().get("keys").items().toList()) {
        MessageVectorsTest.decrypt(
            messages,
            key,
            chain -> {
              if (chain.payload(Signature.class).isPresent()) {
                signed.add(chain);
              }
            });
      }
    }
    int verified = 0;
    for (PayloadChain chain : signed) {
      byte[] der = chain.payload(Certificate.class).orElseThrow().data().toArray();
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      RSAPublicKey key = (RSAPublicKey) certificate.getPublicKey();
      byte[] signature = chain.payload(Signature.class).orElseThrow().data().toArray();
      byte[] block =
          new BigInteger(1, signature)
              .modPow(key.getPublicExponent(), key.getModulus())
              .toByteArray();
      byte[] hash = Arrays.copyOfRange(block, block.length - IkeHash.MD5.length(), block.length);
      assertTrue(RsaSignature.verify(key, hash, signature));
      hash[0] ^= 1;
      assertFalse(RsaSignature.verify(key, hash, signature));
      Identity id = chain.payload(Identification.class).orElseThrow().identity();
      // One side calls itself by its address, which its certificate does not have.
      ByteString subject = ByteString.of(certificate.getSubjectX500Principal().getEncoded());
      assertTrue(id instanceof Identity.Ipv4 || id.equals(new Identity.DistinguishedName(subject)));
      verified++;
    }
    assertEquals(2, verified);
  }
}
