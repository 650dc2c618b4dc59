package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered in phase 2, what is chosen of an offer, and why nothing is. */
class QuickModeOffersTest {
  static final EspProposal AES =
      new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96);
  static final EspProposal GCM = new EspProposal(EspEncryption.AES_GCM_16, 256, EspIntegrity.NONE);
  static final AhProposal AH = new AhProposal(AhIntegrity.HMAC_SHA2_256_128);
  private static final int SPI = 0x1234_5678;
  private static final Transform DEFLATE =
      new Transform(1, TransformId.IpComp.DEFLATE, List.of(DataAttribute.of(4, 2)));

  static ChildConfig child(IpsecProposal... suites) {
    ChildConfig child = Site.peer(true).children().get(0);
    return ChildConfig.of(
        child.name(), child.local(), child.remote(), child.mode(), List.of(suites));
  }

  static TransformCheck check(ChildConfig child) {
    return new TransformCheck(child, NatFinding.NONE, LifetimePolicy.CLAIM, false);
  }

  private static TransformCheck answerCheck(ChildConfig child) {
    return new TransformCheck(child, NatFinding.NONE, LifetimePolicy.CLAIM, true);
  }

  static SecurityAssociation offerOf(IpsecProposal... suites) {
    return PhaseTwoOffer.offer(child(suites), NatFinding.NONE, SPI);
  }

  private static Proposal numbered(int number, Proposal proposal) {
    return new Proposal(number, proposal.protocolId(), proposal.spi(), proposal.transforms());
  }

  private static Proposal proposal(int number, IpsecProposal suite) {
    return numbered(number, offerOf(suite).proposals().get(0));
  }

  private static Proposal ipComp(int number) {
    return new Proposal(
        number, ProtocolId.IPCOMP, ByteString.of(new byte[] {1, 2}), List.of(DEFLATE));
  }

  private static Optional<IpsecProposal> chosen(ChildConfig child, Proposal... proposals) {
    return PhaseTwoOffer.choose(check(child), SecurityAssociation.of(List.of(proposals)))
        .map(PhaseTwoOffer.Agreed::suite);
  }

  private static String explained(ChildConfig child, Proposal... proposals) {
    return PhaseTwoOffer.explain(check(child), SecurityAssociation.of(List.of(proposals)));
  }

  /** A change of protocol begins another alternative; all of them have one SPI. */
  @Test
  void ourAlternativesAreProposalsWithTheirOwnNumbers() {
    SecurityAssociation offer = offerOf(AES, GCM, AH, Site.TRIPLE_DES_MD5);
    assertEquals(3, offer.alternatives().size());
    assertEquals(List.of(1, 2, 3), offer.proposals().stream().map(Proposal::number).toList());
    assertEquals(
        List.of(ProtocolId.ESP, ProtocolId.AH, ProtocolId.ESP),
        offer.proposals().stream().map(Proposal::protocolId).toList());
    assertEquals(
        List.of(1, 2),
        offer.proposals().get(0).transforms().stream().map(Transform::number).toList());
    offer.proposals().forEach(each -> assertEquals(PhaseTwoOffer.spiBytes(SPI), each.spi()));
  }

  @Test
  void theFirstOfOursIsChosenWhateverTheirOrder() {
    assertEquals(Optional.of(GCM), chosen(child(GCM, AES), proposal(1, AES), proposal(2, GCM)));
    assertEquals(Optional.of(AH), chosen(child(AH, AES), proposal(1, AES), proposal(2, AH)));
    assertEquals(Optional.of(AES), chosen(child(AES, AH), proposal(1, AH), proposal(2, AES)));
    assertEquals(Optional.empty(), chosen(child(GCM), proposal(1, AES), proposal(2, AH)));
  }

  @Test
  void theAnswerHasTheChosenProposalsNumber() {
    SecurityAssociation offer = SecurityAssociation.of(List.of(proposal(4, AH), proposal(7, AES)));
    PhaseTwoOffer.Agreed agreed = PhaseTwoOffer.choose(check(child(AES)), offer).orElseThrow();
    SecurityAssociation answer = PhaseTwoOffer.answer(agreed, 0xabcd);
    assertEquals(1, answer.proposals().size());
    assertEquals(7, answer.proposals().get(0).number());
    assertEquals(offer.proposals().get(1).transforms(), answer.proposals().get(0).transforms());
  }

  /** RFC 2408 section 4.2: proposals of one number are one wish. */
  @Test
  void anAlternativeOfSeveralProtocolsIsNeverChosenInPart() {
    assertEquals(Optional.empty(), chosen(child(AES, AH), proposal(1, AES), proposal(1, AH)));
    assertEquals(
        Optional.of(AH),
        chosen(child(AES, AH), proposal(1, AES), proposal(1, AH), proposal(2, AH)));
    String text = explained(child(AES, AH), proposal(1, AES), proposal(1, AH));
    assertTrue(text.contains("AH and ESP together, are not done here"), text);
    assertTrue(text.contains(" together with AH_SHA2-256"), text);
    assertEquals(
        Optional.empty(),
        chosen(child(AES), proposal(1, AES), proposal(2, AH), proposal(1, AES)),
        "a number that comes again later belongs to the first");
  }

  @Test
  void ipCompIsRefusedPolitely() {
    assertEquals(
        Optional.of(AES),
        chosen(child(AES), proposal(1, AES), ipComp(1), proposal(2, AES)),
        "the alternative without it is taken");
    assertEquals(Optional.empty(), chosen(child(AES), proposal(1, AES), ipComp(1)));
    assertEquals(Optional.empty(), chosen(child(AES), ipComp(1)));
    String text = explained(child(AES), ipComp(1), proposal(1, AES));
    assertTrue(text.contains("IPComp (compression) is not spoken here: switch it off"), text);
    assertTrue(text.contains("IPCOMP_DEFLATE"), text);
  }

  @Test
  void anotherProtocolIsNamed() {
    String text = explained(child(AES), proposal(1, AH));
    assertTrue(text.contains("the peer wants PROTO_IPSEC_AH, which child gre has no"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 16, 255})
  void anSpiHasFourBytes(int length) {
    Proposal odd =
        new Proposal(
            1, ProtocolId.ESP, ByteString.of(new byte[length]), proposal(1, AES).transforms());
    assertEquals(Optional.empty(), chosen(child(AES), odd));
    String text = explained(child(AES), odd);
    assertTrue(text.contains("an SPI of " + length + " bytes"), text);
    assertEquals(Optional.of(AES), chosen(child(AES), odd, proposal(2, AES)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void reservedSpisAreRefused(int spi) {
    Proposal odd =
        new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(spi), proposal(1, AES).transforms());
    assertEquals(Optional.empty(), chosen(child(AES), odd));
    String text = explained(child(AES), odd);
    assertTrue(text.contains("the SPI " + spi + ", which is reserved"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void otherSpisAreNot(int spi) {
    Proposal fine =
        new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(spi), proposal(1, AES).transforms());
    assertEquals(Optional.of(AES), chosen(child(AES), fine));
  }

  private static Transform with(Transform transform, DataAttribute... changed) {
    List<DataAttribute> attributes = new ArrayList<>(transform.attributes());
    for (DataAttribute each : changed) {
      attributes.removeIf(old -> old.type() == each.type());
      attributes.add(each);
    }
    return new Transform(transform.number(), transform.id(), attributes);
  }

  private static Transform without(Transform transform, int type) {
    return new Transform(
        transform.number(),
        transform.id(),
        transform.attributes().stream().filter(each -> each.type() != type).toList());
  }

  private static Optional<IpsecProposal> chosen(ChildConfig child, Transform transform) {
    int protocol = child.proposals().get(0).protocolId();
    return chosen(
        child, new Proposal(1, protocol, PhaseTwoOffer.spiBytes(SPI), List.of(transform)));
  }

  static List<IpsecProposal> everything() {
    return SaKeysTest.everything();
  }

  /** Required where a cipher has a choice, forbidden elsewhere (RFC 2407 section 4.5). */
  @ParameterizedTest
  @MethodSource("everything")
  void theKeyLengthIsExactlyTheSuites(IpsecProposal suite) {
    ChildConfig child = child(suite);
    Transform transform = proposal(1, suite).transforms().get(0);
    assertEquals(Optional.of(suite), chosen(child, transform));
    Transform absent = without(transform, IpsecAttribute.KEY_LENGTH);
    assertEquals(suite.keyLengthAttribute() == 0, chosen(child, absent).isPresent());
    for (int bits : new int[] {0, 1, 40, 56, 64, 127, 128, 129, 160, 192, 256, 512, 0xffff}) {
      Transform changed = with(transform, DataAttribute.of(IpsecAttribute.KEY_LENGTH, bits));
      boolean right = bits != 0 && bits == suite.keyLengthAttribute();
      assertEquals(right, chosen(child, changed).isPresent(), bits + " bits");
    }
    Transform empty =
        with(transform, new DataAttribute.Variable(IpsecAttribute.KEY_LENGTH, ByteString.EMPTY));
    assertFalse(chosen(child, empty).isPresent());
  }

  /** RFC 2407 section 4.4.3: AH is named by the transform and by the attribute. */
  @ParameterizedTest
  @MethodSource("everything")
  void theIntegrityAlgorithmIsExactlyTheSuites(IpsecProposal suite) {
    ChildConfig child = child(suite);
    Transform transform = proposal(1, suite).transforms().get(0);
    int type = IpsecAttribute.AUTHENTICATION_ALGORITHM;
    boolean none = suite.authenticationAttribute() == 0;
    assertEquals(none, chosen(child, without(transform, type)).isPresent());
    for (int value = 0; value <= 20; value++) {
      boolean right = value != 0 && value == suite.authenticationAttribute();
      assertEquals(
          right, chosen(child, with(transform, DataAttribute.of(type, value))).isPresent());
    }
  }

  @Test
  void nullWithoutIntegrityIsNoSuite() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new EspProposal(EspEncryption.NULL, 0, EspIntegrity.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EspProposal(EspEncryption.AES_GMAC, 128, EspIntegrity.HMAC_SHA1_96));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EspProposal(EspEncryption.AES_GMAC, 0, EspIntegrity.NONE));
  }

  @Test
  void whatIkev1HasNoNumberForIsRefusedByName() {
    assertRefused("RFC 7634", () -> EspEncryption.named("ChaCha20-Poly1305"));
    assertRefused("RFC 4494", () -> EspIntegrity.named("AES-CMAC-96"));
    assertRefused("RFC 4494", () -> AhIntegrity.named("AES_CMAC_96"));
    assertRefused("128 bits", () -> EspIntegrity.named("HMAC-SHA2-256-96"));
    assertRefused("there is no ROT13", () -> EspEncryption.named("ROT13"));
    assertEquals(EspEncryption.TRIPLE_DES_CBC, EspEncryption.named("3DES-CBC"));
    assertEquals(EspEncryption.AES_GMAC, EspEncryption.named("NULL-AUTH-AES-GMAC"));
    assertEquals(EspIntegrity.AES_XCBC_MAC_96, EspIntegrity.named("AES-XCBC-96"));
    assertEquals(AhIntegrity.HMAC_SHA2_256_128, AhIntegrity.named("HMAC-SHA-256-128"));
    for (EspEncryption each : EspEncryption.values()) {
      assertEquals(each, EspEncryption.named(each.name()));
    }
  }

  private static void assertRefused(String reason, Runnable lookUp) {
    String text =
        String.valueOf(assertThrows(IllegalArgumentException.class, lookUp::run).getMessage());
    assertTrue(text.contains(reason), text);
  }

  /** RFC 2407 section 4.5.2: the same twice is no conflict. */
  @Test
  void attributesMayComeTwiceIfTheyAgree() {
    Transform transform = proposal(1, AES).transforms().get(0);
    List<DataAttribute> twice = new ArrayList<>(transform.attributes());
    twice.addAll(transform.attributes());
    assertTrue(chosen(child(AES), new Transform(1, transform.id(), twice)).isPresent());
    List<DataAttribute> conflict = new ArrayList<>(transform.attributes());
    conflict.add(DataAttribute.of(IpsecAttribute.KEY_LENGTH, 256));
    Transform conflicting = new Transform(1, transform.id(), conflict);
    assertFalse(chosen(child(AES), conflicting).isPresent());
  }

  @Test
  void unknownAttributesAreRefusedAndNamed() {
    Transform transform = proposal(1, AES).transforms().get(0);
    for (int type : new int[] {0, 7, 8, 9, 10, 12, 1_000, 32_767}) {
      Transform odd = with(transform, DataAttribute.of(type, 1));
      assertFalse(chosen(child(AES), odd).isPresent());
      String text =
          explained(
              child(AES),
              new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(SPI), List.of(odd)));
      assertTrue(text.contains("the difference is in " + IpsecAttribute.nameOf(type)), text);
    }
  }

  /** RFC 4304 section 3: any other value ends the negotiation, whatever else is offered. */
  @Test
  void aSequenceNumberAttributeThatDoesNotExistEndsIt() {
    Transform transform = proposal(1, AES).transforms().get(0);
    for (int value : new int[] {0, 2, 3, 0xffff}) {
      Transform odd =
          with(transform, DataAttribute.of(IpsecAttribute.EXTENDED_SEQUENCE_NUMBER, value));
      Proposal first = new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(SPI), List.of(odd));
      assertEquals(Optional.empty(), chosen(child(AES), first, proposal(2, AES)));
      String text = explained(child(AES), first, proposal(2, AES));
      assertTrue(text.contains("extended sequence numbers does not exist"), text);
    }
    Transform fine = with(transform, DataAttribute.of(IpsecAttribute.EXTENDED_SEQUENCE_NUMBER, 1));
    Proposal first = new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(SPI), List.of(fine));
    assertEquals(Optional.of(AES), chosen(child(AES), first, proposal(2, AES)));
    assertEquals(Optional.empty(), chosen(child(AES), first));
    ChildConfig allowed = child(AES).withExtendedSequenceNumbers(ExtendedSequenceNumbers.ALLOWED);
    assertTrue(
        PhaseTwoOffer.choose(
                check(allowed),
                SecurityAssociation.of(List.of(proposal(1, AES), numbered(2, first))))
            .orElseThrow()
            .extendedSequenceNumbers());
  }

  /** RFC 2409 section 5: an answer alters nothing. */
  @Test
  void anAnswerIsOneTransformThatWasOffered() {
    ChildConfig child =
        HandshakeTest.withPfs(Site.peer(true), DhGroup.MODP_1024, AES).children().get(0);
    SecurityAssociation offer = PhaseTwoOffer.offer(child, NatFinding.NONE, SPI);
    Transform transform = offer.proposals().get(0).transforms().get(0);
    assertTrue(confirms(child, transform));
    assertFalse(confirms(child, without(transform, IpsecAttribute.GROUP_DESCRIPTION)));
    assertFalse(
        confirms(child, with(transform, DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 5))));
    assertFalse(confirms(child, with(transform, DataAttribute.of(IpsecAttribute.KEY_LENGTH, 256))));
    assertFalse(confirms(child, with(transform, DataAttribute.of(IpsecAttribute.ECN_TUNNEL, 1))));
    ChildConfig plain = child(AES);
    Transform own = proposal(1, AES).transforms().get(0);
    assertTrue(confirms(plain, own));
    assertFalse(
        confirms(plain, with(own, DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 2))),
        "a group that was not offered");
    assertTrue(
        PhaseTwoOffer.choose(
                check(plain),
                SecurityAssociation.of(
                    List.of(
                        new Proposal(
                            1,
                            ProtocolId.ESP,
                            PhaseTwoOffer.spiBytes(SPI),
                            List.of(
                                with(
                                    own, DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 2)))))))
            .isPresent(),
        "which a responder accepts");
    assertEquals(
        Optional.empty(), PhaseTwoOffer.confirm(answerCheck(child(AES, GCM)), offerOf(AES, GCM)));
    assertEquals(
        Optional.empty(), PhaseTwoOffer.confirm(answerCheck(child(AES, AH)), offerOf(AES, AH)));
  }

  private static boolean confirms(ChildConfig child, Transform transform) {
    Proposal proposal =
        new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(SPI), List.of(transform));
    return PhaseTwoOffer.confirm(answerCheck(child), SecurityAssociation.of(List.of(proposal)))
        .isPresent();
  }

  private static ChildConfig everyEsp() {
    return child(
        AES,
        GCM,
        Site.TRIPLE_DES_MD5,
        new EspProposal(EspEncryption.AES_GMAC, 128, EspIntegrity.NONE),
        new EspProposal(EspEncryption.AES_CCM_8, 192, EspIntegrity.NONE),
        new EspProposal(EspEncryption.NULL, 0, EspIntegrity.AES_XCBC_MAC_96),
        AH);
  }

  /** CVE-2024-3652 and its kind: no transform gets through that has no key material, or throws. */
  @Property(tries = 4_000)
  void noTransformThrowsOrHasNoKeys(
      @ForAll @IntRange(max = 5) int protocol,
      @ForAll @IntRange(max = 255) int id,
      @ForAll @IntRange(max = 0xffff) int keyLength,
      @ForAll @IntRange(max = 14) int authentication) {
    assertKeysOrNothing(protocol, id, keyLength, authentication);
  }

  private static void assertKeysOrNothing(int protocol, int id, int keyLength, int authentication) {
    List<DataAttribute> attributes = new ArrayList<>();
    attributes.add(DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, 2));
    attributes.add(DataAttribute.of(IpsecAttribute.KEY_LENGTH, keyLength));
    if (authentication != 14) {
      attributes.add(DataAttribute.of(IpsecAttribute.AUTHENTICATION_ALGORITHM, authentication));
    }
    assertKeysOrNothing(protocol, id, attributes);
    attributes.remove(1);
    assertKeysOrNothing(protocol, id, attributes);
  }

  private static void assertKeysOrNothing(int protocol, int id, List<DataAttribute> attributes) {
    SecurityAssociation offer =
        SecurityAssociation.of(
            List.of(
                new Proposal(
                    1,
                    protocol,
                    PhaseTwoOffer.spiBytes(SPI),
                    List.of(new Transform(1, id, attributes)))));
    Optional<PhaseTwoOffer.Agreed> agreed = PhaseTwoOffer.choose(check(everyEsp()), offer);
    agreed.ifPresent(
        each ->
            assertTrue(each.suite().encryptionKeyBytes() + each.suite().integrityKeyBytes() >= 16));
    assertFalse(PhaseTwoOffer.explain(check(everyEsp()), offer).isEmpty());
  }

  /** Every number of a transform, with the key lengths that there are and their neighbours. */
  @Test
  void everyTransformNumberWithEveryKeyLength() {
    for (int protocol : new int[] {ProtocolId.AH, ProtocolId.ESP, ProtocolId.IPCOMP}) {
      for (int id = 0; id <= 255; id++) {
        for (int bits : new int[] {0, 64, 128, 192, 256}) {
          assertKeysOrNothing(protocol, id, bits, 14);
        }
      }
    }
  }

  @Property(tries = 1_000)
  void noAttributesThrow(
      @ForAll @IntRange(max = 25) int id,
      @ForAll @Size(max = 8) List<@IntRange(max = 13) Integer> types,
      @ForAll @Size(max = 24) byte[] bytes) {
    List<DataAttribute> attributes = new ArrayList<>();
    int offset = 0;
    for (int type : types) {
      int end = Math.min(bytes.length, offset + type % 5);
      attributes.add(
          new DataAttribute.Variable(type, ByteString.of(Arrays.copyOfRange(bytes, offset, end))));
      offset = end;
    }
    assertKeysOrNothing(ProtocolId.ESP, id, attributes);
    assertKeysOrNothing(ProtocolId.AH, id, attributes);
  }

  @Test
  void anEmptyOfferIsExplained() {
    SecurityAssociation empty = SecurityAssociation.of(List.of());
    assertEquals(Optional.empty(), PhaseTwoOffer.choose(check(child(AES)), empty));
    assertTrue(PhaseTwoOffer.explain(check(child(AES)), empty).contains("no cipher is common"));
    Proposal bare = new Proposal(1, ProtocolId.ESP, PhaseTwoOffer.spiBytes(SPI), List.of());
    assertEquals(Optional.empty(), chosen(child(AES), bare));
    assertNotNull(explained(child(AES), bare));
  }

  @Test
  void bothValuesOfWhatDiffersAreTold() {
    String text =
        explained(
            child(GCM),
            proposal(1, new EspProposal(EspEncryption.AES_GCM_16, 128, EspIntegrity.NONE)));
    assertTrue(
        text.contains(
            "the difference is in Key Length: the peer has 128 bits and this side 256 bits; make"
                + " it the same on both sides"),
        text);
    ChildConfig pfs =
        HandshakeTest.withPfs(Site.peer(true), DhGroup.MODP_2048, AES).children().get(0);
    String group = explained(pfs, proposal(1, AES));
    assertTrue(
        group.contains("Group Description: the peer has none and this side group 14"), group);
  }

  @Test
  void aLongOfferIsToldInPart() {
    Proposal[] proposals = new Proposal[60];
    for (int i = 0; i < proposals.length; i++) {
      proposals[i] = proposal(i + 1, GCM);
    }
    String text = explained(child(AES), proposals);
    assertTrue(text.contains("and 52 transforms more"), text);
    assertTrue(text.length() < 1_500, text);
    assertNull(PhaseTwoOffer.spiError(proposals[0]));
  }
}
