package dev.zuido.ike.crypto;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;

/** One side's private and public Diffie-Hellman value, for one exchange. */
public final class DhKeyPair implements AutoCloseable {
  private final DhGroup group;
  private final DhArithmetic arithmetic;
  private final Secret privateValue;
  private final ByteString publicValue;

  DhKeyPair(DhGroup group, DhArithmetic arithmetic, Secret privateValue) {
    this.group = group;
    this.arithmetic = arithmetic;
    this.privateValue = privateValue;
    this.publicValue = ByteString.of(arithmetic.publicValue(privateValue.bytes()));
  }

  /** The group. */
  public DhGroup group() {
    return group;
  }

  /** The public value as a Key Exchange payload carries it, {@link DhGroup#publicLength} bytes. */
  public ByteString publicValue() {
    return publicValue;
  }

  /**
   * The secret shared with the peer, g^xy: {@link DhGroup#sharedSecretLength} bytes, zeros at the
   * left included.
   *
   * @param peersPublicValue what the peer's Key Exchange payload carried
   * @throws MalformedPacketException if the value has another length than the group's, or fails the
   *     group's tests of RFC 6989 section 2: 0, 1, p-1 and above, a point that is not on the curve,
   *     an all-zero secret
   * @throws IllegalStateException if the pair has been wiped
   */
  public Secret agree(ByteString peersPublicValue) throws MalformedPacketException {
    return Secret.owning(arithmetic.agree(privateValue.bytes(), peersPublicValue.toArray()));
  }

  /** Wipes the private value; again has no effect. */
  @Override
  public void close() {
    privateValue.close();
  }

  @Override
  public String toString() {
    return "DhKeyPair[" + group + "]";
  }
}
