package dev.zuido.testkit.ike.impairment.udp;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.TransformId;
import java.util.Map;

/** The names of algorithms in proposals such as {@code aes128-sha256-modp2048}. */
final class SuiteNames {
  private static final Map<String, IkeCipher> CIPHERS =
      Map.of(
          "des", IkeCipher.DES_CBC,
          "3des", IkeCipher.TRIPLE_DES_CBC,
          "aes128", IkeCipher.AES_128_CBC,
          "aes192", IkeCipher.AES_192_CBC,
          "aes256", IkeCipher.AES_256_CBC);
  private static final Map<String, IkeHash> HASHES =
      Map.of(
          "md5", IkeHash.MD5,
          "sha1", IkeHash.SHA1,
          "sha256", IkeHash.SHA2_256,
          "sha384", IkeHash.SHA2_384,
          "sha512", IkeHash.SHA2_512);
  private static final Map<String, DhGroup> GROUPS =
      Map.ofEntries(
          Map.entry("modp768", DhGroup.MODP_768),
          Map.entry("modp1024", DhGroup.MODP_1024),
          Map.entry("modp1536", DhGroup.MODP_1536),
          Map.entry("modp2048", DhGroup.MODP_2048),
          Map.entry("modp3072", DhGroup.MODP_3072),
          Map.entry("modp4096", DhGroup.MODP_4096),
          Map.entry("modp6144", DhGroup.MODP_6144),
          Map.entry("modp8192", DhGroup.MODP_8192),
          Map.entry("ecp256", DhGroup.ECP_256),
          Map.entry("ecp384", DhGroup.ECP_384),
          Map.entry("ecp521", DhGroup.ECP_521),
          Map.entry("curve25519", DhGroup.CURVE_25519));

  /** A transform of ESP with its Key Length attribute. */
  record EspCipher(int transformId, int keyBits) {}

  private static final Map<String, EspCipher> ESP_CIPHERS =
      Map.of(
          "des", new EspCipher(TransformId.Esp.DES, 0),
          "3des", new EspCipher(TransformId.Esp.TRIPLE_DES, 0),
          "null", new EspCipher(TransformId.Esp.NULL, 0),
          "aes128", new EspCipher(TransformId.Esp.AES_CBC, 128),
          "aes192", new EspCipher(TransformId.Esp.AES_CBC, 192),
          "aes256", new EspCipher(TransformId.Esp.AES_CBC, 256),
          "aes128gcm16", new EspCipher(TransformId.Esp.AES_GCM_16, 128),
          "aes256gcm16", new EspCipher(TransformId.Esp.AES_GCM_16, 256));
  private static final Map<String, Integer> ESP_HASHES =
      Map.of(
          "md5", IpsecAttribute.Authentication.HMAC_MD5,
          "sha1", IpsecAttribute.Authentication.HMAC_SHA,
          "sha256", IpsecAttribute.Authentication.HMAC_SHA2_256,
          "sha384", IpsecAttribute.Authentication.HMAC_SHA2_384,
          "sha512", IpsecAttribute.Authentication.HMAC_SHA2_512);

  private SuiteNames() {}

  static IkeCipher cipher(String name) {
    return find(CIPHERS, name, "cipher of IKE");
  }

  static IkeHash hash(String name) {
    return find(HASHES, name, "hash of IKE");
  }

  static DhGroup group(String name) {
    return find(GROUPS, name, "group");
  }

  static EspCipher espCipher(String name) {
    return find(ESP_CIPHERS, name, "cipher of ESP");
  }

  static int espHash(String name) {
    return find(ESP_HASHES, name, "hash of ESP");
  }

  private static <T> T find(Map<String, T> names, String name, String what) {
    T value = names.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "no "
              + what
              + " is called "
              + name
              + "; there are "
              + names.keySet().stream().sorted().toList());
    }
    return value;
  }
}
