package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen of offers in the forms that other implementations give them. */
class OfferTest {
  private static final IkeProposal AES =
      IkeProposal.preShared(IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.MODP_2048);
  private static final NatFinding IN_UDP = new NatFinding(NatDialect.RFC_3947, true, false, false);

  private static ChildConfig child() {
    return Site.peer(true).children().get(0);
  }

  private static TransformCheck check(ChildConfig child, NatFinding nat) {
    return new TransformCheck(child, nat, LifetimePolicy.CLAIM, false);
  }

  /** The same offer with every attribute in the long form, of so many bytes. */
  private static SecurityAssociation lengthened(SecurityAssociation offer, int bytes) {
    return changed(
        offer,
        attribute -> {
          byte[] value = new byte[8];
          BigEndian.putLong(value, 0, attribute.number().orElseThrow());
          ByteString all = ByteString.of(value);
          return new DataAttribute.Variable(attribute.type(), all.slice(8 - bytes, bytes));
        });
  }

  private static SecurityAssociation changed(
      SecurityAssociation offer, UnaryOperator<DataAttribute> change) {
    List<Proposal> proposals = new ArrayList<>();
    for (Proposal proposal : offer.proposals()) {
      List<Transform> transforms = new ArrayList<>();
      for (Transform transform : proposal.transforms()) {
        transforms.add(
            new Transform(
                transform.number(),
                transform.id(),
                transform.attributes().stream().map(change).toList()));
      }
      proposals.add(
          new Proposal(proposal.number(), proposal.protocolId(), proposal.spi(), transforms));
    }
    return SecurityAssociation.of(proposals);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void attributesInTheLongForm(int bytes) {
    SecurityAssociation one = lengthened(PhaseOneOffer.offer(List.of(AES, Site.CISCO)), bytes);
    PhaseOneOffer.Agreed phaseOne =
        PhaseOneOffer.choose(List.of(Site.CISCO), LifetimePolicy.CLAIM, false, one).orElseThrow();
    assertEquals(86_400, phaseOne.lifetimeSeconds());
    assertEquals(
        one.proposals().get(0).transforms().get(1),
        phaseOne.answer().proposals().get(0).transforms().get(0),
        "the answer leaves them as they were");
    SecurityAssociation two =
        lengthened(PhaseTwoOffer.offer(child(), NatFinding.NONE, 0x1234), bytes);
    PhaseTwoOffer.Agreed phaseTwo =
        PhaseTwoOffer.choose(check(child(), NatFinding.NONE), two).orElseThrow();
    assertEquals(3_600, phaseTwo.lifetimeSeconds());
    assertEquals(4_608_000, phaseTwo.lifetimeKilobytes());
    assertEquals(0x1234, phaseTwo.peerSpi());
  }

  /** A key length that is left out is the shortest one; 0 is no length. */
  @Test
  void aKeyLengthOfZeroIsNone() {
    IkeProposal shortest =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_2048);
    SecurityAssociation offer = PhaseOneOffer.offer(List.of(shortest));
    for (int bits : new int[] {128, 0, 192}) {
      SecurityAssociation other =
          changed(
              offer,
              attribute ->
                  attribute.type() == PhaseOneAttribute.KEY_LENGTH
                      ? DataAttribute.of(attribute.type(), bits)
                      : attribute);
      assertEquals(
          bits == 128,
          PhaseOneOffer.choose(List.of(shortest), LifetimePolicy.CLAIM, false, other).isPresent());
    }
  }

  /** strongSwan offers seconds and no kilobytes; our own limit then holds for us. */
  @Test
  void aLifetimeInSecondsOnly() {
    ChildConfig seconds =
        new ChildConfig(
            "gre",
            child().local(),
            child().remote(),
            child().mode(),
            child().proposals(),
            null,
            3_960,
            0);
    SecurityAssociation offer = PhaseTwoOffer.offer(seconds, NatFinding.NONE, 0x1234);
    PhaseTwoOffer.Agreed agreed =
        PhaseTwoOffer.choose(check(child(), NatFinding.NONE), offer).orElseThrow();
    assertEquals(3_600, agreed.lifetimeSeconds());
    assertEquals(4_608_000, agreed.lifetimeKilobytes());
    assertEquals(
        0,
        PhaseTwoOffer.choose(check(seconds, NatFinding.NONE), offer)
            .orElseThrow()
            .lifetimeKilobytes());
  }

  @Test
  void theModeHasToFitThePath() {
    SecurityAssociation plain = PhaseTwoOffer.offer(child(), NatFinding.NONE, 0x1234);
    SecurityAssociation inUdp = PhaseTwoOffer.offer(child(), IN_UDP, 0x1234);
    assertTrue(PhaseTwoOffer.choose(check(child(), NatFinding.NONE), plain).isPresent());
    assertTrue(PhaseTwoOffer.choose(check(child(), IN_UDP), inUdp).isPresent());
    assertEquals(Optional.empty(), PhaseTwoOffer.choose(check(child(), NatFinding.NONE), inUdp));
    assertEquals(Optional.empty(), PhaseTwoOffer.choose(check(child(), IN_UDP), plain));
    String text = PhaseTwoOffer.explain(check(child(), IN_UDP), plain);
    assertTrue(text.contains("the difference is in Encapsulation Mode:"), text);
  }

  @Test
  void whatDiffersInPhaseOneIsNamed() {
    SecurityAssociation offer = PhaseOneOffer.offer(List.of(AES, Site.CISCO));
    IkeProposal other =
        IkeProposal.preShared(IkeCipher.TRIPLE_DES_CBC, IkeHash.MD5, DhGroup.MODP_2048);
    String text = PhaseOneOffer.explain(List.of(other), offer);
    assertTrue(text.contains("differ in Group Description:"), text);
    assertTrue(text.contains("3DES-CBC MD5 group 2"), text);
    IkeProposal farther =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_2048);
    String more = PhaseOneOffer.explain(List.of(farther), offer);
    assertTrue(more.contains("differ in Key Length, Hash Algorithm:"), more);
  }

  @Test
  void whatDiffersInPhaseTwoIsNamed() {
    SecurityAssociation offer = PhaseTwoOffer.offer(child(), NatFinding.NONE, 0x1234);
    ChildConfig sha =
        ChildConfig.of(
            "gre",
            child().local(),
            child().remote(),
            child().mode(),
            List.of(new EspProposal(EspEncryption.TRIPLE_DES_CBC, 0, EspIntegrity.HMAC_SHA1_96)));
    String text = PhaseTwoOffer.explain(check(sha, NatFinding.NONE), offer);
    assertTrue(text.contains("the difference is in Authentication Algorithm:"), text);
    ChildConfig withPfs =
        HandshakeTest.withPfs(Site.peer(true), DhGroup.MODP_1024, Site.TRIPLE_DES_MD5)
            .children()
            .get(0);
    String pfs = PhaseTwoOffer.explain(check(withPfs, NatFinding.NONE), offer);
    assertTrue(pfs.contains("the difference is in Group Description:"), pfs);
    ChildConfig aes =
        HandshakeTest.withPfs(
                Site.peer(true),
                DhGroup.MODP_1024,
                new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96))
            .children()
            .get(0);
    String cipher = PhaseTwoOffer.explain(check(aes, NatFinding.NONE), offer);
    assertTrue(cipher.contains("no cipher is common"), cipher);
  }
}
