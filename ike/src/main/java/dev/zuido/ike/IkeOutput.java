package dev.zuido.ike;

import dev.zuido.wire.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link IkeEngine} wants done or known: one ordered stream. What enables receiving comes
 * before the datagram that invites the traffic.
 */
public sealed interface IkeOutput {

  /**
   * Send the datagram whose bytes {@link IkeEngine#poll} has written.
   *
   * @param local the UDP source
   * @param remote the UDP destination
   * @param length its length in bytes
   */
  record Transmit(Endpoint local, Endpoint remote, int length) implements IkeOutput {}

  /**
   * Install an SA, then answer with {@link IkeCommand.SaInstalled} or {@link IkeCommand.SaRefused}.
   * The newest outbound SA of a child is the one to send on; an inbound SA is in use until it is
   * removed.
   */
  record InstallSa(SaParameters sa) implements IkeOutput {}

  /**
   * Remove an SA, installed or just being installed. It needs no answer.
   *
   * @param saId {@link SaParameters#id}
   * @param spi its SPI
   * @param direction which way its packets go
   * @param reason why
   */
  record RemoveSa(long saId, int spi, SaParameters.Direction direction, EndReason reason)
      implements IkeOutput {}

  /**
   * The peer's address or port was changed by a translator: an installed SA with UDP encapsulation
   * has other ends from now on. It needs no answer.
   *
   * @param saId {@link SaParameters#id}
   * @param spi its SPI
   * @param direction which way its packets go
   * @param source where the ESP packets come from
   * @param destination where they go to
   * @param udpEncapsulation the UDP ports
   */
  record MoveSa(
      long saId,
      int spi,
      SaParameters.Direction direction,
      IpAddress source,
      IpAddress destination,
      SaParameters.UdpEncapsulation udpEncapsulation)
      implements IkeOutput {}

  /**
   * Run the task, on any thread, and bring its result back. Soon: of the messages that need the
   * result and come before it, the first of quick mode is kept while the signature that completes
   * phase 1 is verified; the others are dropped, and come again only when the peer repeats them,
   * seconds later.
   *
   * @see IkeEngine#handle(ComputeResult, long)
   */
  record Compute(ComputeTask task) implements IkeOutput {}

  /** An ISAKMP SA was established: both sides have proved who they are. */
  record PhaseOneEstablished(IkeSnapshot.IsakmpSaView sa) implements IkeOutput {}

  /** An established ISAKMP SA is no more. Its children live on unless they are deleted too. */
  record PhaseOneDeleted(IkeSnapshot.IsakmpSaView sa, EndReason reason) implements IkeOutput {}

  /**
   * A pair of SAs is negotiated; the outbound one may follow within two seconds.
   *
   * @param pair the pair
   * @param rekeyed whether it succeeds another pair of the same child
   */
  record ChildEstablished(IkeSnapshot.ChildSaView pair, boolean rekeyed) implements IkeOutput {}

  /** A pair of SAs is no more. */
  record ChildDeleted(IkeSnapshot.ChildSaView pair, EndReason reason) implements IkeOutput {}

  /**
   * An exchange ended without success. What was established stays.
   *
   * @param peer {@link PeerConfig#name}
   * @param child {@link ChildConfig#name} for a quick mode that got so far, else null
   * @param exchange main mode, aggressive mode or quick mode
   * @param reason in words that say what to do
   */
  record ExchangeFailed(String peer, @Nullable String child, ExchangeName exchange, String reason)
      implements IkeOutput {}

  /**
   * Something a person should know, though the engine goes on: an error that the peer reported, a
   * key that probably differs, a probe without answer.
   *
   * @param peer {@link PeerConfig#name}
   * @param text one sentence without a full stop; it may quote what nobody has authenticated and
   *     then says so
   */
  record Notice(String peer, String text) implements IkeOutput {}

  /** A message was sent: the wire trace. Keys and hashes are never in it. */
  record MessageSent(MessageTrace message) implements IkeOutput {}

  /** A message was received and accepted by its exchange: the wire trace. */
  record MessageReceived(MessageTrace message) implements IkeOutput {}

  /**
   * A datagram or a command changed nothing.
   *
   * @param reason why
   * @param remote where the datagram came from; null for a command
   * @param detail what a person needs to find the cause, or empty
   */
  record Dropped(DropReason reason, @Nullable Endpoint remote, String detail)
      implements IkeOutput {}

  /** The exchanges that have names in the outputs. */
  enum ExchangeName {
    /** Identity protection (RFC 2409 section 5.4). */
    MAIN_MODE("main mode"),
    /** Aggressive (RFC 2409 section 5.4). */
    AGGRESSIVE_MODE("aggressive mode"),
    /** New group mode (RFC 2409 section 5.6), which is refused. */
    NEW_GROUP_MODE("new group mode"),
    /** Quick mode (RFC 2409 section 5.5). */
    QUICK_MODE("quick mode"),
    /** Informational (RFC 2409 section 5.7). */
    INFORMATIONAL("informational");

    private final String text;

    ExchangeName(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A message as a person reads it.
   *
   * @param peer {@link PeerConfig#name}
   * @param local our end
   * @param remote the peer's end
   * @param exchange the exchange
   * @param number which message of the exchange, from 1
   * @param of how many messages the exchange has
   * @param messageId the message ID; 0 in phase 1
   * @param encrypted whether it was encrypted on the wire
   * @param length bytes on the wire
   * @param repeated whether it is a retransmission, or the same answer to a request that came
   *     again; the first try may have been held back, see {@link DropReason#AMPLIFICATION}
   * @param payloads the payloads' names with what matters of their contents, in order
   * @param fragments in how many fragments it came or went; 1 if it was whole
   * @param detail the message in lines of {@link dev.zuido.ike.message.MessageText}, if {@link
   *     WireTrace#FIELDS} is asked for; else empty
   */
  record MessageTrace(
      String peer,
      Endpoint local,
      Endpoint remote,
      ExchangeName exchange,
      int number,
      int of,
      int messageId,
      boolean encrypted,
      int length,
      boolean repeated,
      List<String> payloads,
      int fragments,
      List<String> detail) {
    /** Copies the lists. */
    public MessageTrace {
      payloads = List.copyOf(payloads);
      detail = List.copyOf(detail);
    }

    MessageTrace asRepeated() {
      return with(true, fragments);
    }

    MessageTrace inFragments(int count) {
      return with(repeated, count);
    }

    private MessageTrace with(boolean again, int count) {
      return new MessageTrace(
          peer, local, remote, exchange, number, of, messageId, encrypted, length, again, payloads,
          count, detail);
    }

    /** For example {@code main mode 1/6 [SA, VID Dead Peer Detection]}. */
    @Override
    public String toString() {
      return exchange
          + (of > 1 ? " " + number + "/" + of : "")
          + (repeated ? " (again) " : " ")
          + payloads
          + (fragments > 1 ? " in " + fragments + " fragments" : "");
    }
  }

  /** Why an SA ended. */
  enum EndReason {
    /** Its lifetime is over. */
    EXPIRED("its lifetime is over"),
    /** A successor took its place. */
    REPLACED("a successor took its place"),
    /** The peer deleted it. */
    DELETED_BY_PEER("the peer deleted it"),
    /** The peer has restarted (INITIAL-CONTACT). */
    PEER_RESTARTED("the peer has restarted"),
    /** The peer does not answer. */
    PEER_DEAD("the peer does not answer"),
    /** The peer does not know its SPI. */
    INVALID_SPI("the peer does not know its SPI"),
    /** The peer has another address, to which transport mode cannot follow. */
    PEER_MOVED("the peer has another address"),
    /** It was asked for. */
    TERMINATED("it was terminated"),
    /** The negotiation was not completed. */
    NOT_COMPLETED("the negotiation was not completed");

    private final String text;

    EndReason(String text) {
      this.text = text;
    }

    /** The reason as a clause. */
    public String text() {
      return text;
    }
  }
}
