package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in the forms that OpenSSL writes. */
final class PemFileTest {
  static byte[] file(String name) {
    try (InputStream in =
        Objects.requireNonNull(PemFileTest.class.getResourceAsStream("certificates/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static String text(String name) {
    return new String(file(name), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aFileHasSeveralCertificatesAndWords() throws PemFile.Malformed {
    String text = "the gateway\n" + text("a.pem") + text("a-key.pem") + "\n" + text("root.pem");
    assertEquals(
        "[CN=a.zuido.test,O=Zuido, CN=Root,O=Zuido]",
        PemFile.certificates(bytes(text)).stream()
            .map(each -> each.getSubjectX500Principal().getName())
            .toList()
            .toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-key.pem", "a-pkcs1-key.pem"})
  void aKeyIsThatOfTheCertificate(String name) throws PemFile.Malformed {
    RSAPrivateKey key = assertInstanceOf(RSAPrivateKey.class, PemFile.rsaKey(file(name)));
    RSAPublicKey certified =
        (RSAPublicKey) PemFile.certificates(file("a.pem")).get(0).getPublicKey();
    assertEquals(certified.getModulus(), key.getModulus());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a-encrypted-key.pem ~ the key is encrypted; give it without a pass phrase",
        "a-encrypted-pkcs1-key.pem ~ the key is encrypted; give it without a pass phrase",
        "ec-key.pem ~ it is no RSA key",
        "a.pem ~ it has no 'BEGIN PRIVATE KEY'",
      })
  void whatIsNoPlainRsaKeyIsRefused(String name, String reason) {
    PemFile.Malformed refused =
        assertThrows(PemFile.Malformed.class, () -> PemFile.rsaKey(file(name)));
    assertEquals(reason, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "'' ~ it has no 'BEGIN CERTIFICATE'",
        "-----BEGIN CERTIFICATE-----AAAA ~ it has no 'BEGIN CERTIFICATE'",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- ~ a certificate in it cannot be"
            + " read",
        "-----BEGIN CERTIFICATE-----A-----END CERTIFICATE----- ~ what it holds is not in base 64",
      })
  void whatIsNoCertificateIsRefused(String text, String reason) {
    PemFile.Malformed refused =
        assertThrows(PemFile.Malformed.class, () -> PemFile.certificates(bytes(text)));
    assertEquals(reason, refused.getMessage());
  }

  @Test
  void aCutFileIsRefused() {
    byte[] whole = file("a.pem");
    for (int length = 0; length < whole.length - 26; length += 7) {
      String cut = text("a.pem").substring(0, length) + "\n-----END CERTIFICATE-----\n";
      assertThrows(PemFile.Malformed.class, () -> PemFile.certificates(bytes(cut)));
    }
  }
}
