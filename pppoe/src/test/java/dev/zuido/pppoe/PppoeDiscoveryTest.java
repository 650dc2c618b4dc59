package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's discovery stage against packets that the test writes (RFC 2516 section 5, 8). */
final class PppoeDiscoveryTest {
  private static final PppoeTag COOKIE = new PppoeTag.AcCookie(ByteString.ofHex("c0c0"));
  private static final PppoeTag RELAY = new PppoeTag.RelaySessionId(ByteString.ofHex("4e1a"));
  private static final PppoeTag ANY = PppoeTag.ServiceName.of("");
  private static final PppoeTag NAME = PppoeTag.AcName.of("ac");

  private final Wire wire = new Wire();

  PppoeDiscoveryTest() {
    wire.passes = frame -> false;
  }

  private Wire.Station dialled(PppoeClientConfig config) {
    Wire.Station station = wire.station(config);
    station.client.dial(wire.now);
    wire.settle();
    return station;
  }

  private Wire.Station dialled() {
    return dialled(Wire.clientConfig());
  }

  private PppoeTag uniq() {
    List<PppoePacket> initiations = wire.packets(PppoeCode.PADI);
    return initiations.get(initiations.size() - 1).first(PppoeTag.HostUniq.class).orElseThrow();
  }

  private PppoeVerdict receive(Wire.Station station, ByteString frame) {
    PacketBatch batch = Wire.batch(frame);
    station.client.decapsulate(batch, wire.now);
    wire.settle();
    return (PppoeVerdict) batch.verdict(0);
  }

  private void answer(
      Wire.Station station, MacAddress from, int code, int sessionId, PppoeTag... tags) {
    PppoePacket packet = new PppoePacket(code, sessionId, List.of(tags));
    assertEquals(PppoeVerdict.CONTROL, receive(station, Wire.frame(Wire.STATION, from, packet)));
  }

  private Wire.Station requesting() {
    Wire.Station station = dialled();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq(), COOKIE, RELAY);
    assertEquals(PppoeState.REQUESTING, station.state(wire.now));
    return station;
  }

  private Wire.Station inSession() {
    Wire.Station station = requesting();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0x1234, ANY, uniq());
    assertEquals(PppoeState.NEGOTIATING, station.state(wire.now));
    return station;
  }

  private static void assertDropped(Wire.Station station, PppoeDropReason reason) {
    assertEquals(1, station.client.discoveryDrops().get(reason), reason.name());
    assertEquals(1, station.client.discoveryDrops().snapshot().size());
  }

  @Test
  void aSecondSessionOfARepeatedRequestIsEnded() {
    Wire.Station station = inSession();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0x1235, ANY, uniq());
    List<PppoePacket> ended = wire.packets(PppoeCode.PADT);
    assertEquals(1, ended.size());
    assertEquals(0x1235, ended.get(0).sessionId());
    assertEquals(0x1234, station.client.snapshot(wire.now).sessionId());
  }

  @Test
  void aConfirmationOnceMoreOrOfAStrangerEndsNothing() {
    Wire.Station station = inSession();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0x1234, ANY, uniq());
    answer(station, Wire.OTHER, PppoeCode.PADS, 0x1235, ANY, uniq());
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0x1235, ANY);
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0, ANY, uniq());
    assertEquals(List.of(), wire.packets(PppoeCode.PADT));
    assertEquals(0x1234, station.client.snapshot(wire.now).sessionId());
  }

  @Test
  void fromTheInitiationToTheSessionInBytes() {
    Wire.Station station = dialled();
    String uniq = uniq().value().toString();
    assertEquals(8, uniq.length() / 2);
    assertEquals(
        "ffffffffffff"
            + "020000000001"
            + "8863"
            + "11"
            + "09"
            + "0000"
            + "0010"
            + "01010000"
            + "01030008"
            + uniq,
        wire.sent.get(0).toString());
    receive(
        station,
        ByteString.ofHex(
            "020000000001"
                + "0200000000ac"
                + "8863"
                + "11"
                + "07"
                + "0000"
                + "0022"
                + "01010000"
                + "010200026163"
                + "01030008"
                + uniq
                + "01040002c0c0"
                + "011000024e1a"));
    assertEquals(
        "0200000000ac"
            + "020000000001"
            + "8863"
            + "11"
            + "19"
            + "0000"
            + "001c"
            + "01010000"
            + "01030008"
            + uniq
            + "01040002c0c0"
            + "011000024e1a",
        wire.sent.get(1).toString());
    receive(
        station,
        ByteString.ofHex(
            "020000000001"
                + "0200000000ac"
                + "8863"
                + "11"
                + "65"
                + "1234"
                + "0010"
                + "01010000"
                + "01030008"
                + uniq));
    ByteString first = wire.sent.get(2);
    String rest = first.toString().substring(2 * 20);
    assertEquals(
        "0200000000ac"
            + "020000000001"
            + "8864"
            + "11"
            + "00"
            + "1234"
            + String.format("%04x", rest.length() / 2)
            + rest,
        first.toString());
    assertTrue(rest.startsWith("c02101"), "LCP's Configure-Request follows");
    assertEquals(
        List.of(new PppoeOutput.SessionStarted(0x1234, Wire.CONCENTRATOR, "ac", 1492)),
        station.all(PppoeOutput.SessionStarted.class));
  }

  @Test
  void eachAttemptHasAnotherHostUniq() {
    Wire.Station station = dialled();
    PppoeTag first = uniq();
    wire.run(140 * Wire.SECOND);
    assertEquals(List.of(new PppoeEnd.NoOffer()), station.ends());
    assertNotEquals(first, uniq());
  }

  private static Stream<Arguments> badOffers() {
    PppoeTag other = new PppoeTag.HostUniq(ByteString.ofHex("0102030405060708"));
    return Stream.of(
        Arguments.of(PppoeDropReason.WRONG_HOST_UNIQ, 0, List.of(ANY, NAME)),
        Arguments.of(PppoeDropReason.WRONG_HOST_UNIQ, 0, List.of(ANY, NAME, other)),
        Arguments.of(PppoeDropReason.WRONG_SESSION_ID, 1, List.of(ANY, NAME)),
        Arguments.of(PppoeDropReason.MISSING_TAG, -1, List.of(ANY)),
        Arguments.of(PppoeDropReason.MISSING_TAG, -1, List.of(ANY, NAME, NAME)),
        Arguments.of(
            PppoeDropReason.ERROR_TAG, -1, List.of(ANY, NAME, PppoeTag.GenericError.of("no"))),
        Arguments.of(
            PppoeDropReason.ANSWER_TOO_LONG,
            -1,
            List.of(ANY, NAME, new PppoeTag.AcCookie(ByteString.of(new byte[1490])))));
  }

  /** Where the number is -1 the packet has session 0 and our Host-Uniq. */
  @ParameterizedTest
  @MethodSource("badOffers")
  void anOfferThatIsNoneChangesNothing(
      PppoeDropReason reason, int sessionId, List<PppoeTag> given) {
    Wire.Station station = dialled();
    List<PppoeTag> tags = new ArrayList<>(given);
    if (sessionId < 0) {
      tags.add(uniq());
    }
    answer(
        station,
        Wire.CONCENTRATOR,
        PppoeCode.PADO,
        Math.max(0, sessionId),
        tags.toArray(new PppoeTag[0]));
    assertDropped(station, reason);
    assertEquals(PppoeState.DISCOVERING, station.state(wire.now));
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq());
    assertEquals(PppoeState.REQUESTING, station.state(wire.now));
  }

  @Test
  void anOfferFromAGroupIsNone() {
    Wire.Station station = dialled();
    answer(station, MacAddress.BROADCAST, PppoeCode.PADO, 0, ANY, NAME, uniq());
    assertDropped(station, PppoeDropReason.WRONG_STATION);
  }

  @Test
  void anOfferToAllIsNotForUs() {
    Wire.Station station = dialled();
    PppoePacket offer = new PppoePacket(PppoeCode.PADO, 0, List.of(ANY, NAME, uniq()));
    for (MacAddress to : List.of(MacAddress.BROADCAST, Wire.OTHER)) {
      ByteString frame = Wire.frame(to, Wire.CONCENTRATOR, offer);
      assertEquals(PppoeVerdict.NOT_FOR_US, receive(station, frame));
    }
    assertEquals(PppoeState.DISCOVERING, station.state(wire.now));
  }

  @Test
  void theServiceAndTheConcentratorAreChosen() {
    Wire.Station station =
        dialled(Wire.clientConfig().withServiceName("voice").withConcentrator("ac-2"));
    PppoeTag voice = PppoeTag.ServiceName.of("voice");
    PppoeTag second = PppoeTag.AcName.of("ac-2");
    assertTrue(wire.packets(PppoeCode.PADI).get(0).tags().contains(voice));
    answer(station, Wire.OTHER, PppoeCode.PADO, 0, voice, NAME, uniq());
    assertDropped(station, PppoeDropReason.OTHER_CONCENTRATOR);
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, second, uniq());
    assertEquals(1, station.client.discoveryDrops().get(PppoeDropReason.OTHER_SERVICE));
    answer(
        station,
        Wire.CONCENTRATOR,
        PppoeCode.PADO,
        0,
        PppoeTag.ServiceName.of("internet"),
        voice,
        second,
        uniq());
    PppoePacket request = wire.packets(PppoeCode.PADR).get(0);
    assertEquals(1, request.count(PppoeTag.ServiceName.class));
    assertTrue(request.tags().contains(voice));
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 9, ANY, uniq());
    assertEquals(2, station.client.discoveryDrops().get(PppoeDropReason.OTHER_SERVICE));
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 9, voice, uniq());
    assertEquals(PppoeState.NEGOTIATING, station.state(wire.now));
  }

  @Test
  void ofTheOffersTheFirstIsTaken() {
    Wire.Station station = dialled();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq());
    answer(station, Wire.OTHER, PppoeCode.PADO, 0, ANY, NAME, uniq());
    assertDropped(station, PppoeDropReason.UNEXPECTED_CODE);
    assertEquals(1, wire.packets(PppoeCode.PADR).size());
  }

  private List<Long> times(int code, Runnable run) {
    List<Long> times = new ArrayList<>();
    wire.passes =
        frame -> {
          if (Wire.is(frame, code)) {
            times.add(wire.now / Wire.SECOND);
          }
          return false;
        };
    run.run();
    return times;
  }

  @Test
  void theInitiationIsRepeatedAtDoublingDistances() {
    Wire.Station station = wire.station();
    List<Long> times =
        times(
            PppoeCode.PADI,
            () -> {
              station.client.dial(wire.now);
              wire.run(127 * Wire.SECOND);
            });
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L), times);
    assertEquals(List.of(new PppoeEnd.NoOffer()), station.ends());
    assertEquals(PppoeState.WAITING, station.state(wire.now));
  }

  @Test
  void theRequestIsRepeatedAsItWasThenAllBeginsAnew() {
    Wire.Station station = requesting();
    List<Long> times = times(PppoeCode.PADR, () -> wire.run(15 * Wire.SECOND));
    assertEquals(List.of(2L, 4L, 8L), times);
    assertEquals(1, new HashSet<>(wire.packets(PppoeCode.PADR)).size());
    assertEquals(List.of(new PppoeEnd.NoSession()), station.ends());
    wire.run(2 * Wire.SECOND);
    assertEquals(PppoeState.DISCOVERING, station.state(wire.now));
    assertEquals(2, station.client.snapshot(wire.now).attempts());
  }

  private static Stream<Arguments> errorTags() {
    return Stream.of(
        Arguments.of(new PppoeTag.ServiceNameError(ByteString.EMPTY), "Service-Name-Error", ""),
        Arguments.of(PppoeTag.AcSystemError.of("full\u0000"), "AC-System-Error", "full"),
        Arguments.of(PppoeTag.GenericError.of("a\nb"), "Generic-Error", "a?b"));
  }

  @ParameterizedTest
  @MethodSource("errorTags")
  void aRefusalSaysWhy(PppoeTag error, String name, String text) {
    Wire.Station station = requesting();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0, ANY, uniq(), error);
    assertEquals(List.of(new PppoeEnd.Refused(name, text)), station.ends());
    assertTrue(station.all(PppoeOutput.Ended.class).get(0).retryNanos() > 0);
    assertEquals(PppoeState.WAITING, station.state(wire.now));
    assertEquals(station.ends().get(0), station.client.snapshot(wire.now).lastEnd());
  }

  @ParameterizedTest
  @MethodSource("errorTags")
  void anOfferWithAnErrorIsRememberedUntilTheAttemptEnds(PppoeTag error, String name, String text) {
    Wire.Station station = dialled();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq(), error);
    wire.run(127 * Wire.SECOND);
    assertEquals(List.of(new PppoeEnd.Refused(name, text)), station.ends());
  }

  @Test
  void aConfirmationFromAnotherStationIsNone() {
    Wire.Station station = requesting();
    answer(station, Wire.OTHER, PppoeCode.PADS, 1, ANY, uniq());
    assertDropped(station, PppoeDropReason.WRONG_STATION);
    assertEquals(PppoeState.REQUESTING, station.state(wire.now));
  }

  @Test
  void aRefusalFromAnotherStationIsNone() {
    Wire.Station station = requesting();
    answer(station, Wire.OTHER, PppoeCode.PADS, 0, ANY, uniq(), PppoeTag.GenericError.of("no"));
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 0, ANY, PppoeTag.GenericError.of("no"));
    assertEquals(PppoeState.REQUESTING, station.state(wire.now));
    assertEquals(List.of(), station.ends());
  }

  @Test
  void aConfirmationWithoutOurHostUniqIsNone() {
    Wire.Station station = requesting();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 1, ANY);
    assertDropped(station, PppoeDropReason.WRONG_HOST_UNIQ);
    assertEquals(PppoeState.REQUESTING, station.state(wire.now));
  }

  @Test
  void aConfirmationNeedsASession() {
    for (int reserved : new int[] {0, 0xffff}) {
      Wire.Station station = requesting();
      answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, reserved, ANY, uniq());
      assertDropped(station, PppoeDropReason.WRONG_SESSION_ID);
      assertEquals(PppoeState.REQUESTING, station.state(wire.now));
      wire.stations.clear();
    }
  }

  @Test
  void aPacketThatIsNotExpectedChangesNothing() {
    Wire.Station station = inSession();
    for (int code :
        new int[] {PppoeCode.PADI, PppoeCode.PADO, PppoeCode.PADR, PppoeCode.PADS, 0xd3}) {
      answer(station, Wire.CONCENTRATOR, code, 0x1234, ANY, uniq());
    }
    assertEquals(5, station.client.discoveryDrops().get(PppoeDropReason.UNEXPECTED_CODE));
    assertEquals(PppoeState.NEGOTIATING, station.state(wire.now));
  }

  @Test
  void onlyTheConcentratorEndsTheSessionAndOnlyThisOne() {
    Wire.Station station = inSession();
    answer(station, Wire.OTHER, PppoeCode.PADT, 0x1234);
    assertDropped(station, PppoeDropReason.WRONG_STATION);
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADT, 0x1235);
    assertEquals(1, station.client.discoveryDrops().get(PppoeDropReason.WRONG_SESSION_ID));
    assertEquals(PppoeState.NEGOTIATING, station.state(wire.now));
    int frames = wire.sent.size();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADT, 0x1234, PppoeTag.GenericError.of("bye"));
    assertEquals(List.of(new PppoeEnd.Terminated("bye")), station.ends());
    assertEquals(frames, wire.sent.size(), "nothing is sent after a PADT");
  }

  @Test
  void aTerminationWithoutASessionIsCounted() {
    Wire.Station station = dialled();
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADT, 0);
    assertDropped(station, PppoeDropReason.WRONG_SESSION_ID);
  }

  @Test
  void largerPayloadsNeedBothSides() {
    PppoeClientConfig config = Wire.clientConfig().withLinkMtu(1508);
    PppoeTag ours = new PppoeTag.PppMaxPayload(1500);
    for (int echoed : new int[] {0, 1400, 1496, 1500, 9000}) {
      Wire.Station station = dialled(config);
      assertTrue(wire.packets(PppoeCode.PADI).stream().allMatch(p -> p.tags().contains(ours)));
      answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq(), ours);
      List<PppoePacket> requests = wire.packets(PppoeCode.PADR);
      assertTrue(requests.get(requests.size() - 1).tags().contains(ours));
      PppoeTag[] tags =
          echoed == 0
              ? new PppoeTag[] {ANY, uniq()}
              : new PppoeTag[] {ANY, uniq(), new PppoeTag.PppMaxPayload(echoed)};
      answer(station, Wire.CONCENTRATOR, PppoeCode.PADS, 1, tags);
      int expected = echoed <= 1492 ? 1492 : Math.min(1500, echoed);
      assertEquals(expected, station.client.snapshot(wire.now).mtu());
      wire.stations.clear();
    }
  }

  @Test
  void onAnOrdinaryEthernetLargerPayloadsAreNotOffered() {
    dialled();
    assertEquals(0, wire.packets(PppoeCode.PADI).get(0).count(PppoeTag.PppMaxPayload.class));
    wire.stations.clear();
    Wire.Station narrow = dialled(Wire.clientConfig().withLinkMtu(1462));
    answer(narrow, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq());
    answer(narrow, Wire.CONCENTRATOR, PppoeCode.PADS, 1, ANY, uniq());
    assertEquals(1454, narrow.client.snapshot(wire.now).mtu());
  }

  @Test
  void theInitiationLeavesRoomForARelay() {
    dialled(Wire.clientConfig().withLinkMtu(9000).withServiceName("s".repeat(1024)));
    PppoePacket initiation = wire.packets(PppoeCode.PADI).get(0);
    assertTrue(initiation.encodedLength() <= PppoePacket.MAX_PADI);
  }

  @Test
  void theTraceSaysWhatIsSentAndReceived() {
    Wire.Station station =
        dialled(PppoeClientConfig.of(Wire.STATION, Wire.caller().withTrace(true)));
    answer(station, Wire.CONCENTRATOR, PppoeCode.PADO, 0, ANY, NAME, uniq());
    List<PppoeOutput.Trace> traces = station.all(PppoeOutput.Trace.class);
    assertEquals(List.of(true, false, true), traces.stream().map(t -> t.sent()).toList());
    String uniq = uniq().value().toString();
    assertEquals(
        Arrays.asList(
            "PADI Service-Name \"\", Host-Uniq " + uniq,
            "PADO Service-Name \"\", AC-Name \"ac\", Host-Uniq " + uniq,
            "PADR Service-Name \"\", Host-Uniq " + uniq),
        traces.stream().map(PppoeOutput.Trace::text).toList());
  }
}
