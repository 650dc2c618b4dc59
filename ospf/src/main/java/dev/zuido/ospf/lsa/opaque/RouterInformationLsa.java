package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A Router Information LSA (RFC 7770): what a router is capable of.
 *
 * @param tlvs in their order
 */
public record RouterInformationLsa(List<TopLevel> tlvs) implements OpaqueBody {
  private static final int INFORMATIONAL_TLV = 1;
  private static final int FUNCTIONAL_TLV = 2;

  /** What stands directly in the body. */
  public sealed interface TopLevel permits InformationalCapabilities, FunctionalCapabilities, Tlv {
    /** Writes the TLV with its header and padding. */
    void encode(ByteBuf out);
  }

  /**
   * The Router Informational Capabilities TLV (section 2.4).
   *
   * @param words 32 bits each: bit 0 is the most significant one of the first word
   */
  public record InformationalCapabilities(List<Integer> words) implements TopLevel {
    /** The bit of a router that can restart gracefully. */
    public static final int GRACEFUL_RESTART = 0;

    /** The bit of a graceful restart helper. */
    public static final int GRACEFUL_RESTART_HELPER = 1;

    /** The bit of stub router support. */
    public static final int STUB_ROUTER = 2;

    /** The bit of traffic engineering support. */
    public static final int TRAFFIC_ENGINEERING = 3;

    /** The bit of point-to-point operation over a LAN. */
    public static final int POINT_TO_POINT_OVER_LAN = 4;

    /** The bit of experimental traffic engineering. */
    public static final int EXPERIMENTAL_TRAFFIC_ENGINEERING = 5;

    /** Copies the list. */
    public InformationalCapabilities {
      words = List.copyOf(words);
    }

    /** Whether a bit is set; bits that are not told are not. */
    public boolean has(int bit) {
      return isSet(words, bit);
    }

    @Override
    public void encode(ByteBuf out) {
      encodeWords(out, INFORMATIONAL_TLV, words);
    }
  }

  /**
   * The Router Functional Capabilities TLV (section 2.6).
   *
   * @param words 32 bits each: bit 0 is the most significant one of the first word
   */
  public record FunctionalCapabilities(List<Integer> words) implements TopLevel {
    /** Copies the list. */
    public FunctionalCapabilities {
      words = List.copyOf(words);
    }

    /** Whether a bit is set; bits that are not told are not. */
    public boolean has(int bit) {
      return isSet(words, bit);
    }

    @Override
    public void encode(ByteBuf out) {
      encodeWords(out, FUNCTIONAL_TLV, words);
    }
  }

  /** Copies the list. */
  public RouterInformationLsa {
    tlvs = List.copyOf(tlvs);
  }

  static RouterInformationLsa decode(ByteBuf in) throws MalformedPacketException {
    return new RouterInformationLsa(
        Tlv.decodeAll(in, "Router Information TLV", RouterInformationLsa::decode));
  }

  private static TopLevel decode(int type, ByteBuf value) throws MalformedPacketException {
    return switch (type) {
      case INFORMATIONAL_TLV -> new InformationalCapabilities(words(value));
      case FUNCTIONAL_TLV -> new FunctionalCapabilities(words(value));
      default -> Tlv.decode(type, value);
    };
  }

  private static List<Integer> words(ByteBuf value) throws MalformedPacketException {
    Tlv.require(value.readableBytes() % 4 == 0, "router capabilities", value);
    List<Integer> words = new ArrayList<>();
    while (value.isReadable()) {
      words.add(value.readInt());
    }
    return words;
  }

  private static boolean isSet(List<Integer> words, int bit) {
    if (bit < 0) {
      throw new IllegalArgumentException("bits are numbered from 0, not " + bit);
    }
    return bit / 32 < words.size() && (words.get(bit / 32) << bit % 32) < 0;
  }

  private static void encodeWords(ByteBuf out, int type, List<Integer> words) {
    Tlv.encodeHeader(out, type, 4 * words.size());
    words.forEach(out::writeInt);
  }

  @Override
  public int opaqueType() {
    return OpaqueLsa.ROUTER_INFORMATION;
  }

  @Override
  public void encode(ByteBuf out) {
    tlvs.forEach(tlv -> tlv.encode(out));
  }
}
