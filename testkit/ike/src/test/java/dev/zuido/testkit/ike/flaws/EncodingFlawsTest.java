package dev.zuido.testkit.ike.flaws;

import static dev.zuido.testkit.ike.flaws.Tampering.FAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IdType;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.testkit.ike.IsakmpArbitraries;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.RawPayload;
import dev.zuido.testkit.ike.impairment.ScriptConfig;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in what they read (feature-anchors 3.1). */
class EncodingFlawsTest {
  private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 27, 28, 29, 0x7fff, 0x8000, 0xffff};

  /** A message shorter than its header says: cut at every offset, in every length field. */
  @Test
  void cve20134564LengthsThatTheBytesDoNotHave() {
    Tampering.assertHarmless(
        1,
        (datagram, to) -> {
          for (int length = 0; length < datagram.length(); length++) {
            to.send(datagram.slice(0, length));
          }
          for (int length : LENGTHS) {
            to.send(withInt(datagram, IsakmpHeader.LENGTH_OFFSET, length));
            to.send(withInt(datagram, IsakmpHeader.LENGTH_OFFSET, length << 16));
          }
          for (int length = -3; length <= 3; length++) {
            if (length != 0) {
              to.send(withInt(datagram, IsakmpHeader.LENGTH_OFFSET, datagram.length() + length));
            }
          }
          if (datagram.byteAt(19) == 0) {
            inTheClear(datagram, to::send);
          }
          for (int version = 0; version < 256; version++) {
            if (version != 0x10) {
              to.send(Tampering.withByte(datagram, 17, version));
            }
          }
        });
  }

  /** The length of the first payload, of which nothing but 4 to the message's end is possible. */
  private static void inTheClear(ByteString datagram, Consumer<ByteString> send) {
    int at = IsakmpHeader.LENGTH + 2;
    for (int length : new int[] {0, 1, 2, 3, 0x7fff, 0x8000, 0xffff}) {
      byte[] bytes = datagram.toArray();
      BigEndian.putShort(bytes, at, length);
      send.accept(ByteString.of(bytes));
    }
  }

  private static ByteString withInt(ByteString datagram, int at, int value) {
    byte[] bytes = datagram.toArray();
    BigEndian.putInt(bytes, at, value);
    return ByteString.of(bytes);
  }

  @Property(tries = 2_000)
  void cve20136075EqualityOfIdentitiesIsTotalAndSymmetric(
      @ForAll("identifications") Identification first,
      @ForAll("identifications") Identification second) {
    Identity one = first.identity();
    Identity other = second.identity();
    assertEquals(one.equals(other), other.equals(one));
    assertEquals(one, first.identity());
    assertEquals(one.hashCode(), first.identity().hashCode());
    assertEquals(first.data(), one.data());
    assertFalse(one.toString().isEmpty());
    if (one.equals(other)) {
      assertEquals(first.data(), second.data());
      assertEquals(first.idType(), second.idType());
    }
  }

  @Provide
  Arbitrary<Identification> identifications() {
    Arbitrary<ByteString> data =
        Arbitraries.oneOf(
            IsakmpArbitraries.bytes(0, 40),
            Arbitraries.of(0, 1, 3, 4, 5, 8, 16, 32)
                .flatMap(length -> IsakmpArbitraries.bytes(length, length)));
    return Combinators.combine(Arbitraries.integers().between(0, 14), data)
        .as((type, bytes) -> new Identification(type, 0, 0, bytes));
  }

  /** A peer that knows the key says who it is in every type and form. */
  @Test
  void cve20136075IdentitiesOfEveryTypeAndLengthAreOnlyRefused() {
    TwoPeers scene = Tampering.scene(2);
    ScriptConfig config = TwoPeers.script(TwoPeers.PEER, FAST, null);
    int[] lengths = {0, 1, 2, 4, 8, 16, 31};
    for (int type = 0; type <= IdType.KEY_ID + 1; type++) {
      for (int length : lengths) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) 0x30);
        Identity identity = new Identity.Opaque(type, ByteString.of(data));
        assertFalse(
            scene.scripted(type * 100L + length, config.withLocalIdentity(identity)).handshake(),
            identity::toString);
      }
    }
    assertTrue(scene.peer().handshake());
    assertEquals("", scene.difference());
  }

  @Property(tries = 2_000)
  void cve20153204FlagFieldsOfEveryValueCanBeShown(
      @ForAll int flags, @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long doi) {
    Transform transform = new Transform(flags & 0xff, flags >>> 8 & 0xff, List.of());
    Proposal proposal =
        new Proposal(flags & 0xff, flags >>> 16 & 0xff, ByteString.EMPTY, List.of(transform));
    assertFalse(new SecurityAssociation(doi, flags, List.of(proposal)).toString().isEmpty());
    assertFalse(
        new Notification(doi, flags & 0xff, flags >>> 16, ByteString.EMPTY, ByteString.EMPTY)
            .toString()
            .isEmpty());
  }

  @Test
  void cve20153204EveryNumberHasAName() {
    List<IntFunction<String>> names =
        List.of(
            PayloadType::nameOf,
            ExchangeType::nameOf,
            NotifyType::nameOf,
            IdType::nameOf,
            ProtocolId::nameOf,
            PhaseOneAttribute::nameOf,
            PhaseOneAttribute.Encryption::nameOf,
            PhaseOneAttribute.HashAlgorithm::nameOf,
            PhaseOneAttribute.Authentication::nameOf,
            IpsecAttribute::nameOf,
            TransformId.Esp::nameOf);
    for (IntFunction<String> name : names) {
      for (int value = -1; value <= 0x1_0000; value++) {
        assertFalse(name.apply(value).isEmpty());
      }
      assertFalse(name.apply(Integer.MIN_VALUE).isEmpty());
      assertFalse(name.apply(Integer.MAX_VALUE).isEmpty());
    }
  }

  /** In what nobody has encrypted, every type as the first payload. */
  @Test
  void cve20153991PayloadsOfEveryTypeInPlaceOfTheFirst() {
    for (Role role : Role.values()) {
      TwoPeers scene = Tampering.scene(3);
      for (Step step : Tampering.steps(scene, role)) {
        Tampering.assertSurvived(
            scene,
            Tampering.run(
                scene,
                role,
                step,
                Tampering.before(
                    (datagram, to) -> {
                      for (int type = 0; type < 256; type++) {
                        if (type != (datagram.byteAt(16) & 0xff)) {
                          to.send(Tampering.withByte(datagram, 16, type));
                        }
                      }
                    })));
      }
    }
  }

  /** In authentic messages, every type at the end; at one step each, or at all. */
  @Test
  void cve20153991PayloadsOfEveryTypeInEveryExchange() {
    for (Role role : Role.values()) {
      for (int type = 1; type < 256; type++) {
        TwoPeers scene = Tampering.scene(type);
        List<Step> steps = Tampering.steps(scene, role);
        RawPayload extra = RawPayload.of(type, ByteString.of(new byte[] {0, 0, 0, 1, 0, 0, 0, 1}));
        for (int i = 0; i < steps.size(); i++) {
          if (Tampering.WHOLE || i == type % steps.size()) {
            Tampering.assertSurvived(
                scene,
                Tampering.run(
                    scene,
                    role,
                    steps.get(i),
                    Tampering.content(draft -> draft.payloads().add(extra))));
          }
        }
      }
    }
  }
}
