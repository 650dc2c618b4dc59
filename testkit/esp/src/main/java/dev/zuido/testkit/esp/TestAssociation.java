package dev.zuido.testkit.esp;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.wire.ByteString;
import java.security.SecureRandom;

/**
 * An SA with its keys, from which both ends can be made.
 *
 * @param parameters as the sender sees them
 * @param keyMaterial the keys
 */
public record TestAssociation(SaParameters parameters, ByteString keyMaterial) {

  /** A fresh sending end. */
  public OutboundSa outbound(SecureRandom random) {
    try (EspKeys keys = keys()) {
      return new OutboundSa(parameters, keys, EspCrypto.platform(), random, 0);
    }
  }

  /** A fresh receiving end. */
  public InboundSa inbound() {
    try (EspKeys keys = keys()) {
      return new InboundSa(parameters.mirrored(), keys, EspCrypto.platform(), 0);
    }
  }

  /** The slow transform with the same keys. */
  public ReferenceEsp reference() {
    return new ReferenceEsp(
        parameters.suite(), keyMaterial.toArray(), parameters.extendedSequenceNumbers());
  }

  private EspKeys keys() {
    return EspKeys.ofKeyMaterial(parameters.suite(), keyMaterial.toArray());
  }
}
