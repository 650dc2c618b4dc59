package dev.zuido.testkit.ike;

import static dev.zuido.testkit.ike.IsakmpArbitraries.octets;
import static dev.zuido.testkit.ike.IsakmpArbitraries.shorts;

import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.ByteString;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** The SA payload and its parts. */
public final class SaArbitraries {
  private SaArbitraries() {}

  /** Attributes in both forms, among them numbers that would fit the short form in the long one. */
  public static Arbitrary<DataAttribute> dataAttributes() {
    Arbitrary<Integer> types = Arbitraries.integers().between(0, 0x7fff);
    return Arbitraries.oneOf(
        Combinators.combine(types, shorts()).as(DataAttribute.Basic::new),
        Combinators.combine(types, IsakmpArbitraries.bytes(0, 16)).as(DataAttribute.Variable::new));
  }

  /** Transforms. */
  public static Arbitrary<Transform> transforms() {
    return Combinators.combine(octets(), octets(), dataAttributes().list().ofMaxSize(8))
        .as(Transform::new);
  }

  /** Proposals with and without an SPI. */
  public static Arbitrary<Proposal> proposals() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            octets(),
            IsakmpArbitraries.bytes(0, 16),
            transforms().list().ofMaxSize(4))
        .as(Proposal::new);
  }

  /** SA payloads of the IPsec DOI with alternatives and with proposals that belong together. */
  public static Arbitrary<SecurityAssociation> securityAssociations() {
    return proposals().list().ofMaxSize(4).map(SecurityAssociation::of);
  }

  /** An SA payload with one proposal without an SPI. */
  static SecurityAssociation of(int protocolId, List<Transform> transforms) {
    return SecurityAssociation.of(
        List.of(new Proposal(1, protocolId, ByteString.EMPTY, transforms)));
  }
}
