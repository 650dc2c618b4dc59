package dev.zuido.ike;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Algorithms by their names, and why some that ESP and AH have cannot be negotiated. */
final class AlgorithmNames {
  /** What documents and configurations write, as far as it is not a constant's name. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "3DESCBC", "TRIPLEDESCBC",
          "3DES", "TRIPLEDESCBC",
          "DES", "DESCBC",
          "AESXCBC96", "AESXCBCMAC96",
          "NULLAUTHAESGMAC", "AESGMAC",
          "HMACSHA256128", "HMACSHA2256128",
          "HMACSHA384192", "HMACSHA2384192",
          "HMACSHA512256", "HMACSHA2512256");

  private static final Map<String, String> UNNEGOTIABLE =
      Map.of(
          "CHACHA20POLY1305",
          "RFC 7634 registers it for IKEv2 alone",
          "AESCMAC96",
          "RFC 4494 registers it for IKEv2 alone",
          "HMACSHA225696",
          "the number 5 means 128 bits since RFC 4868; that some old kernels take it for 96 is not"
              + " negotiated, and offering it would make packets that other peers drop",
          "HMACSHA25696",
          "the number 5 means 128 bits since RFC 4868; that some old kernels take it for 96 is not"
              + " negotiated, and offering it would make packets that other peers drop");

  private AlgorithmNames() {}

  static <E extends Enum<E>> E find(Class<E> kind, String name) {
    String plain = plain(name);
    @Nullable String reason = UNNEGOTIABLE.get(plain);
    if (reason != null) {
      throw new IllegalArgumentException("IKEv1 has no number for " + name + ": " + reason);
    }
    String wanted = ALIASES.getOrDefault(plain, plain);
    for (E constant : kind.getEnumConstants()) {
      if (plain(constant.name()).equals(wanted)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "there is no " + name + "; known are " + Arrays.toString(kind.getEnumConstants()));
  }

  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}
