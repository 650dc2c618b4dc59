package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MacAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AC-Cookie (RFC 2516 section 9): an HMAC over the station's address, so that nothing has to be
 * remembered of those who only ask.
 */
final class AcCookie {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LENGTH = 16;

  private final Mac mac;

  AcCookie(SecureRandom secrets) {
    byte[] key = new byte[32];
    secrets.nextBytes(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java platform has " + ALGORITHM, e);
    }
  }

  PppoeTag.AcCookie of(MacAddress station) {
    byte[] bytes = new byte[MacAddress.LENGTH];
    station.put(bytes, 0);
    return new PppoeTag.AcCookie(ByteString.of(mac.doFinal(bytes), 0, LENGTH));
  }

  boolean isRight(MacAddress station, PppoeTag.AcCookie cookie) {
    return MessageDigest.isEqual(of(station).value().toArray(), cookie.value().toArray());
  }
}
