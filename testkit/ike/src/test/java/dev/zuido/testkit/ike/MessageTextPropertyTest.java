package dev.zuido.testkit.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.MessageText;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.ByteString;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever a peer sends, its text is safe to print: CVE-2015-3204 was a name of unassigned bits of
 * a situation that did not fit its buffer.
 */
class MessageTextPropertyTest {
  private static final int LONGEST_LINE = 20_000;

  @Provide
  Arbitrary<Payload> payloads() {
    return IsakmpArbitraries.payloads();
  }

  @Provide
  Arbitrary<IsakmpMessage> messages() {
    return IsakmpArbitraries.messages();
  }

  @Provide
  Arbitrary<IsakmpMessage> oddMessages() {
    return IsakmpArbitraries.oddMessages();
  }

  private static void assertSafe(List<String> lines) {
    for (String line : lines) {
      assertTrue(line.length() <= LONGEST_LINE, () -> line.length() + " characters");
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
    }
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void everyPayloadPrintsSafely(@ForAll("payloads") Payload payload) {
    List<String> lines = MessageText.of(payload);
    assertFalse(lines.isEmpty());
    assertSafe(lines);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void everyMessagePrintsSafely(@ForAll("messages") IsakmpMessage message) {
    assertSafe(MessageText.of(message));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void oddMessagesToo(@ForAll("oddMessages") IsakmpMessage message) {
    assertSafe(MessageText.of(message));
  }

  /** Every type and number, with any bytes behind it. */
  @Property(tries = 2_000)
  void anyBytesOfAnyTypePrintSafely(
      @ForAll @IntRange(max = 255) int idType,
      @ForAll @IntRange(max = 65_535) int number,
      @ForAll @IntRange(max = 32_767) int attribute,
      @ForAll @Size(max = 300) byte[] bytes) {
    ByteString data = ByteString.of(bytes);
    assertSafe(MessageText.of(new Identification(idType, idType, number, data)));
    assertSafe(
        MessageText.of(
            new Notification(
                number, idType, number, data.slice(0, Math.min(255, bytes.length)), data)));
    Transform transform =
        new Transform(
            idType,
            idType,
            List.of(
                new DataAttribute.Basic(attribute, number),
                new DataAttribute.Variable(attribute, data)));
    for (int protocol : new int[] {1, 2, 3, 4, idType}) {
      assertSafe(
          MessageText.of(
              SecurityAssociation.of(
                  List.of(new Proposal(idType, protocol, ByteString.EMPTY, List.of(transform))))));
    }
  }

  /** The flag fields of 32 and of 8 bits: all bits appear, the unassigned as a number. */
  @Property(tries = 5_000)
  void everyFlagFieldPrintsAllItsBits(@ForAll int bits) {
    String situation = MessageText.situation(bits);
    String flags = MessageText.flags(bits);
    assertSafe(List.of(situation, flags));
    assertEquals(
        bits,
        bit(situation, "SIT_IDENTITY_ONLY", 1)
            | bit(situation, "SIT_SECRECY", 2)
            | bit(situation, "SIT_INTEGRITY", 4)
            | rest(situation));
    assertEquals(
        bits,
        bit(flags, "encrypted", 1)
            | bit(flags, "commit", 2)
            | bit(flags, "authentication only", 4)
            | rest(flags));
  }

  private static int bit(String text, String name, int bit) {
    return text.contains(name) ? bit : 0;
  }

  private static int rest(String text) {
    int at = text.indexOf("0x");
    return at < 0 ? 0 : Integer.parseUnsignedInt(text.substring(at + 2), 16);
  }

  /** Neither a public value nor a nonce is shown, in whichever form. */
  @Property(tries = 200)
  void lengthsAlone(@ForAll @Size(min = 8, max = 256) byte[] bytes) {
    ByteString data = ByteString.of(bytes);
    String expected = ": " + bytes.length + " bytes";
    assertEquals("KE" + expected, MessageText.of(new KeyExchange(data)).get(0));
    assertEquals("NONCE" + expected, MessageText.of(new Nonce(data)).get(0));
  }
}
