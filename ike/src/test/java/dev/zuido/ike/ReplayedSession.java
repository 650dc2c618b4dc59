package dev.zuido.ike;

import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.recorded.RecordedSession;
import dev.zuido.ike.recorded.SessionDecoder;
import dev.zuido.ike.recorded.SessionDecoder.Decoded;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A recorded session in which an engine takes the place of one side: it draws the cookie, the
 * nonces, the message ID and the SPI that this side had, its Diffie-Hellman values are the recorded
 * ones, and it gets the other side's messages with their payloads as they were.
 *
 * <p>Only the encryption is made anew, since its IV hangs on every byte that was sent before, and
 * our messages may have other padding and other notifications.
 */
final class ReplayedSession {
  private static final int MARKER = 4;

  /** What the engine has sent: its ends, and what was in it once decrypted. */
  record Said(Endpoint local, Endpoint remote, boolean marked, IsakmpMessage message) {
    /** The payloads that stand for the exchange, without vendor IDs and notifications. */
    List<Integer> types() {
      return ReplayedSession.types(message.chain());
    }
  }

  final IkeEngine engine;
  final List<Said> said = new ArrayList<>();
  final List<IkeOutput> outputs = new ArrayList<>();
  final List<SaParameters> installed = new ArrayList<>();
  final List<String> keys = new ArrayList<>();

  /** What the replaced side said, and what the other side did, in order. */
  final List<Decoded> recordedOwn = new ArrayList<>();

  final List<Decoded> recordedOther = new ArrayList<>();

  private final RecordedSession session;
  private final boolean initiator;
  private final Scripted random = new Scripted();
  private int spisGiven;
  private final PhaseOneKeys phaseOne;
  private final PhaseOneExchange exchange;
  private final Map<Integer, byte[]> ivs = new HashMap<>();
  private final ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
  private byte[] lastPhaseOneBlock = new byte[0];
  private long now;

  ReplayedSession(RecordedSession session, boolean initiator, PeerConfig peer)
      throws MalformedPacketException {
    this.session = session;
    this.initiator = initiator;
    SessionDecoder decoder = new SessionDecoder(session);
    for (Decoded each : decoder.decode()) {
      (each.fromInitiator() == initiator ? recordedOwn : recordedOther).add(each);
    }
    phaseOne = decoder.keys();
    exchange = decoder.exchange();
    random.next((initiator ? exchange.initiatorCookie() : exchange.responderCookie()).toBytes());
    for (Decoded each : recordedOwn) {
      each.message().payload(Nonce.class).ifPresent(nonce -> random.next(nonce.data().toArray()));
    }
    if (initiator) {
      nextMessageId(quickMode());
    }
    SpiAllocator spi =
        new SpiAllocator() {
          @Override
          public int allocate() {
            return (int) Long.parseLong(inboundSpi(spisGiven++), 16);
          }

          @Override
          public void release(int released) {}
        };
    engine =
        new IkeEngine(
            IkeConfig.of(List.of(peer)), random, new SplittableRandom(1), spi, TrafficClock.SILENT);
  }

  private Decoded quickMode() {
    return recordedOwn.stream()
        .filter(each -> each.message().header().exchangeType() == ExchangeType.QUICK_MODE)
        .findFirst()
        .orElseThrow();
  }

  /** The exchange that the engine begins next gets the message ID that was recorded. */
  void nextMessageId(Decoded recorded) {
    byte[] messageId = new byte[4];
    BigEndian.putInt(messageId, 0, recorded.message().header().messageId());
    random.next(messageId);
  }

  /** A recorded SPI that the replaced side received with: towards its address. */
  private String inboundSpi(int index) {
    String own = initiator ? "100.1.1.1" : "200.1.1.1";
    int before = index;
    for (int i = 1; ; i++) {
      if (session.text("esp." + i + ".dst").equals(own) && before-- == 0) {
        return session.text("esp." + i + ".spi").substring(2);
      }
    }
  }

  void command(IkeCommand command) throws MalformedPacketException {
    engine.handle(command, now);
    drain();
  }

  /** Hands a message of the other side to the engine, from and to where it came in truth. */
  void receive(Decoded recorded, IpAddress remote, IpAddress local)
      throws MalformedPacketException {
    byte[] datagram = recorded.datagram().message().clone();
    if (recorded.isEncrypted()) {
      int id = recorded.message().header().messageId();
      byte[] plain = recorded.message().chain().toBytes();
      byte[] cipher = phaseOne.cipher().encrypt(phaseOne.cipherKey(), iv(id), plain);
      System.arraycopy(cipher, 0, datagram, IsakmpHeader.LENGTH, cipher.length);
      moveOn(id, cipher);
    }
    Endpoint from = new Endpoint(remote, recorded.datagram().sourcePort());
    Endpoint to = new Endpoint(local, recorded.datagram().destinationPort());
    ByteBuf bytes = Unpooled.buffer();
    if (to.port() == Endpoint.NAT_TRAVERSAL_PORT) {
      bytes.writeZero(MARKER);
    }
    bytes.writeBytes(datagram);
    engine.handle(bytes, to, from, now += 1_000_000);
    drain();
  }

  private byte[] iv(int messageId) {
    return ivs.computeIfAbsent(
        messageId,
        id -> id == 0 ? phaseOne.initialIv() : phaseOne.phaseTwoIv(lastPhaseOneBlock, id));
  }

  private void moveOn(int messageId, byte[] ciphertext) {
    byte[] next = phaseOne.cipher().nextIv(ciphertext);
    ivs.put(messageId, next);
    if (messageId == 0) {
      lastPhaseOneBlock = next;
    }
  }

  private void drain() throws MalformedPacketException {
    Deque<Runnable> todo = new ArrayDeque<>();
    do {
      if (!todo.isEmpty()) {
        todo.remove().run();
      }
      IkeOutput output;
      while ((output = engine.poll(buffer.clear())) != null) {
        outputs.add(output);
        if (output instanceof IkeOutput.Transmit to) {
          hear(to);
        } else if (output instanceof IkeOutput.Compute compute) {
          todo.add(() -> engine.handle(recorded(compute.task()), now));
        } else if (output instanceof IkeOutput.InstallSa install) {
          SaKeys pair = install.sa().keys();
          installed.add(install.sa());
          keys.add("" + ByteString.of(pair.encryption()) + ByteString.of(pair.integrity()));
          todo.add(() -> engine.handle(new IkeCommand.SaInstalled(install.sa().id()), now));
        }
      }
    } while (!todo.isEmpty());
  }

  /** The task's result as it was recorded; a key pair as it comes, since nobody looks at it. */
  private ComputeResult recorded(ComputeTask task) {
    ComputeResult result = task.run();
    if (!(result.product() instanceof DhWork.Agreement
        || result.product() instanceof DhWork.Trial)) {
      return result;
    }
    boolean quickMode = outputs.stream().anyMatch(IkeOutput.PhaseOneEstablished.class::isInstance);
    ByteString own =
        quickMode
            ? quickMode().message().payload(KeyExchange.class).orElseThrow().data()
            : initiator ? exchange.initiatorPublicValue() : exchange.responderPublicValue();
    DhWork.Agreement agreement =
        new DhWork.Agreement(
            own, Optional.of(session.secret(quickMode ? "quick_mode.dh_secret" : "ike.dh_secret")));
    return new ComputeResult(
        result.taskId(),
        result.product() instanceof DhWork.Trial trial
            ? new DhWork.Trial(trial.pair(), agreement)
            : agreement);
  }

  private void hear(IkeOutput.Transmit to) throws MalformedPacketException {
    boolean marked = to.length() > MARKER && buffer.getInt(0) == 0;
    ByteBuf in = buffer.slice();
    if (marked) {
      in.skipBytes(MARKER);
    }
    IsakmpHeader header = IsakmpHeader.decode(in);
    byte[] body = ByteString.read(in, in.readableBytes()).toArray();
    if (header.isEncrypted()) {
      byte[] iv = iv(header.messageId());
      byte[] plain = phaseOne.cipher().decrypt(phaseOne.cipherKey(), iv, body);
      moveOn(header.messageId(), body);
      body = plain;
    }
    PayloadChain chain = PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(body));
    said.add(new Said(to.local(), to.remote(), marked, new IsakmpMessage(header, chain)));
  }

  /** The types of the payloads that stand for the exchange. */
  static List<Integer> types(PayloadChain chain) {
    return chain.payloads().stream()
        .map(Payload::payloadType)
        .filter(type -> type != PayloadType.VENDOR_ID && type != PayloadType.NOTIFICATION)
        .toList();
  }

  /** Draws what was recorded, by length; what was not recorded comes from a seed. */
  private static final class Scripted extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, Deque<byte[]>> script = new HashMap<>();
    private final transient SplittableRandom rest = new SplittableRandom(7);

    void next(byte[] bytes) {
      script.computeIfAbsent(bytes.length, length -> new ArrayDeque<>()).add(bytes);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      Deque<byte[]> scripted = script.get(bytes.length);
      if (scripted != null && !scripted.isEmpty()) {
        System.arraycopy(scripted.remove(), 0, bytes, 0, bytes.length);
      } else {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) rest.nextInt();
        }
      }
    }
  }
}
