package dev.zuido.ospf.lsa.opaque;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** What the Link TLV of a traffic engineering LSA says (RFC 3630 section 2.5). */
public sealed interface TeLinkSubTlv
    permits TeLinkSubTlv.LinkType,
        TeLinkSubTlv.LinkId,
        TeLinkSubTlv.LocalAddresses,
        TeLinkSubTlv.RemoteAddresses,
        TeLinkSubTlv.Metric,
        TeLinkSubTlv.MaximumBandwidth,
        TeLinkSubTlv.MaximumReservableBandwidth,
        TeLinkSubTlv.UnreservedBandwidth,
        TeLinkSubTlv.AdministrativeGroup,
        Tlv {
  /** Writes the sub-TLV with its header and padding. */
  void encode(ByteBuf out);

  /** Bytes of the sub-TLV with its header and padding. */
  int encodedLength();

  /**
   * A bandwidth in bytes per second.
   *
   * @param ieeeBits the 32 bits of an IEEE floating point number, as they came: they need not make
   *     sense
   */
  record Bandwidth(int ieeeBits) {
    /** A bandwidth from a number. */
    public static Bandwidth of(float bytesPerSecond) {
      return new Bandwidth(Float.floatToIntBits(bytesPerSecond));
    }

    /** Bytes per second; not a number, negative or infinite if the originator says so. */
    public float bytesPerSecond() {
      return Float.intBitsToFloat(ieeeBits);
    }

    @Override
    public String toString() {
      return bytesPerSecond() + " bytes/s";
    }
  }

  /**
   * Sub-TLV 1.
   *
   * @param type {@link #POINT_TO_POINT} or {@link #MULTI_ACCESS}; 0 to 255
   */
  record LinkType(int type) implements TeLinkSubTlv {
    /** A point-to-point link. */
    public static final int POINT_TO_POINT = 1;

    /** A multi-access link. */
    public static final int MULTI_ACCESS = 2;

    /** Checks the range. */
    public LinkType {
      if ((type & ~0xff) != 0) {
        throw new IllegalArgumentException("a link type has 8 bits: " + type);
      }
    }

    @Override
    public void encode(ByteBuf out) {
      Tlv.encodeHeader(out, 1, 1);
      out.writeByte(type);
      Tlv.pad(out, 1);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(1);
    }
  }

  /**
   * Sub-TLV 2.
   *
   * @param id as in the router-LSA
   */
  record LinkId(Ipv4Address id) implements TeLinkSubTlv {
    @Override
    public void encode(ByteBuf out) {
      Tlv.encodeHeader(out, 2, 4);
      id.write(out);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4);
    }
  }

  /**
   * Sub-TLV 3.
   *
   * @param addresses those of the interface
   */
  record LocalAddresses(List<Ipv4Address> addresses) implements TeLinkSubTlv {
    /** Copies the list. */
    public LocalAddresses {
      addresses = List.copyOf(addresses);
    }

    @Override
    public void encode(ByteBuf out) {
      encodeAddresses(out, 3, addresses);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4 * addresses.size());
    }
  }

  /**
   * Sub-TLV 4.
   *
   * @param addresses those of the neighbor's interface
   */
  record RemoteAddresses(List<Ipv4Address> addresses) implements TeLinkSubTlv {
    /** Copies the list. */
    public RemoteAddresses {
      addresses = List.copyOf(addresses);
    }

    @Override
    public void encode(ByteBuf out) {
      encodeAddresses(out, 4, addresses);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4 * addresses.size());
    }
  }

  /**
   * Sub-TLV 5.
   *
   * @param metric the metric for traffic engineering; 32 bits, unsigned
   */
  record Metric(long metric) implements TeLinkSubTlv {
    /** Checks the range. */
    public Metric {
      if ((metric & ~0xffff_ffffL) != 0) {
        throw new IllegalArgumentException("a metric has 32 bits: " + metric);
      }
    }

    @Override
    public void encode(ByteBuf out) {
      encodeInt(out, 5, (int) metric);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4);
    }
  }

  /**
   * Sub-TLV 6.
   *
   * @param bandwidth what the link can carry in this direction
   */
  record MaximumBandwidth(Bandwidth bandwidth) implements TeLinkSubTlv {
    @Override
    public void encode(ByteBuf out) {
      encodeInt(out, 6, bandwidth.ieeeBits());
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4);
    }
  }

  /**
   * Sub-TLV 7.
   *
   * @param bandwidth what may be reserved in this direction
   */
  record MaximumReservableBandwidth(Bandwidth bandwidth) implements TeLinkSubTlv {
    @Override
    public void encode(ByteBuf out) {
      encodeInt(out, 7, bandwidth.ieeeBits());
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4);
    }
  }

  /**
   * Sub-TLV 8.
   *
   * @param byPriority what is not yet reserved, at the priorities 0 to 7
   */
  record UnreservedBandwidth(List<Bandwidth> byPriority) implements TeLinkSubTlv {
    /** How many priorities there are. */
    public static final int PRIORITIES = 8;

    /** Checks that there is one for each priority. */
    public UnreservedBandwidth {
      byPriority = List.copyOf(byPriority);
      if (byPriority.size() != PRIORITIES) {
        throw new IllegalArgumentException("8 priorities, not " + byPriority.size());
      }
    }

    @Override
    public void encode(ByteBuf out) {
      Tlv.encodeHeader(out, 8, 4 * PRIORITIES);
      byPriority.forEach(each -> out.writeInt(each.ieeeBits()));
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4 * PRIORITIES);
    }
  }

  /**
   * Sub-TLV 9.
   *
   * @param mask a bit for each group, the least significant one for group 0
   */
  record AdministrativeGroup(int mask) implements TeLinkSubTlv {
    @Override
    public void encode(ByteBuf out) {
      encodeInt(out, 9, mask);
    }

    @Override
    public int encodedLength() {
      return Tlv.encodedLength(4);
    }
  }

  /** Reads a sub-TLV. */
  static TeLinkSubTlv decode(int type, ByteBuf value) throws MalformedPacketException {
    int length = value.readableBytes();
    switch (type) {
      case 1 -> Tlv.require(length == 1, "link type", value);
      case 2, 5, 6, 7, 9 -> Tlv.require(length == 4, "traffic engineering link sub-TLV", value);
      case 3, 4 -> Tlv.require(length % 4 == 0, "interface addresses", value);
      case 8 ->
          Tlv.require(length == 4 * UnreservedBandwidth.PRIORITIES, "unreserved bandwidth", value);
      default -> {}
    }
    return switch (type) {
      case 1 -> new LinkType(value.readUnsignedByte());
      case 2 -> new LinkId(Ipv4Address.read(value));
      case 3 -> new LocalAddresses(addresses(value));
      case 4 -> new RemoteAddresses(addresses(value));
      case 5 -> new Metric(value.readUnsignedInt());
      case 6 -> new MaximumBandwidth(new Bandwidth(value.readInt()));
      case 7 -> new MaximumReservableBandwidth(new Bandwidth(value.readInt()));
      case 8 -> new UnreservedBandwidth(bandwidths(value));
      case 9 -> new AdministrativeGroup(value.readInt());
      default -> Tlv.decode(type, value);
    };
  }

  private static List<Ipv4Address> addresses(ByteBuf value) {
    List<Ipv4Address> addresses = new ArrayList<>();
    while (value.isReadable()) {
      addresses.add(Ipv4Address.read(value));
    }
    return addresses;
  }

  private static List<Bandwidth> bandwidths(ByteBuf value) {
    List<Bandwidth> bandwidths = new ArrayList<>();
    while (value.isReadable()) {
      bandwidths.add(new Bandwidth(value.readInt()));
    }
    return bandwidths;
  }

  private static void encodeAddresses(ByteBuf out, int type, List<Ipv4Address> addresses) {
    Tlv.encodeHeader(out, type, 4 * addresses.size());
    addresses.forEach(each -> each.write(out));
  }

  private static void encodeInt(ByteBuf out, int type, int value) {
    Tlv.encodeHeader(out, type, 4);
    out.writeInt(value);
  }
}
