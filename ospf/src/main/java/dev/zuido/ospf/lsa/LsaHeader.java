package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * The header of every LSA (RFC 2328 A.4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            LS age             |    Options    |    LS type    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Link State ID                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Advertising Router                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     LS sequence number                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         LS checksum           |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param age seconds since the LSA was originated, 0 to 65 535, with the {@link #DO_NOT_AGE} bit;
 *     {@link #MAX_AGE} and above, apart from that bit, is "too old"
 * @param options the Options field
 * @param type the LS type, 0 to 255: see {@link LsaType}
 * @param linkStateId the Link State ID
 * @param advertisingRouter the Router ID of the originator
 * @param sequence the LS sequence number, a signed number (section 12.1.6)
 * @param checksum the LS checksum, 0 to 65 535
 * @param length bytes of the LSA with this header, 20 to 65 535
 */
public record LsaHeader(
    int age,
    Options options,
    int type,
    Ipv4Address linkStateId,
    Ipv4Address advertisingRouter,
    int sequence,
    int checksum,
    int length) {
  /** Bytes of the header. */
  public static final int LENGTH = 20;

  /** MaxAge: the age, in seconds, at which an LSA is flushed (appendix B). */
  public static final int MAX_AGE = 3600;

  /** DoNotAge: the bit of the age that stops the aging (RFC 1793 section 2.2). */
  public static final int DO_NOT_AGE = 0x8000;

  /** MaxAgeDiff: ages, in seconds, that differ by no more are the same (appendix B). */
  public static final int MAX_AGE_DIFF = 900;

  /** LSRefreshTime: the age, in seconds, at which the originator makes a new instance. */
  public static final int REFRESH_TIME = 1800;

  /** CheckAge: the checksum of a held LSA is verified each time its age reaches a multiple. */
  public static final int CHECK_AGE = 300;

  /** InitialSequenceNumber: 0x80000001. */
  public static final int INITIAL_SEQUENCE = 0x8000_0001;

  /** MaxSequenceNumber: 0x7fffffff. */
  public static final int MAX_SEQUENCE = 0x7fff_ffff;

  /** ReservedSequenceNumber: 0x80000000, which no instance has. */
  public static final int RESERVED_SEQUENCE = 0x8000_0000;

  /** Checks the ranges. */
  public LsaHeader {
    if ((age & ~0xffff) != 0 || (type & ~0xff) != 0 || (checksum & ~0xffff) != 0) {
      throw new IllegalArgumentException("age, type or checksum out of range");
    }
    if (length < LENGTH || length > 0xffff) {
      throw new IllegalArgumentException("an LSA has 20 to 65535 bytes, not " + length);
    }
  }

  /** Reads a header: 20 bytes. The checksum cannot be judged without the body. */
  public static LsaHeader decode(ByteBuf in) throws MalformedPacketException {
    return decode(in, in.readerIndex());
  }

  /**
   * Reads a header that stands in a larger message.
   *
   * @param origin the reader index at which the message begins: what offsets in the exception count
   *     from
   */
  public static LsaHeader decode(ByteBuf in, int origin) throws MalformedPacketException {
    int start = in.readerIndex();
    if (in.readableBytes() < LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "LSA header", in.writerIndex() - origin);
    }
    int length = in.getUnsignedShort(start + 18);
    if (length < LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "LSA length", start + 18 - origin);
    }
    return new LsaHeader(
        in.readUnsignedShort(),
        new Options(in.readUnsignedByte()),
        in.readUnsignedByte(),
        Ipv4Address.read(in),
        Ipv4Address.read(in),
        in.readInt(),
        in.readUnsignedShort(),
        in.readUnsignedShort());
  }

  /** Writes the header: 20 bytes. */
  public void encode(ByteBuf out) {
    out.writeShort(age).writeByte(options.bits()).writeByte(type);
    linkStateId.write(out);
    advertisingRouter.write(out);
    out.writeInt(sequence).writeShort(checksum).writeShort(length);
  }

  /** The identity of what the LSA describes. */
  public LsaKey key() {
    return new LsaKey(type, linkStateId, advertisingRouter);
  }

  /** Whether the LSA is too old to be used in the route calculation. */
  public boolean isMaxAge() {
    return isMaxAge(age);
  }

  /** Whether an age, without its {@link #DO_NOT_AGE} bit, is MaxAge or more. */
  public static boolean isMaxAge(int age) {
    return (age & ~DO_NOT_AGE) >= MAX_AGE;
  }

  /** Whether the LSA does not age while it is held. */
  public boolean isDoNotAge() {
    return (age & DO_NOT_AGE) != 0 && !isMaxAge();
  }

  /**
   * An age as it may be sent: {@link #MAX_AGE} in place of anything above, also if the {@link
   * #DO_NOT_AGE} bit is set, since "the MaxAge form should always be used when flushing".
   */
  public static int bounded(int age) {
    return isMaxAge(age) ? MAX_AGE : age;
  }

  /** This header at another age, which is {@link #bounded}. */
  public LsaHeader withAge(int newAge) {
    return new LsaHeader(
        bounded(newAge), options, type, linkStateId, advertisingRouter, sequence, checksum, length);
  }

  /** Whether this instance is more recent than another one of the same key (section 13.1). */
  public boolean isNewerThan(LsaHeader other) {
    return compareInstances(this, other) > 0;
  }

  /**
   * Which of two instances of one LSA is more recent (section 13.1). The ages have to be those of
   * the same moment.
   *
   * @return positive if the first is more recent, negative if the second is, 0 if they are the same
   *     instance
   */
  public static int compareInstances(LsaHeader first, LsaHeader second) {
    if (first.sequence != second.sequence) {
      return Integer.compare(first.sequence, second.sequence);
    }
    if (first.checksum != second.checksum) {
      return Integer.compare(first.checksum, second.checksum);
    }
    if (first.isMaxAge() != second.isMaxAge()) {
      return first.isMaxAge() ? 1 : -1;
    }
    // RFC 1793 section 2.2: the DoNotAge bit does not count.
    int firstAge = first.age & ~DO_NOT_AGE;
    int secondAge = second.age & ~DO_NOT_AGE;
    if (!first.isMaxAge() && Math.abs(firstAge - secondAge) > MAX_AGE_DIFF) {
      return Integer.compare(secondAge, firstAge);
    }
    return 0;
  }
}
