package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.testkit.Channel;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken packets at every moment of the simulation. */
class HostilePacketsTest {
  private static final Impairments LINE = Impairments.NONE.withDelay(Duration.ofMillis(10));

  /** Before each packet a prefix of it, of any length, in a valid IP header: nothing may happen. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void truncatedPacketsChangeNothing(long seed) {
    Reference reference = new Reference(seed, LINE);
    SeededRandom dice = reference.network().random("knife");
    forEachChannel(
        reference,
        (now, packet, onward) -> {
          onward.accept(truncated(packet, dice));
          onward.accept(packet);
        });
    assertUndisturbed(reference);
  }

  /** Behind each packet that is authenticated a copy with altered bytes: nothing may happen. */
  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void alteredProtectedPacketsChangeNothing(long seed) {
    Reference reference = new Reference(seed, LINE);
    SeededRandom dice = reference.network().random("pen");
    forEachChannel(
        reference,
        (now, packet, onward) -> {
          onward.accept(packet);
          if (Ipv4Fields.protocol(packet, 0) == 50) {
            byte[] altered = packet.clone();
            int at = 20 + dice.nextInt(altered.length - 20);
            altered[at] ^= (byte) (1 << dice.nextInt(8));
            onward.accept(altered);
          }
        });
    assertUndisturbed(reference);
  }

  /** Arbitrary damage to copies of everything, the IP header included, once all is established. */
  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11, 12})
  void damageOfAnyKindDoesNotHurtWhatIsEstablished(long seed) {
    Reference reference = new Reference(seed, LINE);
    assertTrue(reference.converges(Duration.ofMinutes(2)));
    reference.runFor(Duration.ofSeconds(30));
    int before = reference.events("IPSEC_SA_DOWN").size();
    SeededRandom dice = reference.network().random("hammer");
    forEachChannel(
        reference,
        (now, packet, onward) -> {
          onward.accept(packet);
          byte[] damaged = ImpairBytes.any(dice).apply(packet, dice);
          if (damaged.length > 0) {
            onward.accept(damaged);
          }
        });
    reference.runFor(Duration.ofMinutes(10));
    assertTrue(reference.sites().isConverged());
    assertTrue(reference.ping(1372).isAnswered());
    assertEquals(before, reference.events("IPSEC_SA_DOWN").size());
    assertEquals(List.of(), reference.events("from FULL"));
    assertEquals(List.of(), reference.clearGre());
  }

  /** The same changes happen with and without the hostile packets. */
  private static void assertUndisturbed(Reference reference) {
    assertTrue(reference.converges(Duration.ofMinutes(2)), () -> "" + reference.events());
    assertTrue(reference.ping(2028).isAnswered());
    reference.runFor(Duration.ofMinutes(5));
    assertEquals(List.of(), reference.events("from FULL"));
    assertEquals(List.of(), reference.events("IPSEC_SA_DOWN"));
    assertEquals(List.of(), reference.events("IKE_SA_DOWN"));
    assertEquals(List.of(), reference.events("IKE_FAILED"));
    assertFalse(reference.events("to FULL").isEmpty());
    assertEquals(List.of(), reference.clearGre());
  }

  /**
   * Altered bytes of a handshake may end that exchange; it is tried again and the sites come up.
   */
  @Test
  void alteredHandshakesAreTriedAgain() {
    Reference reference = new Reference(13, LINE);
    SeededRandom dice = reference.network().random("eraser");
    forEachChannel(
        reference,
        (now, packet, onward) -> {
          if (Ipv4Fields.protocol(packet, 0) == 17 && dice.nextInt(4) == 0) {
            int at = 28 + dice.nextInt(packet.length - 28);
            packet[at] ^= (byte) (1 << dice.nextInt(8));
            BigEndian.putShort(packet, 26, 0);
          }
          onward.accept(packet);
        });
    assertTrue(reference.converges(Duration.ofMinutes(30)), () -> "" + reference.events());
    assertEquals(List.of(), reference.clearGre());
  }

  private static byte[] truncated(byte[] packet, SeededRandom dice) {
    int header = Ipv4Fields.headerLength(packet, 0);
    int length = header + dice.nextInt(Math.max(1, packet.length - header));
    byte[] shorter = Arrays.copyOf(packet, length);
    Ipv4Fields.setTotalLength(shorter, 0, length);
    return shorter;
  }

  private static void forEachChannel(Reference reference, dev.zuido.testkit.PacketFilter filter) {
    for (Channel channel :
        List.of(
            reference.sites().wanA().aToB(),
            reference.sites().wanA().bToA(),
            reference.sites().wanB().aToB(),
            reference.sites().wanB().bToA())) {
      channel.addFilter(filter);
    }
  }
}
