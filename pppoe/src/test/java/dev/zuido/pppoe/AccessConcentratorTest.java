package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppEnd;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A concentrator against packets that the test writes, and against many clients. */
final class AccessConcentratorTest {
  private static final PppoeTag ANY = PppoeTag.ServiceName.of("");
  private static final PppoeTag UNIQ = new PppoeTag.HostUniq(ByteString.ofHex("0a"));
  private static final PppoeTag RELAY = new PppoeTag.RelaySessionId(ByteString.ofHex("4e1a"));

  private Wire wire = new Wire();

  private PppoeVerdict receive(MacAddress to, MacAddress from, PppoePacket packet) {
    PacketBatch batch = Wire.batch(Wire.frame(to, from, packet));
    wire.concentrator.decapsulate(batch, wire.now);
    wire.settle();
    return (PppoeVerdict) batch.verdict(0);
  }

  private PppoePacket packet(int code, int sessionId, PppoeTag... tags) {
    return new PppoePacket(code, sessionId, List.of(tags));
  }

  private void initiate(PppoeTag... tags) {
    receive(MacAddress.BROADCAST, Wire.STATION, packet(PppoeCode.PADI, 0, tags));
  }

  private void request(MacAddress from, PppoeTag... tags) {
    receive(Wire.CONCENTRATOR, from, packet(PppoeCode.PADR, 0, tags));
  }

  private PppoePacket last(int code) {
    List<PppoePacket> packets = wire.packets(code);
    return packets.get(packets.size() - 1);
  }

  /** The cookie of a station. */
  private PppoeTag cookie(MacAddress station) {
    receive(MacAddress.BROADCAST, station, packet(PppoeCode.PADI, 0, ANY));
    return last(PppoeCode.PADO).first(PppoeTag.AcCookie.class).orElseThrow();
  }

  private void assertDropped(PppoeDropReason reason) {
    assertEquals(1, wire.concentrator.discoveryDrops().get(reason));
    assertEquals(1, wire.concentrator.discoveryDrops().snapshot().size());
    assertEquals(List.of(), wire.said);
    assertEquals(0, wire.concentrator.sessions());
  }

  @Test
  void anOfferHasWhatTheInitiationHasAndAllServices() {
    PppoeTag voice = PppoeTag.ServiceName.of("voice");
    initiate(voice, UNIQ, RELAY, new PppoeTag.Unknown(0x7777, ByteString.EMPTY));
    PppoePacket offer = last(PppoeCode.PADO);
    assertEquals(0, offer.sessionId());
    List<PppoeTag> tags = new ArrayList<>(offer.tags());
    tags.removeIf(PppoeTag.AcCookie.class::isInstance);
    assertEquals(
        List.of(
            PppoeTag.AcName.of("ac-1"), voice, PppoeTag.ServiceName.of("internet"), UNIQ, RELAY),
        tags);
    ByteString frame = wire.sent.get(0);
    assertEquals("0200000000010200000000ac8863", frame.slice(0, 14).toString());
    assertEquals(0, wire.concentrator.sessions());
  }

  @Test
  void aConfirmationReturnsTheHostsAndTheRelaysTags() {
    request(Wire.STATION, ANY, UNIQ, RELAY, cookie(Wire.STATION));
    PppoePacket confirmation = last(PppoeCode.PADS);
    assertEquals(List.of(ANY, UNIQ, RELAY), confirmation.tags());
    assertNotEquals(0, confirmation.sessionId());
    assertEquals(
        List.of(new ConcentratorOutput.SessionStarted(confirmation.sessionId(), Wire.STATION)),
        wire.said.stream().filter(ConcentratorOutput.SessionStarted.class::isInstance).toList());
  }

  private static Stream<Arguments> badInitiations() {
    return Stream.of(
        Arguments.of(PppoeDropReason.MISSING_TAG, 0, List.of()),
        Arguments.of(PppoeDropReason.MISSING_TAG, 0, List.of(ANY, ANY)),
        Arguments.of(PppoeDropReason.OTHER_SERVICE, 0, List.of(PppoeTag.ServiceName.of("tv"))),
        Arguments.of(PppoeDropReason.WRONG_SESSION_ID, 1, List.of(ANY)),
        Arguments.of(PppoeDropReason.ERROR_TAG, 0, List.of(ANY, PppoeTag.GenericError.of("no"))),
        Arguments.of(
            PppoeDropReason.ANSWER_TOO_LONG,
            0,
            List.of(ANY, new PppoeTag.HostUniq(ByteString.of(new byte[1450])))));
  }

  @ParameterizedTest
  @MethodSource("badInitiations")
  void anInitiationThatCannotBeServedHasNoAnswer(
      PppoeDropReason reason, int sessionId, List<PppoeTag> tags) {
    receive(MacAddress.BROADCAST, Wire.STATION, new PppoePacket(PppoeCode.PADI, sessionId, tags));
    assertDropped(reason);
  }

  @Test
  void aRequestNeedsTheCookieOfItsStation() {
    PppoeTag cookie = cookie(Wire.STATION);
    PppoeTag others = cookie(Wire.OTHER);
    assertNotEquals(cookie, others);
    assertEquals(cookie, cookie(Wire.STATION), "it is computed, not remembered");
    wire.said.clear();
    request(Wire.STATION, ANY, UNIQ);
    request(Wire.STATION, ANY, UNIQ, others);
    request(Wire.OTHER, ANY, UNIQ, cookie);
    request(Wire.OTHER, ANY, UNIQ, new PppoeTag.AcCookie(ByteString.EMPTY));
    assertEquals(4, wire.concentrator.discoveryDrops().get(PppoeDropReason.BAD_COOKIE));
    assertEquals(List.of(), wire.said);
    assertEquals(0, wire.concentrator.sessions());
  }

  @Test
  void aRequestForAllIsNone() {
    PppoeTag cookie = cookie(Wire.STATION);
    wire.said.clear();
    receive(MacAddress.BROADCAST, Wire.STATION, packet(PppoeCode.PADR, 0, ANY, UNIQ, cookie));
    assertDropped(PppoeDropReason.UNEXPECTED_CODE);
  }

  @Test
  void aStationIsNoGroup() {
    receive(MacAddress.BROADCAST, MacAddress.BROADCAST, packet(PppoeCode.PADI, 0, ANY));
    assertDropped(PppoeDropReason.WRONG_STATION);
  }

  @Test
  void whatIsForOthersIsLeftAlone() {
    PppoePacket packet = packet(PppoeCode.PADI, 0, ANY);
    assertEquals(PppoeVerdict.NOT_FOR_US, receive(Wire.OTHER, Wire.STATION, packet));
    assertEquals(List.of(), wire.said);
  }

  @Test
  void anUnknownServiceIsRefused() {
    PppoeTag tv = PppoeTag.ServiceName.of("tv");
    request(Wire.STATION, tv, UNIQ, RELAY, cookie(Wire.STATION));
    PppoePacket refusal = last(PppoeCode.PADS);
    assertEquals(0, refusal.sessionId());
    assertEquals(
        List.of(tv, new PppoeTag.ServiceNameError(ByteString.EMPTY), UNIQ, RELAY), refusal.tags());
    assertEquals(0, wire.concentrator.sessions());
  }

  private PppoeTag uniq(int number) {
    return new PppoeTag.HostUniq(ByteString.of((byte) number));
  }

  /** Something of PPP, so that the session counts as used. */
  private void use(MacAddress station, int sessionId) {
    ByteString frame =
        ByteString.ofHex(
            "0200000000ac"
                + station.toString().replace(":", "")
                + "88641100"
                + String.format("%04x", sessionId)
                + "0006c02101010004");
    PacketBatch batch = Wire.batch(frame);
    wire.concentrator.decapsulate(batch, wire.now);
    assertEquals(PppoeVerdict.CONTROL, batch.verdict(0));
    wire.settle();
  }

  @Test
  void theSameRequestHasTheSameSessionUntilItIsUsed() {
    PppoeTag cookie = cookie(Wire.STATION);
    request(Wire.STATION, ANY, UNIQ, cookie);
    request(Wire.STATION, ANY, UNIQ, cookie);
    List<PppoePacket> confirmations = wire.packets(PppoeCode.PADS);
    assertEquals(2, confirmations.size());
    assertEquals(confirmations.get(0), confirmations.get(1));
    assertEquals(1, wire.concentrator.sessions());
    use(Wire.STATION, confirmations.get(0).sessionId());
    request(Wire.STATION, ANY, UNIQ, cookie);
    assertNotEquals(confirmations.get(0).sessionId(), last(PppoeCode.PADS).sessionId());
    assertEquals(2, wire.concentrator.sessions());
  }

  @Test
  void aStationHasSoManySessionsAndNoMore() {
    PppoeTag cookie = cookie(Wire.STATION);
    for (int i = 0; i < 2; i++) {
      request(Wire.STATION, ANY, uniq(i), cookie);
      use(Wire.STATION, last(PppoeCode.PADS).sessionId());
    }
    request(Wire.STATION, ANY, uniq(3), cookie);
    PppoePacket refusal = last(PppoeCode.PADS);
    assertEquals(0, refusal.sessionId());
    assertEquals(
        "too many sessions of this station",
        refusal.first(PppoeTag.AcSystemError.class).orElseThrow().text());
    int offers = wire.packets(PppoeCode.PADO).size();
    initiate(ANY);
    assertEquals(offers, wire.packets(PppoeCode.PADO).size(), "what cannot be served");
    request(Wire.OTHER, ANY, uniq(3), cookie(Wire.OTHER));
    assertEquals(3, wire.concentrator.sessions());
  }

  @Test
  void aSessionThatItsStationNeverUsedGivesWay() {
    PppoeTag cookie = cookie(Wire.STATION);
    for (int i = 0; i < 5; i++) {
      request(Wire.STATION, ANY, uniq(i), cookie);
    }
    assertEquals(2, wire.concentrator.sessions());
    assertEquals(
        3, wire.said.stream().filter(ConcentratorOutput.SessionEnded.class::isInstance).count());
  }

  @Test
  void aFullConcentratorSaysSo() {
    wire = new Wire(Wire.concentratorConfig(1500, 1, 1));
    PppoeTag cookie = cookie(Wire.OTHER);
    request(Wire.STATION, ANY, UNIQ, cookie(Wire.STATION));
    use(Wire.STATION, last(PppoeCode.PADS).sessionId());
    request(Wire.OTHER, ANY, UNIQ, cookie);
    PppoePacket refusal = last(PppoeCode.PADS);
    assertEquals(0, refusal.sessionId());
    assertEquals(
        "all sessions are in use",
        refusal.first(PppoeTag.AcSystemError.class).orElseThrow().text());
    receive(MacAddress.BROADCAST, Wire.OTHER, packet(PppoeCode.PADI, 0, ANY));
    assertEquals(1, wire.concentrator.discoveryDrops().get(PppoeDropReason.FULL));
  }

  @Test
  void onlyTheStationEndsItsSession() {
    request(Wire.STATION, ANY, UNIQ, cookie(Wire.STATION));
    int id = last(PppoeCode.PADS).sessionId();
    receive(Wire.CONCENTRATOR, Wire.OTHER, packet(PppoeCode.PADT, id));
    receive(Wire.CONCENTRATOR, Wire.STATION, packet(PppoeCode.PADT, id + 1));
    receive(Wire.CONCENTRATOR, Wire.STATION, packet(PppoeCode.PADT, 0xffff));
    assertEquals(1, wire.concentrator.sessions());
    assertEquals(1, wire.concentrator.discoveryDrops().get(PppoeDropReason.WRONG_STATION));
    assertEquals(2, wire.concentrator.discoveryDrops().get(PppoeDropReason.WRONG_SESSION_ID));
    int frames = wire.sent.size();
    receive(
        Wire.CONCENTRATOR,
        Wire.STATION,
        packet(PppoeCode.PADT, id, PppoeTag.GenericError.of("bye")));
    assertEquals(
        new ConcentratorOutput.SessionEnded(id, Wire.STATION, new PppoeEnd.Terminated("bye")),
        wire.said.get(wire.said.size() - 1));
    assertEquals(frames, wire.sent.size(), "nothing is sent after a PADT");
    assertEquals(AccessConcentrator.NO_DEADLINE, wire.concentrator.nextDeadline());
  }

  @Test
  void aStationThatSaysNothingIsForgotten() {
    request(Wire.STATION, ANY, UNIQ, cookie(Wire.STATION));
    wire.run(60 * Wire.SECOND);
    assertEquals(0, wire.concentrator.sessions());
    ConcentratorOutput.SessionEnded ended =
        (ConcentratorOutput.SessionEnded) wire.said.get(wire.said.size() - 1);
    assertEquals(PppEnd.NO_ANSWER, assertInstanceOf(PppoeEnd.PppEnded.class, ended.end()).reason());
    assertEquals(1, wire.packets(PppoeCode.PADT).size());
  }

  @Test
  void aClientThatIsGoneIsFoundOutByEchoes() {
    wire.up();
    wire.stations.clear();
    wire.run(100 * Wire.SECOND);
    assertEquals(0, wire.concentrator.sessions());
    PacketBatch batch = Wire.batch(ByteString.of(udp(Wire.CALLER)));
    wire.concentrator.encapsulate(batch);
    assertEquals(PppoeVerdict.NOT_CONNECTED, batch.verdict(0));
    assertEquals(0, wire.concentrator.mtuTo(Wire.CALLER));
  }

  private static byte[] udp(Ipv4Address to) {
    return Ipv4Packets.udp(Wire.GATEWAY, 1, to, 2, new byte[8]);
  }

  @Test
  void aHundredClientsHaveAHundredSessionsAndAddresses() {
    wire = new Wire(manyCallers(name -> Ipv4Address.of(10, 0, 0, Integer.parseInt(name))));
    Set<Integer> ids = new HashSet<>();
    for (int i = 1; i <= 100; i++) {
      wire.station(numbered(i)).client.dial(wire.now);
    }
    wire.run(Wire.SECOND);
    assertEquals(100, wire.concentrator.sessions());
    for (int i = 1; i <= 100; i++) {
      Wire.Station station = wire.stations.get(i - 1);
      int id = station.client.snapshot(wire.now).sessionId();
      assertTrue(ids.add(id), "each has its own number");
      PacketBatch batch = Wire.batch(ByteString.of(udp(Ipv4Address.of(10, 0, 0, i))));
      wire.concentrator.encapsulate(batch);
      assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
      assertEquals(station.address, MacAddress.at(batch.copy(0), 0));
      station.client.decapsulate(batch, wire.now);
      assertEquals(PppoeVerdict.DECAPSULATED, batch.verdict(0));
    }
    wire.stations.forEach(station -> station.client.hangUp(wire.now));
    wire.run(Wire.SECOND);
    assertEquals(0, wire.concentrator.sessions());
  }

  private static PppoeClientConfig numbered(int number) {
    return PppoeClientConfig.of(
        new MacAddress(0x020000010000L + number),
        PppConfig.caller(
            new Credential(Integer.toString(number), Wire.SECRET),
            new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of())));
  }

  private static AccessConcentratorConfig manyCallers(Function<String, Ipv4Address> addresses) {
    AccessConcentratorConfig one = Wire.concentratorConfig();
    PppConfig ppp =
        PppConfig.server(
                "ac",
                name -> Wire.SECRET,
                new PppConfig.IpcpConfig(Wire.GATEWAY, false, null, false, List.of()))
            .withDemanded(List.of(AuthenticationProtocol.CHAP_MD5));
    return new AccessConcentratorConfig(
        one.address(), one.name(), one.serviceNames(), 1500, 100, 1, ppp, addresses);
  }

  @Test
  void theNewestSessionOfACallerHasItsAddress() {
    wire = new Wire(manyCallers(name -> Wire.CALLER));
    Wire.Station first = wire.station(numbered(1));
    Wire.Station second = wire.station(numbered(2));
    first.client.dial(wire.now);
    wire.run(Wire.SECOND);
    second.client.dial(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(second.address, receiverOf(Wire.CALLER));
    first.client.hangUp(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(second.address, receiverOf(Wire.CALLER));
    second.client.hangUp(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(0, wire.concentrator.mtuTo(Wire.CALLER));
  }

  private MacAddress receiverOf(Ipv4Address address) {
    PacketBatch batch = Wire.batch(ByteString.of(udp(address)));
    wire.concentrator.encapsulate(batch);
    assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
    return MacAddress.at(batch.copy(0), 0);
  }

  @Test
  void aCallerWithoutAnAddressIsRefused() {
    wire = new Wire(manyCallers(name -> null));
    Wire.Station station = wire.station(numbered(1));
    station.client.dial(wire.now);
    wire.run(Wire.SECOND / 2);
    ConcentratorOutput.SessionEnded ended =
        wire.said.stream()
            .filter(ConcentratorOutput.SessionEnded.class::isInstance)
            .map(ConcentratorOutput.SessionEnded.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(
        new PppoeEnd.PppEnded(PppEnd.NO_NETWORK_PROTOCOL, "there is no address for the peer"),
        ended.end());
    assertEquals(PppoeState.WAITING, station.state(wire.now));
  }

  @Test
  void whoNeedNotProveAnythingHasTheAddressOfNobody() {
    AccessConcentratorConfig open = Wire.concentratorConfig();
    Ipv4Address anybody = Ipv4Address.of(10, 9, 9, 9);
    wire =
        new Wire(
            new AccessConcentratorConfig(
                open.address(),
                open.name(),
                open.serviceNames(),
                1500,
                10,
                1,
                open.ppp().withDemanded(List.of()),
                name -> name.isEmpty() ? anybody : null));
    wire.up();
    assertEquals(Wire.STATION, receiverOf(anybody));
  }

  @Test
  void whatIsNoDatagramForACallerIsNotSent() {
    wire.up();
    PacketBatch batch = new PacketBatch(3, 1500, 128, 64);
    byte[] six = new byte[40];
    six[0] = 0x60;
    batch.add(six, 0, 40);
    batch.add(udp(Wire.CALLER), 0, 19);
    batch.add(udp(Wire.GATEWAY), 0, 36);
    wire.concentrator.encapsulate(batch);
    assertEquals(PppoeVerdict.BAD_PAYLOAD, batch.verdict(0));
    assertEquals(PppoeVerdict.BAD_PAYLOAD, batch.verdict(1));
    assertEquals(PppoeVerdict.NOT_CONNECTED, batch.verdict(2));
  }

  @Test
  void theConfigurationHasLimits() {
    assertThrows(IllegalArgumentException.class, () -> Wire.concentratorConfig(1500, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Wire.concentratorConfig(1500, 65_535, 1));
    assertThrows(IllegalArgumentException.class, () -> Wire.concentratorConfig(1500, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Wire.concentratorConfig(135 + 8, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Wire.clientConfig().withLinkMtu(135));
    assertThrows(
        IllegalArgumentException.class,
        () -> Wire.clientConfig().withServiceName("s".repeat(1025)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PppoeClientConfig.of(MacAddress.BROADCAST, Wire.caller()));
    assertThrows(IllegalArgumentException.class, () -> new PppoeTimers(0, 1, 1, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PppoeTimers(1, 1, 1, 2, 1, 0));
  }
}
