package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which identities are the same one. */
final class IdentityCheckTest {
  /** O=Zuido, CN=a.zuido.test, with UTF8String as OpenSSL writes it. */
  private static final String UTF8 =
      "3027310e300c060355040a0c055a7569646f3115301306035504030c0c612e7a7569646f2e74657374";

  /** The same with PrintableString, as the JDK writes it. */
  private static final String PRINTABLE =
      "3027310e300c060355040a13055a7569646f311530130603550403130c612e7a7569646f2e74657374";

  private static Identity dn(String hex) {
    return new Identity.DistinguishedName(ByteString.ofHex(hex));
  }

  @Test
  void aDistinguishedNameIsWhatItSays() {
    assertTrue(IdentityCheck.isSame(dn(UTF8), dn(PRINTABLE)));
    assertTrue(IdentityCheck.isSame(dn(PRINTABLE), dn(UTF8)));
    assertFalse(IdentityCheck.isSame(dn(UTF8.replace("6f2e", "6e2e")), dn(PRINTABLE)));
    assertEquals("CN=a.zuido.test,O=Zuido", SelectorPayloads.describe(dn(UTF8)));
  }

  @Test
  void aMalformedNameIsItselfAlone() {
    assertTrue(IdentityCheck.isSame(dn("3001"), dn("3001")));
    assertFalse(IdentityCheck.isSame(dn("3001"), dn("3002")));
    assertFalse(IdentityCheck.isSame(dn(UTF8 + "00"), dn(PRINTABLE)), "bytes behind the name");
    assertEquals("ID type 9 3001", SelectorPayloads.describe(dn("3001")));
  }

  @Test
  void aHostsNameHasNoCaseButAUsersHas() {
    assertTrue(IdentityCheck.isSame(new Identity.Fqdn("A.b"), new Identity.Fqdn("a.B")));
    assertFalse(IdentityCheck.isSame(new Identity.Fqdn("a.b"), new Identity.Fqdn("a.c")));
    assertFalse(IdentityCheck.isSame(new Identity.UserFqdn("A@b"), new Identity.UserFqdn("a@b")));
    assertFalse(IdentityCheck.isSame(new Identity.Fqdn("a@b"), new Identity.UserFqdn("a@b")));
  }

  @Test
  void otherIdentitiesAreTheirBytes() {
    Identity address = new Identity.Ipv4(Ipv4Address.of(1, 2, 3, 4));
    Identity key = new Identity.KeyId(ByteString.of("1.2.3.4".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(IdentityCheck.isSame(address, address));
    assertFalse(IdentityCheck.isSame(address, key));
    assertFalse(IdentityCheck.isSame(key, null));
  }
}
