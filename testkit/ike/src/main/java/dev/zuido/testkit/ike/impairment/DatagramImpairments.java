package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the network and those in it do to datagrams. */
final class DatagramImpairments {
  private static final long SECOND = 1_000_000_000L;
  private static final int FRAGMENT_HEADER = 8;
  private static final int LAST = 1;

  private DatagramImpairments() {}

  static List<DatagramImpairment> all() {
    return List.of(
        of("drop", "the datagram is lost", (datagram, to, random) -> {}),
        of(
            "duplicate",
            "the datagram comes twice",
            (datagram, to, random) -> {
              to.send(datagram);
              to.send(datagram);
            }),
        of(
            "delay",
            "the datagram comes 3 s late",
            (datagram, to, random) -> {
              to.pause(3 * SECOND);
              to.send(datagram);
            }),
        new DatagramImpairment(
            "reorder",
            "the next message overtakes the datagram",
            step -> step == Step.QUICK_MODE_3,
            (datagram, to, random) -> to.hold(datagram)),
        of(
            "truncate",
            "the datagram is cut somewhere",
            (datagram, to, random) ->
                to.send(datagram.slice(0, random.nextInt(datagram.length())))),
        of(
            "empty-datagram",
            "a datagram without bytes",
            (datagram, to, random) -> to.send(ByteString.EMPTY)),
        of(
            "trailing-bytes",
            "five bytes follow the message",
            (datagram, to, random) ->
                to.send(ByteString.of(Arrays.copyOf(datagram.toArray(), datagram.length() + 5)))),
        of("bit-flip", "one bit is flipped", DatagramImpairments::flip),
        new DatagramImpairment(
            "replay",
            "all messages that were sent before come again behind the datagram",
            step -> step != Step.MAIN_MODE_1 && step != Step.AGGRESSIVE_1,
            (datagram, to, random) -> {
              List<ByteString> earlier = to.sent();
              to.send(datagram);
              earlier.forEach(to::send);
            }),
        of(
            "spoofed-source",
            "the datagram comes from another address",
            (datagram, to, random) -> to.sendSpoofed(datagram)),
        of(
            "fragments-empty",
            "the message comes as a fragment without bytes, twice",
            (datagram, to, random) -> {
              to.send(fragment(datagram, 1, 0, new byte[0]));
              to.send(fragment(datagram, 1, LAST, new byte[0]));
            }),
        of(
            "fragments-forged-last",
            "before the fragments of the message comes a forged last one",
            (datagram, to, random) -> {
              byte[] bytes = datagram.toArray();
              int middle = bytes.length / 2;
              to.send(fragment(datagram, 2, LAST, new byte[] {1, 2, 3, 4}));
              to.send(fragment(datagram, 1, 0, Arrays.copyOf(bytes, middle)));
              to.send(fragment(datagram, 2, LAST, Arrays.copyOfRange(bytes, middle, bytes.length)));
            }),
        of(
            "fragments-many",
            "255 fragments of a byte each, without a last one",
            (datagram, to, random) -> {
              for (int number = 1; number <= 255; number++) {
                to.send(fragment(datagram, number, 0, new byte[] {(byte) number}));
              }
            }),
        of(
            "fragments-number-zero",
            "a last fragment with the number 0",
            (datagram, to, random) -> to.send(fragment(datagram, 0, LAST, datagram.toArray()))));
  }

  private static DatagramImpairment of(
      String name, String description, DatagramImpairment.Action action) {
    return new DatagramImpairment(name, description, step -> true, action);
  }

  private static void flip(ByteString datagram, Carriage to, RandomGenerator random) {
    byte[] bytes = datagram.toArray();
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    to.send(ByteString.of(bytes));
  }

  /**
   * A fragment as Cisco cuts them: the message's header with the fragment payload alone, whose body
   * is a fragment ID, the fragment's number and a flag for the last one.
   */
  static ByteString fragment(ByteString message, int number, int flags, byte[] data) {
    byte[] bytes =
        Arrays.copyOf(
            Arrays.copyOf(message.toArray(), IsakmpHeader.LENGTH),
            IsakmpHeader.LENGTH + FRAGMENT_HEADER + data.length);
    bytes[16] = (byte) PayloadType.CISCO_FRAGMENT;
    bytes[19] = 0;
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH_OFFSET, bytes.length);
    int at = IsakmpHeader.LENGTH;
    BigEndian.putShort(bytes, at + 2, FRAGMENT_HEADER + data.length);
    BigEndian.putShort(bytes, at + Payload.HEADER_LENGTH, 1);
    bytes[at + 6] = (byte) number;
    bytes[at + 7] = (byte) flags;
    System.arraycopy(data, 0, bytes, at + FRAGMENT_HEADER, data.length);
    return ByteString.of(bytes);
  }
}
