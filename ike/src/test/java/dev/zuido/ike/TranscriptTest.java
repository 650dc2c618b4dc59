package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.transcript.MalformedTranscriptException;
import dev.zuido.ike.transcript.Replay;
import dev.zuido.ike.transcript.Replay.Difference;
import dev.zuido.ike.transcript.TranscriptRecorder;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts: what is in them, what repeats, and what a change in one does. */
class TranscriptTest {
  private static RecordedPair handshake() {
    RecordedPair pair = new RecordedPair(3, false, Site.config(true), Site.config(false));
    pair.a.initiate(0);
    pair.net.run(Net.SECOND);
    assertTrue(Net.usable(pair.a, pair.b));
    return pair;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void modesRekeysProbesAndLossRepeatToTheSameBytes(boolean hideA) throws Exception {
    RecordedPair pair = RecordedPair.busy(5, hideA);
    pair.net.loss = 0.15;
    pair.a.initiate(0);
    pair.net.run(900 * Net.SECOND);
    String text = pair.atA.toString();
    for (String word :
        List.of(
            "? secrets ",
            "? jitter long ",
            "? spi 0x",
            "? traffic ",
            "? release 0x",
            " computed ",
            " timeout",
            "R-U-THERE",
            "rekeyed=true",
            "< install ",
            "KE")) {
      assertTrue(text.contains(word), word);
    }
    assertTrue(pair.a.engine.counters().retransmitted() > 0);
    assertEquals(hideA, text.contains(Site.A + ":4500"));
    for (Replay replay : pair.replays()) {
      assertTrue(replay.isSame() && replay.sameConfiguration(), replay::toString);
    }
  }

  /** The date, by which certificates are valid, comes from the transcript too. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void signaturesRepeat(boolean aggressive) throws Exception {
    IkeConfig atA =
        Site.config(
            true,
            p ->
                AggressiveModeTest.mode(
                    TestCertificates.signed(p, true),
                    aggressive ? AggressiveMode.INITIATE : AggressiveMode.OFF));
    IkeConfig atB =
        Site.config(
            false,
            p -> AggressiveModeTest.mode(TestCertificates.signed(p, false), AggressiveMode.ACCEPT));
    RecordedPair pair = new RecordedPair(11, false, atA, atB);
    pair.a.initiate(0);
    pair.net.run(30 * Net.SECOND);
    assertTrue(Net.usable(pair.a, pair.b), () -> pair.a.outputs + "\n" + pair.b.outputs);
    for (Replay replay : pair.replays()) {
      assertTrue(replay.isSame() && replay.sameConfiguration(), replay::toString);
    }
    String clock = "\\? clock \\d+";
    assertEquals(1, pair.atA.toString().lines().filter(line -> line.matches(clock)).count());
    String later = pair.atA.toString().replaceAll(clock, "? clock 9999999999999");
    Replay replay = RecordedPair.replay(later, atA);
    assertFalse(replay.isSame(), "the certificate is too old then");
  }

  @Test
  void theFormatIsWhatIsDocumented() {
    List<String> lines = handshake().atA.toString().lines().toList();
    assertEquals("zuido ike secret transcript 1", lines.get(0));
    assertTrue(lines.get(1).matches("configuration [0-9a-f]{64}"), lines.get(1));
    assertEquals("> 0 command initiate \"peer\" \"gre\"", lines.get(2));
    assertTrue(lines.get(3).matches("\\? secrets [0-9a-f]{16}"), "a cookie: " + lines.get(3));
    assertTrue(
        lines.get(4).matches("< transmit 100\\.1\\.1\\.1:500 200\\.1\\.1\\.1:500 [0-9a-f]+"),
        lines.get(4));
    assertTrue(lines.get(5).startsWith("< event \"MessageSent["), lines.get(5));
    assertEquals("= 4000000000", lines.get(6));
    assertTrue(
        lines.get(7).matches("> 20000000 datagram 100\\.1\\.1\\.1:500 200\\.1\\.1\\.1:500 .*"));
    for (String line : lines.subList(2, lines.size())) {
      assertTrue(
          line.matches(
              "> \\d+ (datagram|command|computed|timeout)( .*)?"
                  + "|\\? (secrets|jitter|spi|release|traffic) .*"
                  + "|< (transmit|compute|install|event) .*"
                  + "|= (\\d+|never)"),
          line);
    }
  }

  @Test
  void thePreSharedKeyAndTheSessionKeysAreNotInIt() {
    RecordedPair pair = handshake();
    String text = pair.atA.toString();
    assertFalse(text.contains("636973636f"), "cisco");
    for (Site.Installed each : pair.a.installed.values()) {
      for (String key : each.keys().split("/")) {
        assertFalse(text.contains(key), "a key of ESP");
      }
    }
  }

  /** Each datagram that was sent, changed in one digit: found there, and at that byte. */
  @Test
  void aChangedByteIsFoundInItsLine() throws Exception {
    RecordedPair pair = handshake();
    List<String> lines = new ArrayList<>(pair.atA.toString().lines().toList());
    int changed = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("< transmit ")) {
        int hex = line.lastIndexOf(' ') + 1;
        int at = hex + 2 * (changed * 7 % ((line.length() - hex) / 2));
        String other = line.charAt(at) == '0' ? "1" : "0";
        lines.set(i, line.substring(0, at) + other + line.substring(at + 1));
        Difference difference = difference(lines, pair.configA);
        assertEquals(i + 1, difference.line());
        assertEquals((at - hex) / 2, difference.firstByte());
        assertEquals(lines.get(i), difference.expected());
        assertEquals(line, difference.actual());
        lines.set(i, line);
        changed++;
      }
    }
    assertEquals(5, changed);
  }

  /** Each line changed, left out or doubled: at that line, or the first after it that depends. */
  @Test
  void everyChangedLineIsFound() throws Exception {
    RecordedPair pair = handshake();
    List<String> lines = pair.atA.toString().lines().toList();
    for (int i = 2; i < lines.size(); i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertTrue(lineOf(without, pair.configA) >= i + 1, "left out: " + lines.get(i));
      if (!lines.get(i).startsWith("= ")) {
        List<String> doubled = new ArrayList<>(lines);
        doubled.add(i, lines.get(i));
        assertTrue(lineOf(doubled, pair.configA) >= i + 1, "doubled: " + lines.get(i));
      }
      if (lines.get(i).startsWith("< event") || lines.get(i).startsWith("< install")) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(i, lines.get(i).replaceFirst("\"", "\"Un"));
        assertEquals(i + 1, difference(changed, pair.configA).line());
      }
    }
  }

  /** Questions with another answer or of another kind: the engine asks them itself. */
  @Test
  void aChangedQuestionIsFound() throws Exception {
    RecordedPair pair = RecordedPair.busy(5, false);
    pair.a.initiate(0);
    pair.net.run(200 * Net.SECOND);
    List<String> lines = pair.atA.toString().lines().toList();
    List<String> kinds = new ArrayList<>();
    for (int i = 2; i < lines.size(); i++) {
      String kind = lines.get(i).split(" ", 3)[1];
      if (lines.get(i).startsWith("? ") && !kinds.contains(kind)) {
        kinds.add(kind);
        List<String> changed = new ArrayList<>(lines);
        changed.set(i, lines.get(i).replaceFirst(kind, kind + "x"));
        assertEquals(i + 1, difference(changed, pair.configA).line(), kind);
        if (kind.equals("release")) {
          changed.set(i, "? release 0x00000100");
          assertEquals(i + 1, difference(changed, pair.configA).line());
        }
      }
    }
    assertEquals(5, kinds.size(), kinds::toString);
  }

  /** Where reading the lines ends early, by a difference or an error; the last line may be gone. */
  private static int lineOf(List<String> lines, IkeConfig config) throws Exception {
    try {
      Replay replay = RecordedPair.replay(String.join("\n", lines) + "\n", config);
      Difference difference = replay.difference();
      return difference == null ? lines.size() + 1 : difference.line();
    } catch (MalformedTranscriptException e) {
      return e.line();
    }
  }

  private static Difference difference(List<String> lines, IkeConfig config) throws Exception {
    Replay replay = RecordedPair.replay(String.join("\n", lines) + "\n", config);
    assertFalse(replay.isSame());
    return assertNotNullDifference(replay);
  }

  private static Difference assertNotNullDifference(Replay replay) {
    Difference difference = replay.difference();
    assertNotNull(difference);
    return difference;
  }

  @Test
  void anotherKeyIsFoundWhereItFirstShows() throws Exception {
    RecordedPair pair = handshake();
    IkeConfig other =
        Site.config(
            true,
            p ->
                PeerConfig.siteToSite(
                    p.name(),
                    Site.A,
                    Site.B,
                    Site.secret("kisco"),
                    p.proposals(),
                    p.dpd(),
                    p.children()));
    Replay replay = RecordedPair.replay(pair.atA.toString(), other);
    assertTrue(replay.sameConfiguration(), "secrets aside");
    Difference difference = assertNotNullDifference(replay);
    assertEquals(28, difference.firstByte(), "the fifth message, behind its header");
    assertTrue(replay.toString().contains("different from byte 28 on"), replay::toString);
  }

  @Test
  void anotherConfigurationIsTold() throws Exception {
    RecordedPair pair = handshake();
    IkeConfig other =
        Site.config(true, p -> HandshakeTest.withPfs(p, DhGroup.MODP_1024, Site.TRIPLE_DES_MD5));
    Replay replay = RecordedPair.replay(pair.atA.toString(), other);
    assertFalse(replay.sameConfiguration());
    assertTrue(replay.toString().contains("the configuration is another"), replay::toString);
  }

  @Test
  void aDifferenceShowsNoSecret() throws Exception {
    RecordedPair pair = handshake();
    List<String> lines = new ArrayList<>(pair.atA.toString().lines().toList());
    int at = 2;
    while (!lines.get(at).startsWith("? secrets ")) {
      at++;
    }
    String secret = lines.get(at);
    lines.add(at, "= never");
    lines.set(at, "> 0 timeout");
    Replay replay = RecordedPair.replay(String.join("\n", lines) + "\n", pair.configA);
    assertFalse(replay.isSame());
    lines.set(at, secret + "00");
    assertFalse(
        difference(lines, pair.configA).toString().contains(secret.substring(10)),
        "the length alone");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'zuido ike secret transcript 2', 'line 1: '",
    "2, 'configurations', 'line 2: '",
    "3, '> soon timeout', 'line 3: no number'",
    "3, '> -1 timeout', 'line 3: a time is not negative'",
    "3, '> 0 timeout 1', 'line 3: a timeout with 1 words'",
    "3, '> 0 sleep', 'line 3: no kind of input: sleep'",
    "3, '>', 'line 3: a line begins with'",
    "3, 'x 0 timeout', 'line 3: a line begins with'",
    "3, '> 0 computed 9', 'line 3: there is no task 9'",
    "3, '> 0 command', 'line 3: '",
    "3, '> 0 command frobnicate', 'line 3: the command ''frobnicate'' is not known here'",
    "3, '> 0 command initiate \"peer\"', 'line 3: the command has 1 arguments'",
    "3, '> 0 command initiate \"peer \"gre\"', 'line 3: a quote within a word'",
    "3, '> 0 command initiate \"peer\" \"gre', 'line 3: a quote is not closed'",
    "3, '> 0 command initiate \"peer\" \"\\u00\"', 'line 3: '",
    "3, '> 0 command invalid-spi 1.1.1 2.2.2.2 0 1', 'line 3: not an IPv4 address'",
    "3, '> 0 datagram 1.1.1.1 2.2.2.2:500 00', 'line 3: ''1.1.1.1'' is no address with a port'",
    "3, '> 0 datagram 1.1.1.1:500 2.2.2.2:500 0', 'line 3: '",
    "3, '> 0 datagram 1.1.1.1:500 2.2.2.2:99999 00', 'line 3: a UDP port'",
    "4, '? secrets 0g', 'line 4: '",
    "5, '\u0007', 'line 5: a character that is not visible ASCII'",
  })
  void whatIsNoTranscriptIsToldByLine(int line, String text, String problem) {
    RecordedPair pair = handshake();
    List<String> lines = new ArrayList<>(pair.atA.toString().lines().toList());
    if (text.equals("? secrets 0g")) {
      lines.set(line - 1, "? secrets 0g00000000000000");
    } else {
      lines.set(line - 1, text);
    }
    MalformedTranscriptException e =
        assertThrows(
            MalformedTranscriptException.class,
            () -> RecordedPair.replay(String.join("\n", lines) + "\n", pair.configA));
    assertEquals(line, e.line());
    assertTrue(String.valueOf(e.getMessage()).startsWith(problem), e.getMessage());
  }

  @Test
  void aLineThatIsCutOffOrEndlessIsTold() {
    RecordedPair pair = handshake();
    String text = pair.atA.toString();
    String cut = text.substring(0, text.length() - 1);
    assertTrue(
        String.valueOf(
                assertThrows(
                        MalformedTranscriptException.class,
                        () -> RecordedPair.replay(cut, pair.configA))
                    .getMessage())
            .endsWith("the line is cut off"));
    String endless = text + "#" + "x".repeat(1 << 20) + "\n";
    assertTrue(
        String.valueOf(
                assertThrows(
                        MalformedTranscriptException.class,
                        () -> RecordedPair.replay(endless, pair.configA))
                    .getMessage())
            .contains("a line of more than"));
    assertThrows(MalformedTranscriptException.class, () -> RecordedPair.replay("", pair.configA));
  }

  @Test
  void emptyLinesAndRemarksMeanNothing() throws Exception {
    RecordedPair pair = handshake();
    String text = pair.atA.toString().replace("\n", "\n# a remark\n\n");
    Replay replay = RecordedPair.replay(text, pair.configA);
    assertTrue(replay.isSame() && replay.sameConfiguration(), replay::toString);
  }

  /** Every command there is goes into a transcript and comes out of it. */
  @Test
  void everyCommandRepeats() throws Exception {
    RecordedPair pair = handshake();
    long now = pair.net.now;
    List<IkeCommand> commands =
        List.of(
            new IkeCommand.Initiate("a \"name\"\n", "\\u0041\u00fc"),
            new IkeCommand.SaInstalled(77),
            new IkeCommand.SaRefused(78, "because\tof \"it\""),
            new IkeCommand.SaUsed(2),
            new IkeCommand.PeerSeenAt(1, new Endpoint(Site.B, 4500)),
            new IkeCommand.LifetimeExceeded(1, false),
            new IkeCommand.LifetimeExceeded(1, true),
            new IkeCommand.InvalidSpi(Site.A, Site.B, 4500, -2),
            new IkeCommand.Terminate("peer", "gre"),
            new IkeCommand.Terminate("peer", null),
            new IkeCommand.Shutdown());
    assertEquals(
        IkeCommand.class.getPermittedSubclasses().length,
        commands.stream().map(Object::getClass).distinct().count());
    for (IkeCommand command : commands) {
      pair.a.command(command, now++);
    }
    assertFalse(pair.atA.toString().contains("command unknown"));
    for (Replay replay : pair.replays()) {
      assertTrue(replay.isSame(), replay::toString);
    }
  }

  @Test
  void whatCannotBeWrittenDoesNotStopTheEngine() {
    TranscriptRecorder recorder = new TranscriptRecorder(new Full());
    Net net = new Net(1);
    Site a =
        net.add(
            Site.A,
            null,
            new Site(
                "a",
                Site.config(true),
                1,
                (c, s, j, p, t) -> recorder.engine(c, s, j, p, t, IsakmpKeyLog.NONE)));
    Site b = net.add(Site.B, Site.config(false), 2);
    a.initiate(0);
    net.run(Net.SECOND);
    assertTrue(Net.usable(a, b));
    assertEquals("full", recorder.failure().orElseThrow().getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            recorder.engine(
                Site.config(true),
                new TestRandom(1),
                new SplittableRandom(1),
                new NoSpis(),
                TrafficClock.SILENT,
                IsakmpKeyLog.NONE));
  }

  private static final class NoSpis implements SpiAllocator {
    @Override
    public int allocate() {
      return 0;
    }

    @Override
    public void release(int spi) {}
  }

  /** Takes a little. */
  private static final class Full implements Appendable {
    private int room = 1_000;

    @Override
    public Appendable append(CharSequence text) throws IOException {
      room -= text.length();
      if (room < 0) {
        throw new IOException("full");
      }
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
      return append(CharBuffer.wrap(new char[] {c}));
    }
  }
}
