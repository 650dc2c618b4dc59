package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.MessageTrace;
import dev.zuido.wire.ByteString;
import java.util.List;

/**
 * Sends the messages of one ISAKMP SA, whole or in fragments, as far as their address may be sent
 * anything.
 */
final class MessageSender {
  private static final int MAX_LENGTH = IkeEngine.MAX_DATAGRAM_LENGTH - NonEspMarker.LENGTH;

  private final EngineContext context;
  private final IsakmpSa sa;
  private final PeerAbilities abilities;
  private final AddressBudget budget;
  private int phaseOneType;
  private int lastFragmentId;

  MessageSender(EngineContext context, IsakmpSa sa, PeerAbilities abilities, AddressBudget budget) {
    this.context = context;
    this.sa = sa;
    this.abilities = abilities;
    this.budget = budget;
  }

  /**
   * A message with its header.
   *
   * @param bytes the whole message
   * @param trace what it is
   * @param fragmentId the ID of its fragments if it is cut: the same when it is sent again, so that
   *     fragments of both times fit together
   */
  record Message(ByteString bytes, MessageTrace trace, int fragmentId) {}

  /** Phase 1 is main or aggressive mode. */
  void phaseOne(int exchangeType) {
    phaseOneType = exchangeType;
  }

  /** An ID for the fragments of a new message, from 1. */
  int newFragmentId() {
    lastFragmentId = lastFragmentId % 0xffff + 1;
    return lastFragmentId;
  }

  /** Sends a message, or drops it if its address may not be sent so much. */
  boolean send(Message message, UdpPath path, boolean repeated) {
    List<ByteString> datagrams = datagrams(message, path);
    int bytes = datagrams.stream().mapToInt(ByteString::length).sum();
    if (datagrams.get(0).length() > MAX_LENGTH) {
      context.outbox.drop(
          DropReason.LIMIT,
          path.remote(),
          "a message of " + bytes + " bytes is too long to be sent whole, and must not be cut");
      return false;
    }
    if (!budget.take(bytes)) {
      context.outbox.drop(
          DropReason.AMPLIFICATION,
          path.remote(),
          "a message of " + bytes + " bytes, until more has come from the address");
      return false;
    }
    for (ByteString datagram : datagrams) {
      context.outbox.transmit(path.local(), path.remote(), datagram);
    }
    sa.peer().sent(context.nowNanos());
    MessageTrace trace = message.trace.inFragments(datagrams.size());
    context.outbox.add(new IkeOutput.MessageSent(repeated ? trace.asRepeated() : trace));
    return true;
  }

  /** The message in one datagram, or cut if it is long and the peer has said that it may be. */
  private List<ByteString> datagrams(Message message, UdpPath path) {
    Fragmentation option = sa.peer().config().options().fragmentation();
    boolean mayCut =
        option == Fragmentation.FORCE || (option == Fragmentation.ON && abilities.takesFragments());
    int packet = context.config.limits().fragments().packetBytes();
    if (!mayCut
        || sa.responderCookie().isZero()
        || FragmentSupport.packetBytes(path, message.bytes.length()) <= packet) {
      return List.of(message.bytes);
    }
    return FragmentSupport.cut(sa, message.bytes, phaseOneType, message.fragmentId, path, packet);
  }
}
