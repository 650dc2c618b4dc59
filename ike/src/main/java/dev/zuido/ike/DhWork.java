package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/** Diffie-Hellman as tasks for the driver. */
final class DhWork {
  /** What to say where {@link Agreement#secret} is empty. */
  static final String NOT_ALLOWED =
      "the peer's public Diffie-Hellman value is not allowed (RFC 6989): no peer that works right"
          + " sends such a one, and somebody on the way may have put it there";

  private DhWork() {}

  /** What to say of a public value that is not as long as those of the group. */
  static String wrongLength(DhGroup group, ByteString publicValue) {
    return "another length: "
        + publicValue.length()
        + " bytes, where those of "
        + group
        + " have "
        + group.publicLength();
  }

  /** A fresh key pair. */
  record OwnPair(DhKeyPair pair) implements ComputeTask.Product {
    @Override
    public void wipe() {
      pair.close();
    }
  }

  /**
   * A shared secret. The private value is wiped by now.
   *
   * @param ownPublicValue our public value
   * @param secret the shared secret, or empty if the peer's public value is not allowed
   */
  record Agreement(ByteString ownPublicValue, Optional<Secret> secret)
      implements ComputeTask.Product {
    @Override
    public void wipe() {
      secret.ifPresent(Secret::close);
    }
  }

  /** A shared secret, and the pair that made it, as it was. */
  record Trial(DhKeyPair pair, Agreement agreement) implements ComputeTask.Product {
    @Override
    public void wipe() {
      pair.close();
      agreement.wipe();
    }
  }

  /** Makes a key pair. */
  static long generate(EngineContext context, DhGroup group, ObjLongConsumer<OwnPair> waiter) {
    DrawnRandom random = DrawnRandom.drawFrom(context.secrets);
    return context.compute(
        "key pair of " + group, OwnPair.class, () -> new OwnPair(group.generate(random)), waiter);
  }

  /** Agrees with the peer by a key pair that is there, and wipes it. */
  static long agree(
      EngineContext context,
      DhKeyPair pair,
      ByteString peersPublicValue,
      ObjLongConsumer<Agreement> waiter) {
    return context.compute(
        "shared secret of " + pair.group(),
        Agreement.class,
        () -> agreement(pair, peersPublicValue),
        waiter);
  }

  /**
   * Agrees with who may be the peer by a key pair that is needed again if it is not: the task has
   * it meanwhile.
   */
  static long tryToAgree(
      EngineContext context,
      DhKeyPair pair,
      ByteString peersPublicValue,
      ObjLongConsumer<Trial> waiter) {
    return context.compute(
        "shared secret of " + pair.group(),
        Trial.class,
        () -> trial(pair, peersPublicValue),
        waiter);
  }

  private static Trial trial(DhKeyPair pair, ByteString peersPublicValue) {
    try {
      Secret secret = pair.agree(peersPublicValue);
      return new Trial(pair, new Agreement(pair.publicValue(), Optional.of(secret)));
    } catch (MalformedPacketException e) {
      return new Trial(pair, new Agreement(pair.publicValue(), Optional.empty()));
    }
  }

  /** Makes a key pair and agrees with the peer: the responder's work in one. */
  static long generateAndAgree(
      EngineContext context,
      DhGroup group,
      ByteString peersPublicValue,
      ObjLongConsumer<Agreement> waiter) {
    DrawnRandom random = DrawnRandom.drawFrom(context.secrets);
    return context.compute(
        "key pair and shared secret of " + group,
        Agreement.class,
        () -> agreement(group.generate(random), peersPublicValue),
        waiter);
  }

  private static Agreement agreement(DhKeyPair pair, ByteString peersPublicValue) {
    try (pair) {
      return new Agreement(pair.publicValue(), Optional.of(pair.agree(peersPublicValue)));
    } catch (MalformedPacketException e) {
      return new Agreement(pair.publicValue(), Optional.empty());
    }
  }
}
