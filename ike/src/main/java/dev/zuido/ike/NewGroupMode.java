package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * New group mode (RFC 2409 section 5.6): a peer proposes a Diffie-Hellman group of its own making.
 * It is read, and always refused: nobody can tell in reasonable time whether such a group is a
 * trap.
 */
final class NewGroupMode {
  private static final int MAX_SHOWN = 16;

  private NewGroupMode() {}

  /** A message that was decrypted under an established ISAKMP SA. */
  static void receive(EngineContext context, IsakmpSa sa, Received message, long nowNanos) {
    byte[] expected =
        sa.keys().hash1(message.header().messageId(), Hashes.afterFirst(message.chain()));
    if (!Hashes.leads(message.chain(), expected)) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), "new group mode");
      return;
    }
    if (MessageRule.NEW_GROUP.isBrokenBy(message, context)) {
      return;
    }
    if (!sa.exchanges().takeFirst(message)) {
      return;
    }
    sa.peer().heard(nowNanos);
    sa.exchanges().acceptAlone(message, ExchangeName.NEW_GROUP_MODE, 2);
    SecurityAssociation offered = message.chain().payload(SecurityAssociation.class).orElseThrow();
    context.outbox.drop(
        DropReason.UNSUPPORTED_EXCHANGE,
        message.remote(),
        "new group mode: groups of a peer's own making are refused, also this one: "
            + describe(offered));
    sa.inform(PhaseOnePayloads.error(sa, NotifyType.ATTRIBUTES_NOT_SUPPORTED));
  }

  private static String describe(SecurityAssociation offered) {
    List<String> parts = new ArrayList<>();
    for (Proposal proposal : offered.proposals()) {
      for (Transform transform : proposal.transforms()) {
        for (DataAttribute attribute : transform.attributes()) {
          if (parts.size() < MAX_SHOWN) {
            parts.add(describe(attribute));
          }
        }
      }
    }
    return String.join(", ", parts);
  }

  private static String describe(DataAttribute attribute) {
    String name = PhaseOneAttribute.nameOf(attribute.type());
    if (attribute instanceof DataAttribute.Variable variable && variable.value().length() > 4) {
      return name + " of " + 8 * variable.value().length() + " bits";
    }
    long value = attribute.number().orElse(0);
    return attribute.type() == PhaseOneAttribute.GROUP_TYPE
        ? name + " " + PhaseOneAttribute.GroupType.nameOf((int) value)
        : name + " " + value;
  }
}
