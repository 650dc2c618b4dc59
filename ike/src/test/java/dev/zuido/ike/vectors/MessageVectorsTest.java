package dev.zuido.ike.vectors;

import static dev.zuido.ike.vectors.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.vectors.Vectors.Document;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Messages of other implementations decode and encode to the same bytes; broken ones are refused.
 */
final class MessageVectorsTest {
  @Test
  void messages() throws Exception {
    int cases = 0;
    for (Document document : Vectors.documents("ikev1")) {
      for (Json message : document.json().get("messages").items().toList()) {
        if (message.has("messageHex")) {
          assertSame(hex(message.get("messageHex")));
        } else if (message.get("layer").text().equals("UDP")) {
          byte[] udp = hex(message.get("bytesHex"));
          int start = BigEndian.getInt(udp, 8) == 0 ? 12 : 8;
          assertSame(Arrays.copyOfRange(udp, start, udp.length));
        } else {
          assertChain(message, "bytesHex");
        }
        cases++;
      }
      for (Json handshake : document.json().get("handshakes").items().toList()) {
        for (Json message : handshake.get("messages").items().toList()) {
          assertSame(hex(message.get("hex")));
          if (message.has("plaintextHex")) {
            assertChain(message, "plaintextHex");
          }
          cases++;
        }
      }
    }
    assertTrue(cases >= 15, "only " + cases + " messages");
  }

  @Test
  void captures() throws Exception {
    int clear = 0;
    int decrypted = 0;
    for (Document document : Vectors.documents("ikev1")) {
      List<byte[]> messages = new ArrayList<>();
      for (Json packet : document.json().get("packets").items().toList()) {
        if (packet.has("ipHex")) {
          isakmpOf(hex(packet.get("ipHex"))).ifPresent(messages::add);
        }
      }
      for (byte[] message : messages) {
        assertSame(message);
        clear++;
      }
      for (Json key : document.json().get("keys").items().toList()) {
        decrypted += decrypt(messages, key, chain -> {});
      }
    }
    assertTrue(clear >= 50, "only " + clear + " messages");
    assertTrue(decrypted >= 17, "only " + decrypted + " decrypted messages");
  }

  @Test
  void malformed() {
    int cases = 0;
    for (Document document : Vectors.documents("malformed")) {
      if (!document.json().get("targetProtocol").text().equals("isakmp")) {
        continue;
      }
      for (Json packet : document.json().get("packets").items().toList()) {
        if (packet.has("protocolHex")) {
          byte[] bytes = hex(packet.get("protocolHex"));
          assertThrows(
              MalformedPacketException.class,
              () -> IsakmpMessage.decode(Unpooled.wrappedBuffer(bytes)),
              document.toString());
          cases++;
        }
      }
    }
    assertTrue(cases >= 5, "only " + cases + " packets");
  }

  /** The ISAKMP message of an IPv4 packet, if it holds a whole one. */
  static Optional<byte[]> isakmpOf(byte[] ip) {
    if (ip[0] >>> 4 != 4 || ip[9] != 17) {
      return Optional.empty();
    }
    int udp = 4 * (ip[0] & 0xf);
    int port = BigEndian.getUnsignedShort(ip, udp + 2);
    int end = udp + BigEndian.getUnsignedShort(ip, udp + 4);
    int start = udp + 8;
    if (port == 4500 && end - start > 4 && BigEndian.getInt(ip, start) == 0) {
      start += 4;
    } else if (port != 500) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOfRange(ip, start, end));
  }

  private static void assertSame(byte[] bytes) throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    IsakmpHeader header = IsakmpHeader.decode(in);
    ByteBuf out = Unpooled.buffer();
    if (header.isEncrypted()) {
      header.encode(out);
      out.writeBytes(in);
    } else {
      in.readerIndex(0);
      IsakmpMessage.decode(in).encode(out);
    }
    assertArrayEquals(bytes, ByteString.read(out, out.readableBytes()).toArray());
  }

  private static void assertChain(Json message, String field) throws MalformedPacketException {
    List<Json> expected = message.get("payloads").items().toList();
    int first = Integer.parseInt(expected.get(0).get("type").text());
    byte[] bytes = hex(message.get(field));
    PayloadChain chain = PayloadChain.decode(first, Unpooled.wrappedBuffer(bytes));
    assertEquals(expected.size(), chain.payloads().size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          expected.get(i).get("type").text(),
          Integer.toString(chain.payloads().get(i).payloadType()));
      assertEquals(
          expected.get(i).get("bodyHex").text(), chain.payloads().get(i).body().toString());
    }
    assertEquals(message.get("paddingHex").text(), chain.padding().toString());
    assertArrayEquals(bytes, chain.toBytes());
  }

  /** Decrypts a capture of which only the cipher's key is known. */
  static int decrypt(List<byte[]> all, Json key, Consumer<PayloadChain> reader)
      throws MalformedPacketException {
    Cookie cookie = Cookie.parse(key.get("initiatorCookie").text());
    Secret cipherKey = Secret.owning(hex(key.get("encryptionKeyHex")));
    List<byte[]> publicValues = new ArrayList<>();
    Map<Integer, byte[]> ivs = new HashMap<>();
    Transform chosen = null;
    byte[] lastPhaseOneBlock = new byte[0];
    byte[] previous = new byte[0];
    int decrypted = 0;
    for (byte[] bytes : all) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes);
      IsakmpHeader header = IsakmpHeader.decode(in);
      if (!header.initiatorCookie().equals(cookie) || Arrays.equals(bytes, previous)) {
        continue;
      }
      previous = bytes;
      if (!header.isEncrypted()) {
        PayloadChain chain = PayloadChain.decode(header.nextPayload(), in);
        chain.payload(KeyExchange.class).ifPresent(ke -> publicValues.add(ke.data().toArray()));
        Optional<SecurityAssociation> sa = chain.payload(SecurityAssociation.class);
        if (sa.isPresent()) {
          chosen = sa.orElseThrow().proposals().get(0).transforms().get(0);
        }
        continue;
      }
      IkeHash hash =
          IkeHash.ofAttribute(chosen.number(PhaseOneAttribute.HASH_ALGORITHM).orElseThrow())
              .orElseThrow();
      IkeCipher cipher =
          IkeCipher.ofAttributes(
                  chosen.number(PhaseOneAttribute.ENCRYPTION_ALGORITHM).orElseThrow(),
                  chosen.number(PhaseOneAttribute.KEY_LENGTH).orElse(0))
              .orElseThrow();
      if (lastPhaseOneBlock.length == 0) {
        lastPhaseOneBlock =
            Arrays.copyOf(
                hash.hash(publicValues.get(0), publicValues.get(1)), cipher.blockLength());
      }
      byte[] iv = ivs.get(header.messageId());
      if (iv == null && header.messageId() == 0) {
        iv = lastPhaseOneBlock;
      } else if (iv == null) {
        byte[] seed = Arrays.copyOf(lastPhaseOneBlock, lastPhaseOneBlock.length + 4);
        BigEndian.putInt(seed, lastPhaseOneBlock.length, header.messageId());
        iv = hash.hash(seed);
      }
      byte[] ciphertext = ByteString.read(in, in.readableBytes()).toArray();
      byte[] plain = cipher.decrypt(cipherKey, Arrays.copyOf(iv, cipher.blockLength()), ciphertext);
      ivs.put(header.messageId(), cipher.nextIv(ciphertext));
      if (header.messageId() == 0) {
        lastPhaseOneBlock = cipher.nextIv(ciphertext);
      }
      PayloadChain chain = PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plain));
      assertArrayEquals(plain, chain.toBytes());
      reader.accept(chain);
      decrypted++;
    }
    return decrypted;
  }
}
