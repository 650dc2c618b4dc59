package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TcpHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection (RFC 9293) that carries a content one way and its SHA-256 back: maximum
 * segment size, cumulative acknowledgement, retransmission timer (RFC 6298), slow start, congestion
 * avoidance and fast recovery (RFC 5681, RFC 6582). No window scaling, timestamps or selective
 * acknowledgement.
 *
 * <p>Offsets count the bytes of a direction from 0; the byte at offset n has the sequence number
 * {@code initial + 1 + n}, and a FIN takes the offset behind the last byte.
 */
final class TcpConnection {
  private static final int WINDOW = 65_535;
  private static final int DEFAULT_MSS = 536;
  private static final int HEADERS = Ipv4Fields.MIN_HEADER_LENGTH + TcpFields.MIN_HEADER_LENGTH;
  private static final int MAX_TIMEOUTS = 20;
  private static final int DUPLICATES = 3;

  private enum State {
    LISTEN,
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    TIME_WAIT,
    CLOSED
  }

  private final VirtualHost host;
  private final @Nullable TcpServer server;
  private final int localPort;
  private final Ipv4Address peer;
  private final int peerPort;
  private final int initialSequence;
  private final TcpTimer timer = new TcpTimer();
  private final TcpReceiver receiver = new TcpReceiver();
  private @Nullable TcpTransfer transfer;
  private State state;
  private int peerInitial;
  private byte[] content = new byte[0];
  private boolean closing;
  private int acknowledged;
  private int next;
  private int highest;
  private int peerWindow = WINDOW;
  private int peerMss = DEFAULT_MSS;
  private int congestionWindow;
  private int slowStartThreshold = WINDOW;
  private int duplicates;
  private int recoverUntil = -1;
  private boolean delivered;
  private int largestSegment;
  private long retransmissions;

  private TcpConnection(
      VirtualHost host,
      @Nullable TcpServer server,
      State state,
      int localPort,
      Ipv4Address peer,
      int peerPort,
      int initialSequence) {
    this.host = host;
    this.server = server;
    this.state = state;
    this.localPort = localPort;
    this.peer = peer;
    this.peerPort = peerPort;
    this.initialSequence = initialSequence;
  }

  /** A connection that sends its SYN when it gets something to {@link #transfer}. */
  static TcpConnection active(
      VirtualHost host, int localPort, Ipv4Address peer, int peerPort, int initial) {
    return new TcpConnection(host, null, State.SYN_SENT, localPort, peer, peerPort, initial);
  }

  /** A connection that waits for its SYN. */
  static TcpConnection passive(
      VirtualHost host,
      TcpServer server,
      int localPort,
      Ipv4Address peer,
      int peerPort,
      int initial) {
    return new TcpConnection(host, server, State.LISTEN, localPort, peer, peerPort, initial);
  }

  TcpTransfer transfer(byte[] toSend, long nowNanos) {
    content = toSend;
    closing = true;
    TcpTransfer started = new TcpTransfer(peer, toSend.length, this, nowNanos);
    transfer = started;
    timer.start(nowNanos);
    sendSyn();
    return started;
  }

  int acknowledgedBytes() {
    return Math.min(acknowledged, content.length);
  }

  int peerMss() {
    return peerMss;
  }

  int largestSegment() {
    return largestSegment;
  }

  long retransmissions() {
    return retransmissions;
  }

  boolean isOver() {
    return state == State.TIME_WAIT || state == State.CLOSED;
  }

  long nextDeadline() {
    return timer.deadline();
  }

  /** The path has become narrower: what is under way is lost. */
  void sendAgain() {
    if (state == State.ESTABLISHED && acknowledged < highest) {
      timer.expectLoss();
    }
  }

  void handle(byte[] packet, int at, long nowNanos) {
    int flags = TcpFields.flags(packet, at);
    int acknowledgment = BigEndian.getInt(packet, at + 8);
    if ((flags & TcpHeader.RST) != 0) {
      handleReset(flags, acknowledgment, BigEndian.getInt(packet, at + 4), nowNanos);
      return;
    }
    if ((flags & TcpHeader.SYN) != 0) {
      handleSyn(packet, at, flags, acknowledgment, nowNanos);
      return;
    }
    if (!isSynchronised()
        || (flags & TcpHeader.ACK) == 0
        || acknowledgment - (initialSequence + 1) > highest) {
      return;
    }
    int dataAt = at + TcpFields.headerLength(packet, at);
    int length = packet.length - dataAt;
    boolean fin = (flags & TcpHeader.FIN) != 0;
    handleAcknowledgment(
        acknowledgment, BigEndian.getUnsignedShort(packet, at + 14), length == 0 && !fin, nowNanos);
    if (length > 0 || fin) {
      int distance =
          BigEndian.getInt(packet, at + 4) - (peerInitial + 1) - (int) receiver.expected();
      receiver.take(
          receiver.expected() + distance, Arrays.copyOfRange(packet, dataAt, packet.length), fin);
      whenContentIsComplete();
      sendSegment(highest, 0, TcpHeader.ACK);
    }
    sendWhatFits(nowNanos);
    endWhenDone(nowNanos);
  }

  void handleTimeout(long nowNanos) {
    if (nowNanos < timer.deadline()) {
      return;
    }
    if (timer.timeouts() >= MAX_TIMEOUTS) {
      abort(TcpTransfer.Outcome.TIMED_OUT, nowNanos);
      return;
    }
    if (state == State.SYN_SENT || state == State.SYN_RECEIVED) {
      retransmissions++;
      timer.backOff(nowNanos);
      sendSyn();
      return;
    }
    if (!timer.isLossExpected()) {
      slowStartThreshold = Math.max((highest - acknowledged) / 2, 2 * segmentSize());
      congestionWindow = segmentSize();
    }
    next = acknowledged;
    recoverUntil = -1;
    duplicates = 0;
    timer.backOff(nowNanos);
    sendWhatFits(nowNanos);
  }

  private void handleReset(int flags, int acknowledgment, int sequence, long nowNanos) {
    boolean refused =
        state == State.SYN_SENT
            && (flags & TcpHeader.ACK) != 0
            && acknowledgment == initialSequence + 1;
    boolean inSequence =
        isSynchronised() && sequence == peerInitial + 1 + (int) receiver.expected();
    if (refused || inSequence) {
      abort(TcpTransfer.Outcome.RESET, nowNanos);
    }
  }

  private void handleSyn(byte[] packet, int at, int flags, int acknowledgment, long nowNanos) {
    boolean acknowledges = (flags & TcpHeader.ACK) != 0;
    int sequence = BigEndian.getInt(packet, at + 4);
    if (state == State.LISTEN && !acknowledges) {
      takeSyn(packet, at, sequence);
      state = State.SYN_RECEIVED;
      timer.start(nowNanos);
      sendSyn();
    } else if (state == State.SYN_RECEIVED && !acknowledges && sequence == peerInitial) {
      sendSyn();
    } else if (state == State.SYN_SENT && acknowledges && acknowledgment == initialSequence + 1) {
      takeSyn(packet, at, sequence);
      state = State.ESTABLISHED;
      timer.stop();
      sendSegment(0, 0, TcpHeader.ACK);
      sendWhatFits(nowNanos);
    } else if (isSynchronised()) {
      sendSegment(highest, 0, TcpHeader.ACK); // RFC 9293 section 3.10.7.4: a challenge
    }
  }

  private void takeSyn(byte[] packet, int at, int sequence) {
    peerInitial = sequence;
    int mssAt = TcpFields.maximumSegmentSizeIndex(packet, at);
    peerMss = mssAt < 0 ? DEFAULT_MSS : Math.max(1, BigEndian.getUnsignedShort(packet, mssAt));
    congestionWindow = 4 * segmentSize();
  }

  private void handleAcknowledgment(int number, int window, boolean pure, long nowNanos) {
    int advance = number - (initialSequence + 1) - acknowledged;
    if (advance < 0) {
      return;
    }
    if (state == State.SYN_RECEIVED) {
      state = State.ESTABLISHED;
      timer.stop();
    }
    peerWindow = window;
    if (advance == 0) {
      if (pure && highest > acknowledged && ++duplicates == DUPLICATES && recoverUntil < 0) {
        slowStartThreshold = Math.max((highest - acknowledged) / 2, 2 * segmentSize());
        congestionWindow = slowStartThreshold;
        recoverUntil = highest;
        sendAt(acknowledged, nowNanos);
      }
      return;
    }
    acknowledged += advance;
    next = Math.max(next, acknowledged);
    duplicates = 0;
    timer.acknowledged(acknowledged, nowNanos);
    if (recoverUntil > acknowledged) {
      sendAt(acknowledged, nowNanos); // a partial acknowledgement: the next hole
    } else {
      recoverUntil = -1;
      int size = segmentSize();
      congestionWindow +=
          congestionWindow < slowStartThreshold
              ? Math.min(advance, size)
              : Math.max(1, (int) ((long) size * size / congestionWindow));
      congestionWindow = Math.min(congestionWindow, 2 * WINDOW);
    }
    if (acknowledged == highest) {
      timer.stop();
    } else {
      timer.start(nowNanos);
    }
  }

  private void sendWhatFits(long nowNanos) {
    if (state != State.ESTABLISHED) {
      return;
    }
    int end = content.length + (closing ? 1 : 0);
    while (next < end) {
      int window = Math.min(congestionWindow, peerWindow);
      if (next > acknowledged && next - acknowledged + segmentSize() > window) {
        return;
      }
      next += sendAt(next, nowNanos);
    }
  }

  /**
   * Sends the segment at an offset.
   *
   * @return the offsets that it covers
   */
  private int sendAt(int offset, long nowNanos) {
    int length = Math.min(segmentSize(), content.length - offset);
    boolean fin = closing && offset + length == content.length;
    int covered = length + (fin ? 1 : 0);
    if (offset < highest) {
      retransmissions++;
      timer.retransmitted();
    } else {
      timer.sent(offset + covered, nowNanos);
    }
    highest = Math.max(highest, offset + covered);
    largestSegment = Math.max(largestSegment, length);
    sendSegment(offset, length, TcpHeader.ACK | TcpHeader.PSH | (fin ? TcpHeader.FIN : 0));
    timer.startIfStopped(nowNanos);
    return covered;
  }

  private void sendSyn() {
    boolean answer = state == State.SYN_RECEIVED;
    send(
        initialSequence,
        answer ? TcpHeader.SYN | TcpHeader.ACK : TcpHeader.SYN,
        host.port().mtu() - HEADERS,
        0,
        0);
  }

  private void sendSegment(int offset, int length, int flags) {
    send(initialSequence + 1 + offset, flags, 0, Math.min(offset, content.length), length);
  }

  private void send(int sequence, int flags, int mss, int from, int length) {
    boolean acknowledges = (flags & TcpHeader.ACK) != 0;
    int acknowledgment = acknowledges ? peerInitial + 1 + (int) receiver.expected() : 0;
    TcpSegment segment =
        new TcpSegment(localPort, peerPort, sequence, acknowledgment, flags, WINDOW, mss);
    host.send(segment.toPacket(host, peer, content, from, length));
  }

  private int segmentSize() {
    return Math.max(1, Math.min(peerMss, host.pathMtu(peer) - HEADERS));
  }

  /** The receiver of the content answers with its hash. */
  private void whenContentIsComplete() {
    if (server != null && receiver.isComplete() && !delivered) {
      delivered = true;
      content = receiver.sha256().toArray();
      closing = true;
      server.add(
          new ReceivedContent(peer, peerPort, receiver.length(), receiver.sha256(), peerMss));
    }
  }

  private void endWhenDone(long nowNanos) {
    if (state != State.ESTABLISHED
        || !closing
        || acknowledged <= content.length
        || !receiver.isComplete()) {
      return;
    }
    state = State.TIME_WAIT;
    timer.stop();
    if (transfer != null) {
      boolean same = receiver.firstBytes().equals(ByteString.of(TcpReceiver.sha256(content)));
      transfer.end(same ? TcpTransfer.Outcome.WHOLE : TcpTransfer.Outcome.CORRUPT, nowNanos);
    }
  }

  private void abort(TcpTransfer.Outcome outcome, long nowNanos) {
    state = State.CLOSED;
    timer.stop();
    if (transfer != null) {
      transfer.end(outcome, nowNanos);
    }
  }

  private boolean isSynchronised() {
    return state == State.SYN_RECEIVED || state == State.ESTABLISHED || state == State.TIME_WAIT;
  }
}
