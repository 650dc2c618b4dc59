package dev.zuido.router;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in PEM (RFC 7468): certificates, or a private key. What stands around them is ignored. */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([\\s\\S]*?)-----END \\1-----");

  /** Version 0 and the algorithm rsaEncryption (RFC 8017 appendix A.1), as PKCS #8 begins. */
  private static final byte[] RSA_ENCRYPTION = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private PemFile() {}

  /** What is wrong with a file, as a clause for a person. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  private record Block(String label, String body) {
    byte[] decode() throws Malformed {
      try {
        return Base64.getMimeDecoder().decode(body);
      } catch (IllegalArgumentException e) {
        throw new Malformed("what it holds is not in base 64");
      }
    }
  }

  private static List<Block> blocks(byte[] file) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /** All certificates, in their order; at least one. */
  static List<X509Certificate> certificates(byte[] file) throws Malformed {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        found.add(certificate(block.decode()));
      }
    }
    if (found.isEmpty()) {
      throw new Malformed("it has no 'BEGIN CERTIFICATE'");
    }
    return found;
  }

  private static X509Certificate certificate(byte[] der) throws Malformed {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate c) {
        return c;
      }
    } catch (CertificateException e) {
      // It is none: said below.
    }
    throw new Malformed("a certificate in it cannot be read");
  }

  /** The RSA key: the first private key of the file. */
  static PrivateKey rsaKey(byte[] file) throws Malformed {
    for (Block block : blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return rsaKeyOfPkcs8(block.decode());
        }
        case "RSA PRIVATE KEY" -> {
          if (block.body().contains("ENCRYPTED")) {
            throw encrypted();
          }
          byte[] inner = block.decode();
          byte[] outer = pkcs8(inner);
          Arrays.fill(inner, (byte) 0);
          return rsaKeyOfPkcs8(outer);
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
        case "EC PRIVATE KEY", "DSA PRIVATE KEY" -> throw new Malformed("it is no RSA key");
        default -> {}
      }
    }
    throw new Malformed("it has no 'BEGIN PRIVATE KEY'");
  }

  private static Malformed encrypted() {
    return new Malformed("the key is encrypted; give it without a pass phrase");
  }

  private static PrivateKey rsaKeyOfPkcs8(byte[] der) throws Malformed {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new Malformed("it is no RSA key");
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /** PKCS #8 around a key of PKCS #1. */
  private static byte[] pkcs8(byte[] key) {
    byte[] octets = tagged(4, new byte[0], key);
    byte[] whole = tagged(0x30, RSA_ENCRYPTION, octets);
    Arrays.fill(octets, (byte) 0);
    return whole;
  }

  /** A value of DER with a tag and its length. */
  private static byte[] tagged(int tag, byte[] first, byte[] second) {
    int length = first.length + second.length;
    int lengthBytes = length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : 4;
    byte[] out = new byte[1 + lengthBytes + length];
    out[0] = (byte) tag;
    if (lengthBytes == 1) {
      out[1] = (byte) length;
    } else {
      out[1] = (byte) (0x80 | (lengthBytes - 1));
      for (int i = 0; i < lengthBytes - 1; i++) {
        out[lengthBytes - i] = (byte) (length >>> (8 * i));
      }
    }
    System.arraycopy(first, 0, out, 1 + lengthBytes, first.length);
    System.arraycopy(second, 0, out, 1 + lengthBytes + first.length, second.length);
    return out;
  }
}
