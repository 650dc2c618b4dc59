package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Transform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted peer negotiates in quick mode: one ESP transform for one pair of selectors.
 *
 * @param transform the transform with all its attributes
 * @param local the peer's own selector
 * @param remote the gateway's selector
 * @param pfsGroup the group of a fresh Diffie-Hellman exchange, or null for none
 */
public record ScriptedChild(
    Transform transform, Identification local, Identification remote, @Nullable DhGroup pfsGroup) {
  private static final int LIFETIME_SECONDS = 3_600;

  /**
   * A child of the usual attributes.
   *
   * @param transformId see {@link dev.zuido.ike.message.TransformId.Esp}
   * @param keyBits the Key Length attribute, or 0 for none
   * @param authentication see {@link IpsecAttribute.Authentication}, or 0 for none
   * @param mode see {@link IpsecAttribute.EncapsulationMode}
   */
  public static ScriptedChild of(
      int transformId,
      int keyBits,
      int authentication,
      int mode,
      @Nullable DhGroup pfsGroup,
      Identification local,
      Identification remote) {
    List<DataAttribute> attributes = new ArrayList<>();
    attributes.add(DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.LifeType.SECONDS));
    attributes.add(DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, LIFETIME_SECONDS));
    attributes.add(DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, mode));
    if (authentication != 0) {
      attributes.add(DataAttribute.of(IpsecAttribute.AUTHENTICATION_ALGORITHM, authentication));
    }
    if (keyBits != 0) {
      attributes.add(DataAttribute.of(IpsecAttribute.KEY_LENGTH, keyBits));
    }
    if (pfsGroup != null) {
      attributes.add(DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, pfsGroup.attributeValue()));
    }
    return new ScriptedChild(new Transform(1, transformId, attributes), local, remote, pfsGroup);
  }
}
