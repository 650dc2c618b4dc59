package dev.zuido.ospf.lsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Address;
import org.junit.jupiter.api.Test;

/** Which instance is more recent: RFC 2328 section 13.1, a case per bullet. */
final class LsaHeaderTest {
  @Test
  void theNewerSequenceNumberWins() {
    newer(header(3600, 0x80000003, 1), header(0, 0x80000002, 0xffff));
    newer(header(0, 1, 0), header(0, -1, 0));
    newer(header(0, LsaHeader.MAX_SEQUENCE, 0), header(0, LsaHeader.INITIAL_SEQUENCE, 0));
  }

  @Test
  void thenTheLargerChecksumAsUnsigned() {
    newer(header(900, 5, 0x8000), header(0, 5, 0x7fff));
    newer(header(0, 5, 0x8000), header(3600, 5, 0x7fff));
  }

  @Test
  void thenTheOneOfMaxAge() {
    newer(header(3600, 5, 7), header(3599, 5, 7));
    newer(header(3600, 5, 7), header(0, 5, 7));
  }

  @Test
  void thenTheYoungerIfTheAgesDifferByMoreThanMaxAgeDiff() {
    newer(header(0, 5, 7), header(901, 5, 7));
    same(header(0, 5, 7), header(900, 5, 7));
    same(header(100, 5, 7), header(100, 5, 7));
  }

  @Test
  void agesBeyondMaxAgeAreMaxAge() {
    same(header(3600, 5, 7), header(65535, 5, 7));
    assertEquals(3600, header(65535, 5, 7).withAge(65535).age());
  }

  private static void newer(LsaHeader first, LsaHeader second) {
    assertTrue(first.isNewerThan(second));
    assertFalse(second.isNewerThan(first));
    assertTrue(LsaHeader.compareInstances(second, first) < 0);
  }

  private static void same(LsaHeader first, LsaHeader second) {
    assertEquals(0, LsaHeader.compareInstances(first, second));
    assertEquals(0, LsaHeader.compareInstances(second, first));
  }

  private static LsaHeader header(int age, int sequence, int checksum) {
    Ipv4Address id = Ipv4Address.of(1, 1, 1, 1);
    return new LsaHeader(age, Options.NONE, LsaType.ROUTER, id, id, sequence, checksum, 36);
  }
}
