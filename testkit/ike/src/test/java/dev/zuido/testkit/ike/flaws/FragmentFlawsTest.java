package dev.zuido.testkit.ike.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Carriage;
import dev.zuido.testkit.ike.impairment.DatagramImpairment;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in fragments (feature-anchors 3.1). */
class FragmentFlawsTest {
  private static ByteString fragment(ByteString model, Fragment fragment) {
    int length = IsakmpHeader.LENGTH + 4 + fragment.bodyLength();
    byte[] bytes = Arrays.copyOf(Arrays.copyOf(model.toArray(), IsakmpHeader.LENGTH), length);
    bytes[16] = (byte) PayloadType.CISCO_FRAGMENT;
    bytes[19] = 0;
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH_OFFSET, length);
    BigEndian.putShort(bytes, IsakmpHeader.LENGTH + 2, 4 + fragment.bodyLength());
    fragment.encodeBody(Unpooled.wrappedBuffer(bytes).writerIndex(IsakmpHeader.LENGTH + 4));
    return ByteString.of(bytes);
  }

  private static List<ByteString> cut(ByteString message, int pieces) {
    List<ByteString> fragments = new ArrayList<>();
    int size = (message.length() + pieces - 1) / pieces;
    for (int i = 0; i < pieces; i++) {
      int from = Math.min(i * size, message.length());
      int to = Math.min(from + size, message.length());
      int flags = i + 1 == pieces ? Fragment.FLAG_LAST : 0;
      fragments.add(
          fragment(message, new Fragment(1, i + 1, flags, message.slice(from, to - from))));
    }
    return fragments;
  }

  /** From message 3 on the two sides know that fragments are spoken. */
  private static List<Step> steps() {
    return List.of(Step.MAIN_MODE_3, Step.MAIN_MODE_5, Step.QUICK_MODE_1, Step.PROBE);
  }

  private static Reaction run(TwoPeers scene, Step step, BiConsumer<ByteString, Carriage> action) {
    return Tampering.run(
        scene,
        Role.INITIATOR,
        step,
        new DatagramImpairment(
            "fragments", "", each -> true, (datagram, to, random) -> action.accept(datagram, to)));
  }

  @Test
  void cve20136076FragmentsInAnyOrderWithCopiesMakeTheMessage() {
    for (Step step : steps()) {
      TwoPeers scene = Tampering.scene(51);
      for (int seed = 0; seed < 10; seed++) {
        SeededRandom random = new SeededRandom(seed, "order");
        Reaction reaction =
            run(
                scene,
                step,
                (datagram, to) -> {
                  List<ByteString> fragments = new ArrayList<>(cut(datagram, 4));
                  fragments.addAll(fragments.subList(0, random.nextInt(4)));
                  Collections.shuffle(fragments, new Random(random.nextLong()));
                  fragments.forEach(to::send);
                });
        assertEquals(Reaction.Answer.NEXT_MESSAGE, reaction.answer(), reaction::toString);
        assertTrue(reaction.completed(), reaction::toString);
        Tampering.assertSurvived(scene, reaction);
      }
    }
  }

  /** Without bytes, without a number, a last one that is none, one that is too many. */
  @Test
  void cve20136076OddFragmentsOnlyDelay() {
    ByteString some = ByteString.of(new byte[] {1, 2, 3, 4});
    List<Fragment> odd = new ArrayList<>();
    for (int number : new int[] {0, 1, 2, 3, 16, 17, 255}) {
      for (int flags : new int[] {0, 1, 0x80, 0xff}) {
        odd.add(new Fragment(1, number, flags, ByteString.EMPTY));
        odd.add(new Fragment(1, number, flags, some));
        odd.add(new Fragment(0, number, flags, some));
      }
    }
    for (Step step : steps()) {
      TwoPeers scene = Tampering.scene(52);
      for (Fragment each : odd) {
        Reaction reaction =
            run(
                scene,
                step,
                (datagram, to) -> {
                  to.send(fragment(datagram, each));
                  cut(datagram, 3).forEach(to::send);
                });
        // What is spoilt comes again as a whole, which the script sends then.
        assertTrue(reaction.completed(), () -> each + ": " + reaction);
        assertTrue(reaction.alive(), reaction::toString);
      }
      assertEquals("", scene.difference());
    }
  }

  /** The mend of the flaw refused the last fragment when the message was sent again. */
  @Test
  void cve201610396AMessageSentAgainInFragmentsIsAnswered() {
    for (Step step : steps()) {
      TwoPeers scene = Tampering.scene(53);
      Reaction reaction =
          run(
              scene,
              step,
              (datagram, to) -> {
                List<ByteString> fragments = cut(datagram, 3);
                fragments.subList(0, 2).forEach(to::send);
                to.pause(TwoPeers.SECOND);
                fragments.forEach(to::send);
                fragments.forEach(to::send);
              });
      assertEquals(Reaction.Answer.NEXT_MESSAGE, reaction.answer(), reaction::toString);
      assertTrue(reaction.completed(), reaction::toString);
      Tampering.assertSurvived(scene, reaction);
    }
  }

  /**
   * Fragments without end of messages without end: what is kept is bounded, and the next is read.
   */
  @Test
  void cve201610396FragmentsWithoutEnd() {
    TwoPeers scene = Tampering.scene(54);
    ByteString data = ByteString.of(new byte[500]);
    Reaction reaction =
        run(
            scene,
            Step.MAIN_MODE_3,
            (datagram, to) -> {
              for (int id = 0; id < 2_000; id++) {
                for (int number = 1; number < 10; number++) {
                  to.send(fragment(datagram, new Fragment(id, number, 0, data)));
                }
              }
            });
    assertTrue(reaction.completed(), reaction::toString);
    Tampering.assertSurvived(scene, reaction);
  }
}
