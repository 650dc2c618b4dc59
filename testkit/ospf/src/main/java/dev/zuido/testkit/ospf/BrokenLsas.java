package dev.zuido.testkit.ospf;

import dev.zuido.ospf.lsa.LsaChecksum;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * LSAs that are sound but for one rule; length and checksum fit unless they are the rule. A Link
 * State Update packet hands them out, but they are not intact: no router installs or floods them.
 */
public final class BrokenLsas {
  private static final int BODY = LsaHeader.LENGTH;
  private static final int LENGTH_OFFSET = 18;
  private static final int CHECKSUM_OFFSET = 16;

  /** The rule that is broken. */
  public enum Rule {
    /** The checksum is right (section 13 step 1). */
    CHECKSUM(null),
    /** The fixed part of the body is there. */
    FIXED_PART(
        MalformedReason.TRUNCATED,
        LsaType.ROUTER,
        LsaType.NETWORK,
        LsaType.SUMMARY_NETWORK,
        LsaType.SUMMARY_ASBR,
        LsaType.AS_EXTERNAL,
        LsaType.NSSA),
    /** There are as many links as the router-LSA says. */
    LINK_COUNT(MalformedReason.BAD_LENGTH, LsaType.ROUTER),
    /** Nothing follows the last link. */
    NOTHING_FOLLOWS(MalformedReason.TRAILING_BYTES, LsaType.ROUTER),
    /** There are as many metrics for types of service as the link says. */
    TOS_COUNT(MalformedReason.TRUNCATED, LsaType.ROUTER),
    /** The list of attached routers, metrics or routes is a whole number of elements. */
    WHOLE_ELEMENTS(
        MalformedReason.BAD_LENGTH,
        LsaType.NETWORK,
        LsaType.SUMMARY_NETWORK,
        LsaType.SUMMARY_ASBR,
        LsaType.AS_EXTERNAL,
        LsaType.NSSA);

    private final @Nullable MalformedReason reason;

    /** A bit for each type of LSA in which the rule can be broken. */
    private final int types;

    Rule(@Nullable MalformedReason reason, int... types) {
      this.reason = reason;
      int bits = types.length == 0 ? -1 : 0;
      for (int type : types) {
        bits |= 1 << type;
      }
      this.types = bits;
    }

    /** The reason for which the body is refused; null if the body is sound. */
    public @Nullable MalformedReason reason() {
      return reason;
    }

    boolean appliesTo(int type) {
      return (types & 1 << type) != 0;
    }
  }

  /**
   * An LSA and the one rule that it breaks.
   *
   * @param rule the rule
   * @param bytes the LSA
   */
  public record BrokenLsa(Rule rule, ByteString bytes) {}

  private BrokenLsas() {}

  /** LSAs that break each rule. */
  public static Arbitrary<BrokenLsa> lsas() {
    return Arbitraries.of(Rule.class)
        .flatMap(
            rule ->
                Combinators.combine(
                        OspfArbitraries.lsas().filter(lsa -> rule.appliesTo(lsa.header().type())),
                        Arbitraries.integers().between(0, 0xffff))
                    .as(
                        (lsa, salt) -> {
                          ByteBuf out = Unpooled.buffer();
                          lsa.encode(out);
                          byte[] bytes = ByteString.read(out, out.readableBytes()).toArray();
                          return new BrokenLsa(rule, broken(rule, bytes, salt));
                        }));
  }

  private static ByteString broken(Rule rule, byte[] bytes, int salt) {
    int type = bytes[3];
    return switch (rule) {
      case CHECKSUM -> {
        // Not by 0xff: the checksum counts 0 and 255 as the same.
        bytes[CHECKSUM_OFFSET + salt % 2] ^= (byte) (1 + salt % 254);
        yield ByteString.of(bytes);
      }
      case FIXED_PART -> resized(bytes, BODY + salt % fixedLength(type));
      case LINK_COUNT -> {
        int links = BigEndian.getUnsignedShort(bytes, BODY + 2);
        int room = (bytes.length - BODY - 4) / 12;
        BigEndian.putShort(bytes, BODY + 2, Math.min(0xffff, Math.max(links, room) + 1 + salt));
        yield summed(bytes);
      }
      case NOTHING_FOLLOWS -> resized(bytes, bytes.length + 1 + salt % 40);
      case TOS_COUNT -> {
        // One link at the end, whose metrics are not there.
        byte[] one = Arrays.copyOf(bytes, BODY + 4 + 12);
        BigEndian.putShort(one, BODY + 2, 1);
        one[BODY + 4 + 9] = (byte) (1 + salt % 255);
        yield resized(one, one.length);
      }
      case WHOLE_ELEMENTS -> resized(bytes, bytes.length + 1 + salt % 3);
    };
  }

  private static int fixedLength(int type) {
    return switch (type) {
      case LsaType.ROUTER, LsaType.NETWORK -> 4;
      case LsaType.AS_EXTERNAL, LsaType.NSSA -> 16;
      default -> 8;
    };
  }

  private static ByteString resized(byte[] bytes, int length) {
    byte[] resized = Arrays.copyOf(bytes, length);
    BigEndian.putShort(resized, LENGTH_OFFSET, length);
    return summed(resized);
  }

  private static ByteString summed(byte[] bytes) {
    BigEndian.putShort(bytes, CHECKSUM_OFFSET, LsaChecksum.compute(bytes, 0, bytes.length));
    return ByteString.of(bytes);
  }

  /** The rules that an LSA type can break. */
  public static List<Rule> rulesOf(int type) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      if (rule.appliesTo(type)) {
        rules.add(rule);
      }
    }
    return rules;
  }
}
