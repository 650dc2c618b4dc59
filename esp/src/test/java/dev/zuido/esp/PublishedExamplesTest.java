package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The algorithms that the platform lacks or that ESP uses in its own way, by the RFCs' examples.
 */
final class PublishedExamplesTest {

  /** RFC 3566 section 4.6, cases 1 to 5. */
  @ParameterizedTest
  @CsvSource({
    "0, 75f0251d528ac01c4573dfd584d79f29",
    "3, 5b376580ae2f19afe7219ceef172756f",
    "16, d2a246fa349b68a79998a4394ff7a263",
    "20, 47f51b4564966215b8985c63055ed308",
    "32, f54f0ec8d2b9f3d36807734bd5283fd4"
  })
  void rfc3566(int length, String expected) throws GeneralSecurityException {
    byte[] counting =
        Packets.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    byte[] key = Arrays.copyOf(counting, 16);
    IcvStage icv =
        CbcMacIcv.xcbc(PublishedVectors.aes("CBC"), PublishedVectors.aes("ECB"), key, 16);
    byte[] data = Arrays.copyOf(counting, length);
    assertArrayEquals(Packets.hex(expected), CryptoVectorsTest.icv(icv, data, 16));
  }

  /** RFC 4493 section 4, examples 1 to 4. */
  @ParameterizedTest
  @CsvSource({
    "0, bb1d6929e95937287fa37d129b756746",
    "16, 070a16b46b4d4144f79bdd9dd04a287c",
    "40, dfa66747de9ae63030ca32611497c827",
    "64, 51f0bebf7e3b9d92fc49741779363cfe"
  })
  void rfc4493(int length, String expected) throws GeneralSecurityException {
    byte[] key = Packets.hex("2b7e151628aed2a6abf7158809cf4f3c");
    byte[] message =
        Packets.hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    IcvStage icv =
        CbcMacIcv.cmac(PublishedVectors.aes("CBC"), PublishedVectors.aes("ECB"), key, 16);
    assertArrayEquals(
        Packets.hex(expected), CryptoVectorsTest.icv(icv, Arrays.copyOf(message, length), 16));
  }

  /** RFC 3686 section 6, vectors 1, 6 and 9. */
  @ParameterizedTest
  @CsvSource({
    "AES_CTR_128, ae6852f8121067cc4bf7a5765577f39e, 00000030, 0000000000000000,"
        + " 53696e676c6520626c6f636b206d7367, e4095d4fb7a7b3792d6175a3261311b8",
    "AES_CTR_192, 02bf391ee8ecb159b959617b0965279bf59b60a786d3e0fe, 0007bdfd,"
        + " 5cbd60278dcc0912,"
        + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223,"
        + " 96893fc55e5c722f540b7dd1ddf7e758d288bc95c69165884536c811662f2188abee0935",
    "AES_CTR_256, ff7a617ce69148e4f1726e2f43581de2aa62d9f805532edff1eed687fb54153d, 001cc5b7,"
        + " 51a51d70a1c11148,"
        + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223,"
        + " eb6c52821d0bbbf7ce7594462aca4faab407df866569fd07f48cc0b583d6071f1ec0e6b8"
  })
  void rfc3686(
      EspEncryption encryption, String key, String nonce, String iv, String plain, String cipher)
      throws GeneralSecurityException {
    EspSuite suite = new EspSuite(encryption, EspIntegrity.HMAC_MD5_96);
    byte[] text = Packets.hex(plain);
    byte[] slab = new byte[16 + text.length];
    System.arraycopy(text, 0, slab, 16, text.length);
    EspFrames frames = new EspFrames(8);
    frames.presetIv(Packets.hex(iv));
    frames.add(0, 0, text.length, 1);
    try (EspKeys keys = EspKeys.of(suite, Packets.hex(key), Packets.hex(nonce), new byte[16])) {
      EspCrypto.platform().ctr(keys).encrypt(slab, frames);
    }
    assertArrayEquals(Packets.hex(cipher), Arrays.copyOfRange(slab, 16, slab.length));
  }

  /** RFC 3610 section 8, packet vector 1: a nonce of 13 bytes. */
  @ParameterizedTest
  @CsvSource({
    "8, 00000003020100a0a1a2a3a4a5, 0001020304050607,"
        + " 08090a0b0c0d0e0f101112131415161718191a1b1c1d1e,"
        + " 588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0"
  })
  void rfc3610(int icvLength, String nonce, String associated, String plain, String sealed)
      throws GeneralSecurityException {
    RawKey key = new RawKey("AES", Packets.hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"));
    PublishedVectors.aead(
        new CcmCipher(PublishedVectors.aes("CBC"), PublishedVectors.aes("CTR"), key, icvLength),
        Packets.hex(nonce),
        Packets.hex(associated),
        Packets.hex(plain),
        Packets.hex(sealed),
        nonce);
  }

  /** RFC 7634 appendix A: the ESP packet from SPI to ICV. */
  @Test
  void rfc7634() {
    byte[] plain =
        Packets.hex(
            "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d"
                + "0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334"
                + "353637 01020204");
    byte[] sealed =
        Packets.hex(
            "0102030400000005101112131415161724039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d4"
                + "66ef407ae5c614ee8099d52844eb61aa95dfab4c02f72aa71e7c4c4f64c9befe2facc638e8f3cb"
                + "ec163fac469b502773f6fb94e664da9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43");
    byte[] slab = sealed.clone();
    EspFrames frames = new EspFrames(8);
    frames.presetIv(Packets.hex("1011121314151617"));
    frames.add(0, 0, plain.length, 5);
    EspSuite suite = EspSuite.combined(EspEncryption.CHACHA20_POLY1305);
    byte[] material =
        Packets.hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3");
    try (EspKeys keys = EspKeys.ofKeyMaterial(suite, material)) {
      EspCrypto.platform().transform(suite, keys, false, null).open(slab, frames);
      assertArrayEquals(plain, Arrays.copyOfRange(slab, 16, 16 + plain.length));
      EspCrypto.platform().transform(suite, keys, false, null).seal(slab, frames);
      assertArrayEquals(sealed, slab);
    }
  }
}
